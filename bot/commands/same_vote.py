"""Confirm for this item the answer that one gave to the one before: one's own, or that of a proxy one holds."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.people import named
from bot.commands.votes import FOR_WORDS
from bot.commands.words import fold
from voting.domain.commands import CastVote
from voting.domain.ids import PersonId, PollId
from voting.domain.tally import Choice
from voting.service.views.same_vote import same_vote
from voting.service.wishes import vote_key


def run(moment: Moment, ask: Ask) -> Intent:
    """A button carries the answer that was shown; the words look it up."""
    command, key = _pressed(moment, ask) if ask.is_press else _typed(moment, ask)
    return Act(command=command, key=key, then=Screen.BALLOT)


def _pressed(moment: Moment, ask: Ask) -> tuple[CastVote, str]:
    payload = ask.payload
    if payload.poll is None or payload.kind not in {c.value for c in Choice}:
        raise Misunderstood("misunderstood.stale")
    member = PersonId(payload.member) if payload.member is not None else moment.person
    revision = payload.revision or 0
    command = CastVote(
        by=moment.person,
        poll=PollId(payload.poll),
        member=member,
        choice=Choice(payload.kind),
        source=ask.source,
        revision=revision,
    )
    return command, vote_key(payload.poll, member, revision)


def _typed(moment: Moment, ask: Ask) -> tuple[CastVote, str]:
    sitting = moment.snapshot.sitting
    member = _whose(moment, ask)
    poll = sitting.polls.open_poll()
    mandate = poll.electorate.get(member) if poll is not None else None
    found = same_vote(sitting, poll, mandate) if poll is not None and mandate is not None else None
    if poll is None or found is None:
        raise Misunderstood("misunderstood.same_vote")
    command = CastVote(by=moment.person, poll=poll.id, member=member, choice=found.choice, source=ask.source)
    return command, f"vote/{poll.id}/{member}/{found.choice.value}/{moment.stamp}"


def _whose(moment: Moment, ask: Ask) -> PersonId:
    if not ask.argument:
        return moment.person
    text = fold(ask.argument)
    prefix = next((p for p in FOR_WORDS if text.startswith(p)), "")
    return named(moment.snapshot.sitting, text.removeprefix(prefix)).id


COMMAND = UserCommand(name="same_vote", audience=Audience.EVERYONE, run=run, takes_argument=True)
