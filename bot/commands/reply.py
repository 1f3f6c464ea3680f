"""Ask to answer what was said; for whoever presents the text, to answer the assembly."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestFloor
from voting.domain.speakers import FloorKind


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    command = RequestFloor(by=moment.person, person=moment.person, kind=FloorKind.REPLY)
    return Act(command=command, then=Say(code="said.reply"))


COMMAND = UserCommand(name="reply", audience=Audience.EVERYONE, run=run)
