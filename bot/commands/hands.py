"""Record a show of hands: who was against, who abstained, who took no part. All the others in the room were for."""

from collections.abc import Mapping

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.people import several
from bot.commands.ways import forms
from bot.commands.words import fold
from voting.domain.commands import RecordHands
from voting.domain.ids import PersonId
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

NAMED = (Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART)


def run(moment: Moment, ask: Ask) -> Intent:
    """``mains contre NOM, NOM ; abstention NOM``, or ``mains unanimité``; without a word, the form."""
    sitting, payload = moment.snapshot.sitting, ask.payload
    if payload.way == VotingMethod.SHOW_OF_HANDS.value:
        given = (payload.against, payload.abstention, payload.not_taking_part)
        named: Mapping[Choice, tuple[PersonId, ...]] = {
            choice: several(sitting, text or "") for choice, text in zip(NAMED, given, strict=True)
        }
    elif ask.argument:
        named = _typed(sitting, ask.argument)
    else:
        return Show(screen=Screen.HANDS)
    command = RecordHands(
        by=moment.person,
        against=named.get(Choice.AGAINST, ()),
        abstention=named.get(Choice.ABSTENTION, ()),
        not_taking_part=named.get(Choice.NOT_TAKING_PART, ()),
    )
    return Act(command=command, key=f"hands/{moment.stamp}", then=Screen.CONSOLE)


def _typed(sitting: Sitting, text: str) -> Mapping[Choice, tuple[PersonId, ...]]:
    if fold(text) in forms("hands", ("unanimous",)):
        return {}
    named: dict[Choice, tuple[PersonId, ...]] = {}
    for part in text.split(";"):
        choice, names = _split(part)
        named[choice] = (*named.get(choice, ()), *several(sitting, names))
    return named


def _split(part: str) -> tuple[Choice, str]:
    """The answer that a part begins with, and the names after it."""
    words = part.replace(":", " ").split()
    known = forms("hands", NAMED)
    for length in range(len(words) - 1, 0, -1):
        found = known.get(fold(" ".join(words[:length])))
        if found is not None:
            return Choice(found), " ".join(words[length:])
    raise Misunderstood("misunderstood.hands")


COMMAND = UserCommand(name="hands", audience=Audience.STAFF, run=run, takes_argument=True)
