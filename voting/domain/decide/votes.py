"""One voice, given or changed. The busiest path of the product: no loop over members here."""

from datetime import datetime

from voting.domain.attendance import Source
from voting.domain.commands import CastVote
from voting.domain.decide import guards
from voting.domain.events import SittingEvent, VoteCast
from voting.domain.ids import PersonId
from voting.domain.polls import Poll
from voting.domain.refusals import AlreadyVoted, NoMandate, NotPresent, NotYours, NoVote, PollNotOpen, Recused
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting


def cast_vote(sitting: Sitting, command: CastVote, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    """The voice of ``command.member``, given by whoever the frozen electorate says, or by the staff for a spoken one.

    ``command.revision`` is the state that the voter saw: a card older than the voice that counts changes nothing.
    """
    poll = sitting.polls.open_poll()
    if poll is None or (command.poll is not None and command.poll != poll.id) or sitting.course.phase is not Phase.OPEN:
        raise PollNotOpen()
    mandate = poll.electorate.get(command.member)
    if mandate is None:
        raise _no_mandate(sitting, poll, command, rules)
    if command.source is Source.VOICE:
        guards.staff(sitting, command.by)
    elif mandate.voter != command.by:
        raise NotYours()
    standing = poll.ballots.get(command.member)
    revision = 0 if standing is None else standing.revision + 1
    if standing is not None and (
        standing.choice is command.choice if command.revision is None else command.revision != revision
    ):
        raise AlreadyVoted(member=command.member, choice=standing.choice, at=standing.at)
    return [
        VoteCast(
            at=now,
            by=command.by,
            poll=poll.id,
            member=command.member,
            choice=command.choice,
            source=command.source,
            revision=revision,
        )
    ]


def _no_mandate(
    sitting: Sitting, poll: Poll, command: CastVote, rules: RuleSet
) -> NoMandate | NotPresent | NoVote | Recused:
    """Why that voice is not in the electorate, in the words that help most."""
    person: PersonId = command.member
    member = guards.known(sitting, person)
    if person in sitting.agenda.recused.get(poll.item, frozenset()):
        return Recused(citation=rules.recusal)
    if not member.votes and member.substitute_for is None:
        return NoVote(person=person)
    if not sitting.is_here(person):
        return NotPresent(person=person)
    return NoMandate(member=person)
