"""Who sits for which seat at this instant, who counts for the quorum, and the electorate that a poll would freeze."""

from collections.abc import Iterator

from voting.domain.assembly import LegalSubject, Member
from voting.domain.ids import PersonId
from voting.domain.polls import Mandate
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import QuorumRule, RuleSet
from voting.domain.sitting import Sitting


def occupants(sitting: Sitting, rules: RuleSet) -> Iterator[tuple[Member, PersonId | None]]:
    """Each seat with a vote and the person who sits for it: its member, else his substitute, else None.

    A recused person sits for nobody on the item under discussion.
    """
    for seat in sitting.voting_members():
        if _takes_part(sitting, seat.id):
            yield seat, seat.id
        else:
            yield seat, _substitute(sitting, rules, seat.id)


def sits(sitting: Sitting, rules: RuleSet, person: PersonId) -> bool:
    """Votes in person at this instant: in his own seat, or in that of the member whose substitute he is.

    The same answer as ``occupants``, without asking after every seat: each answer to a vote needs it.
    """
    member = sitting.roll.get(person)
    if member is None or not _takes_part(sitting, person):
        return False
    if member.votes or member.substitute_for is None:
        return member.votes
    seat = sitting.roll[member.substitute_for]
    return seat.votes and not _takes_part(sitting, seat.id) and _substitute(sitting, rules, seat.id) == person


def is_represented(sitting: Sitting, member: PersonId) -> bool:
    """An absent member whose accepted proxy is held by somebody who is here; neither of them is recused."""
    proxy = sitting.proxies.get(member)
    if proxy is None or proxy.accepted_at is None or sitting.is_here(member) or sitting.agenda.is_recused(member):
        return False
    return _takes_part(sitting, proxy.holder)


def electorate(sitting: Sitting, rules: RuleSet) -> tuple[Mandate, ...]:
    """Every voice that can be heard now, seat by seat in the order of the roll."""
    mandates: list[Mandate] = []
    for seat, occupant in occupants(sitting, rules):
        if occupant is not None:
            mandates.append(Mandate(member=occupant, voter=occupant))
        elif is_represented(sitting, seat.id):
            mandates.append(Mandate(member=seat.id, voter=sitting.proxies[seat.id].holder))
    return tuple(mandates)


def quorum(sitting: Sitting, rules: RuleSet) -> QuorumCheck:
    """The quorum as it stands now: a figure, its base and its law."""
    seats = list(occupants(sitting, rules))
    rule = quorum_rule(sitting, rules)
    return QuorumCheck(
        present=sum(1 for _, occupant in seats if occupant is not None),
        represented=sum(1 for seat, occupant in seats if occupant is None and is_represented(sitting, seat.id)),
        in_office=len(seats),
        required=rule.required,
        base=rule.base,
        article=rule.citation.article,
    )


def quorum_rule(sitting: Sitting, rules: RuleSet) -> QuorumRule:
    """The quorum that the item under discussion wants (R07), or the ordinary one between two items."""
    item = sitting.current_item()
    return rules.quorum(
        len(sitting.voting_members()),
        second_convocation=sitting.facts.second_convocation_of is not None,
        subject=LegalSubject.ORDINARY if item is None else item.legal_subject,
    )


def _takes_part(sitting: Sitting, person: PersonId) -> bool:
    return sitting.is_here(person) and not sitting.agenda.is_recused(person)


def _substitute(sitting: Sitting, rules: RuleSet, seat: PersonId) -> PersonId | None:
    if rules.substitutes is None:
        return None
    return next((m.id for m in sitting.facts.members if m.substitute_for == seat and _takes_part(sitting, m.id)), None)
