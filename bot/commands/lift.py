"""Lift the sitting; before its opening, record that it is not held for want of a quorum."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CloseSitting, RecordNoQuorum
from voting.domain.sitting import Phase


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    if moment.snapshot.sitting.course.phase is Phase.CONVENED:
        return Act(command=RecordNoQuorum(by=moment.person), then=Screen.CONSOLE)
    return Act(command=CloseSitting(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="lift", audience=Audience.STAFF, run=run)
