"""Choose one of several in the open poll, for oneself or for the member whose proxy one holds."""

import re

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.options import option
from bot.commands.people import named
from voting.domain.commands import CastVote
from voting.domain.ids import OptionId, PersonId, PollId
from voting.domain.tally import Choice
from voting.service.wishes import vote_key

_BY_PROXY = re.compile(r"\s+(?:pour|for)\s+", re.IGNORECASE)
"""``choisir 2 pour NOM``: the voice of the member whose proxy one holds."""

_NOBODY = {choice.value: choice for choice in (Choice.ABSTENTION, Choice.NOT_TAKING_PART)}


def run(moment: Moment, ask: Ask) -> Intent:
    """A number or a name; without either, one's own ballot."""
    if not ask.is_press and not ask.argument:
        return Show(screen=Screen.BALLOT)
    command, key = _pressed(moment, ask) if ask.is_press else _typed(moment, ask)
    return Act(command=command, key=key, then=Screen.BALLOT)


def _pressed(moment: Moment, ask: Ask) -> tuple[CastVote, str]:
    payload = ask.payload
    if payload.option is None or payload.poll is None:
        raise Misunderstood("misunderstood.stale")
    member = PersonId(payload.member) if payload.member is not None else moment.person
    revision = payload.revision or 0
    command = CastVote(
        by=moment.person,
        poll=PollId(payload.poll),
        member=member,
        choice=_NOBODY.get(payload.option, Choice.FOR),
        option=None if payload.option in _NOBODY else OptionId(payload.option),
        source=ask.source,
        revision=revision,
    )
    return command, vote_key(payload.poll, member, revision)


def _typed(moment: Moment, ask: Ask) -> tuple[CastVote, str]:
    sitting = moment.snapshot.sitting
    poll = sitting.polls.open_poll()
    words, *others = _BY_PROXY.split(ask.argument, maxsplit=1)
    member = named(sitting, others[0]).id if others else moment.person
    wanted = option(poll, words).id
    command = CastVote(
        by=moment.person,
        poll=poll.id if poll is not None else None,
        member=member,
        choice=Choice.FOR,
        option=wanted,
        source=ask.source,
    )
    return command, f"vote/{command.poll}/{member}/{wanted}/{moment.stamp}"


COMMAND = UserCommand(name="choose", audience=Audience.EVERYONE, run=run, takes_argument=True)
