"""Give up one's place on the speakers' list."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import WithdrawFloor


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=WithdrawFloor(by=moment.person, person=moment.person), then=Say(code="said.withdrawn"))


COMMAND = UserCommand(name="withdraw", audience=Audience.EVERYONE, run=run)
