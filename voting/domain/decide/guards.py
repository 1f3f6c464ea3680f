"""The questions that several commands ask before they act: phase, authority, quorum, item under discussion."""

from voting.domain.assembly import AgendaItem, Member
from voting.domain.ids import PersonId
from voting.domain.quorum import QuorumCheck
from voting.domain.refusals import (
    ChairOnly,
    NoItemUnderDiscussion,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    PollPending,
    QuorumNotReached,
    StaffOnly,
    WrongPhase,
)
from voting.domain.ruleset import RuleSet
from voting.domain.seats import quorum, quorum_rule
from voting.domain.sitting import Phase, Sitting


def known(sitting: Sitting, person: PersonId) -> Member:
    """That person's line of the roll. Refuses strangers."""
    member = sitting.roll.get(person)
    if member is None:
        raise NotOnTheRoll()
    return member


def phase(sitting: Sitting, *allowed: Phase) -> None:
    """Refuses unless the sitting is in one of those phases."""
    if sitting.course.phase not in allowed:
        raise WrongPhase(phase=sitting.course.phase)


def staff(sitting: Sitting, person: PersonId) -> None:
    """Refuses all but clerks, chair and appointed secretary."""
    known(sitting, person)
    if not sitting.is_staff(person):
        raise StaffOnly()


def chair(sitting: Sitting, person: PersonId, rules: RuleSet) -> None:
    """Refuses all but the one who chairs now."""
    known(sitting, person)
    if person != sitting.officers.chair:
        raise ChairOnly(chair=sitting.officers.chair, citation=rules.police)


def self_or_staff(sitting: Sitting, by: PersonId, person: PersonId) -> None:
    """Refuses to act for somebody else without being staff."""
    known(sitting, by)
    known(sitting, person)
    if by != person and not sitting.is_staff(by):
        raise NotYours()


def here(sitting: Sitting, person: PersonId) -> None:
    """Refuses somebody who has not said that he is here."""
    if not sitting.is_here(person):
        raise NotPresent(person=person)


def presided(sitting: Sitting, rules: RuleSet) -> None:
    """Refuses while the chair is away, or withdrew from the item: it must be handed over first."""
    chair = sitting.officers.chair
    here(sitting, chair)
    if sitting.agenda.is_recused(chair):
        raise NotPresent(person=chair, citation=rules.recusal)


def item(sitting: Sitting) -> AgendaItem:
    """The item under discussion. Refuses when there is none."""
    current = sitting.current_item()
    if current is None:
        raise NoItemUnderDiscussion()
    return current


def no_poll_pending(sitting: Sitting) -> None:
    """Refuses while a poll waits for its close or its proclamation."""
    poll = sitting.polls.current()
    if poll is not None:
        raise PollPending(poll=poll.id, number=poll.number)


def quorate(sitting: Sitting, rules: RuleSet) -> QuorumCheck:
    """The quorum now. Refuses when it is not reached."""
    check = quorum(sitting, rules)
    if not check.is_reached:
        citation = quorum_rule(sitting, rules).citation
        raise QuorumNotReached(counted=check.counted, required=check.required, citation=citation)
    return check
