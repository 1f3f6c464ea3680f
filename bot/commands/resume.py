"""Go on after a suspension."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import ResumeSitting


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=ResumeSitting(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="resume", audience=Audience.STAFF, run=run)
