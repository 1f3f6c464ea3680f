"""Ask that the public leave."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestInCamera


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=RequestInCamera(by=moment.person), then=Say(code="said.in_camera"))


COMMAND = UserCommand(name="in_camera", audience=Audience.EVERYONE, run=run)
