"""Let the public in again."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import EndInCamera


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=EndInCamera(by=moment.person), then=Say(code="said.public_again"))


COMMAND = UserCommand(name="public_again", audience=Audience.STAFF, run=run)
