"""Say that one leaves the sitting."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.attendance import Presence
from voting.domain.commands import RecordAttendance


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    command = RecordAttendance(by=moment.person, person=moment.person, presence=Presence.ABSENT, source=ask.source)
    return Act(command=command, then=Say(code="said.left"))


COMMAND = UserCommand(name="leave", audience=Audience.EVERYONE, run=run)
