"""Have the assembly choose one of several: an offer, a candidate, any list of options."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from bot.commands.options import nominees
from bot.commands.words import fold
from voting.domain.commands import OpenContest
from voting.domain.ruleset import VotingMethod

_SECRET = ("secret ", "secrete ")
"""``choix secret A ; B``: on paper, in the room."""


def run(moment: Moment, ask: Ask) -> Intent:
    """``choix A ; B ; C``; without options, the form. ``choix secret A ; B`` is held on paper."""
    text = ask.payload.text if ask.payload.text is not None else ask.argument
    if not text:
        return Show(screen=Screen.OPEN_CONTEST)
    method = VotingMethod.SECRET if ask.payload.kind == "secret" else VotingMethod.ELECTRONIC
    if not ask.is_press and fold(text).startswith(_SECRET):
        method, text = VotingMethod.SECRET, text.split(maxsplit=1)[1]
    command = OpenContest(by=moment.person, nominees=nominees(moment.snapshot.sitting, text), method=method)
    return Act(command=command, then=Screen.CONSOLE)


COMMAND = UserCommand(name="contest", audience=Audience.STAFF, run=run, takes_argument=True)
