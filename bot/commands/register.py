"""Keep the marked register of a secret ballot: who put an envelope into the box, never which."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from bot.commands.people import several
from bot.commands.ways import forms
from bot.commands.words import fold
from voting.domain.commands import MarkVoters
from voting.domain.ids import PersonId
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting


def run(moment: Moment, ask: Ask) -> Intent:
    """``émargements NOM, NOM``, ``émargements tous``, ``émargements tous sauf NOM``; without a word, the form."""
    sitting = moment.snapshot.sitting
    if ask.payload.way == VotingMethod.SECRET.value:
        members = several(sitting, ask.payload.marked or "")
    elif ask.argument:
        members = _typed(sitting, ask.argument)
    else:
        return Show(screen=Screen.REGISTER)
    command = MarkVoters(by=moment.person, members=members)
    return Act(command=command, key=f"register/{moment.stamp}", then=Screen.CONSOLE)


def _typed(sitting: Sitting, text: str) -> tuple[PersonId, ...]:
    known, words = forms("marked", ("all", "but")), text.split()
    if known.get(fold(words[0])) != "all":
        return several(sitting, text)
    poll = sitting.polls.open_poll()
    electors = tuple(poll.electorate) if poll is not None else ()
    if len(words) == 1:
        return electors
    rest = words[2:] if known.get(fold(words[1])) == "but" else words[1:]
    absent = set(several(sitting, " ".join(rest)))
    return tuple(m for m in electors if m not in absent)


COMMAND = UserCommand(name="register", audience=Audience.STAFF, run=run, takes_argument=True)
