"""Record that the assembly unanimously gave up the secret on the item under discussion."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import UncoverBallot


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=UncoverBallot(by=moment.person), then=Screen.CUES)


COMMAND = UserCommand(name="uncover", audience=Audience.CHAIR, run=run)
