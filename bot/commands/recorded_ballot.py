"""Ask that the item under discussion be voted by name."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestRecordedBallot


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=RequestRecordedBallot(by=moment.person), then=Say(code="said.recorded_ballot"))


COMMAND = UserCommand(name="recorded_ballot", audience=Audience.EVERYONE, run=run)
