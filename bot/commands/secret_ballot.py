"""Ask that the item under discussion be voted in secret."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestSecretBallot


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=RequestSecretBallot(by=moment.person), then=Say(code="said.secret_ballot"))


COMMAND = UserCommand(name="secret_ballot", audience=Audience.EVERYONE, run=run)
