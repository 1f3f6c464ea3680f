"""Call the roll: everybody is asked to say that he is there; once it runs, the names are called one after the other."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from voting.domain.commands import OpenRollCall


def run(moment: Moment, ask: Ask) -> Intent:
    """The first time it opens the call; while it runs, it shows whom to call next."""
    sitting = moment.snapshot.sitting
    if sitting.course.roll_call_open and sitting.is_staff(moment.person):
        return Show(screen=Screen.CALLING)
    return Act(command=OpenRollCall(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="roll_call", audience=Audience.STAFF, run=run)
