"""One voice, given or changed. The busiest path of the product: no loop over members here."""

from collections.abc import Callable
from datetime import datetime

from voting.domain.attendance import Source
from voting.domain.commands import CastVote
from voting.domain.decide import guards
from voting.domain.events import NameCalled, OptionChosen, SittingEvent, VoteCast
from voting.domain.ids import OptionId, PersonId, PollId
from voting.domain.nominal import NominalCall
from voting.domain.polls import Mandate, Poll
from voting.domain.refusals import AlreadyVoted, NoMandate, NotPresent, NotYours, NoVote, PollNotOpen, Recused
from voting.domain.refusals.ballots import NotByPress, NotCalledYet
from voting.domain.refusals.contests import NotAContest, OptionUnknown
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Choice


def cast_vote(sitting: Sitting, command: CastVote, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    """The voice of ``command.member``, given by whoever the frozen electorate says, or by the staff for a spoken one.

    ``command.revision`` is the state that the voter saw: a card older than the voice that counts changes nothing.
    """
    poll = sitting.polls.open_poll()
    if poll is None or (command.poll is not None and command.poll != poll.id) or sitting.course.phase is not Phase.OPEN:
        raise PollNotOpen()
    if not poll.is_pressed:
        raise NotByPress()
    mandate = poll.electorate.get(command.member)
    if mandate is None:
        raise no_mandate(sitting, poll, command.member, rules)
    _check_giver(sitting, poll, mandate, command)
    standing = poll.ballots.get(command.member)
    revision = 0 if standing is None else standing.revision + 1
    option = _option(poll, command)
    if standing is not None and (
        (standing.choice, standing.option) == (command.choice, option)
        if command.revision is None
        else command.revision != revision
    ):
        raise AlreadyVoted(member=command.member, choice=standing.choice, at=standing.at)
    cast = _cast(command, poll.id, revision, option, now)
    return [cast] if poll.call is None else [cast, *_onwards(poll, poll.call, command, now)]


def _cast(command: CastVote, poll: PollId, revision: int, option: OptionId | None, now: datetime) -> VoteCast:
    if option is None:
        return VoteCast(
            at=now,
            by=command.by,
            poll=poll,
            member=command.member,
            choice=command.choice,
            source=command.source,
            revision=revision,
        )
    return OptionChosen(
        at=now,
        by=command.by,
        poll=poll,
        member=command.member,
        choice=command.choice,
        source=command.source,
        revision=revision,
        option=option,
    )


def _option(poll: Poll, command: CastVote) -> OptionId | None:
    """For whom or for what the voice is: somebody who stands, or nobody where it abstains or takes no part."""
    if poll.contest is None:
        if command.option is not None:
            raise NotAContest()
        return None
    if command.option is None and command.choice in (Choice.ABSTENTION, Choice.NOT_TAKING_PART):
        return None
    if command.option is None or command.choice is not Choice.FOR or poll.contest.option(command.option) is None:
        raise OptionUnknown()
    return command.option


def _check_giver(sitting: Sitting, poll: Poll, mandate: Mandate, command: CastVote) -> None:
    """The staff gives a spoken voice, its voter the others; in a vote by name, once it was called."""
    if command.source is Source.VOICE:
        guards.staff(sitting, command.by)
    elif mandate.voter != command.by:
        raise NotYours()
    if poll.call is not None and not poll.call.was_called(mandate.member):
        raise NotCalledYet(member=mandate.member)


def _onwards(poll: Poll, call: NominalCall, command: CastVote, now: datetime) -> list[SittingEvent]:
    """The next name, when the one called now has answered."""
    if call.called != command.member:
        return []
    return [next_name(poll, lambda m: m == command.member or m in poll.ballots, call, command.by, now)]


def next_name(
    poll: Poll, heard: Callable[[PersonId], bool], call: NominalCall, by: PersonId, now: datetime
) -> NameCalled:
    """The call goes on: first all names, then a second time those not heard; then nobody."""
    turn, member = call.following(heard)
    return NameCalled(at=now, by=by, poll=poll.id, member=member, round=turn)


def no_mandate(
    sitting: Sitting, poll: Poll, person: PersonId, rules: RuleSet
) -> NoMandate | NotPresent | NoVote | Recused:
    """Why that voice is not in the electorate, in the words that help most."""
    member = guards.known(sitting, person)
    if person in sitting.agenda.recused.get(poll.item, frozenset()):
        return Recused(citation=rules.recusal)
    if not member.votes and member.substitute_for is None:
        return NoVote(person=person)
    if not sitting.is_here(person):
        return NotPresent(person=person)
    return NoMandate(member=person)
