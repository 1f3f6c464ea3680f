"""Put the item off to another sitting, with its reason."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from voting.domain.commands import PostponeItem


def run(moment: Moment, ask: Ask) -> Intent:
    """A reason must be given: without one, the form that asks for it."""
    reason = ask.payload.text or ask.argument
    if not reason:
        return Show(screen=Screen.GIVE_REASON, verb=COMMAND.name)
    return Act(command=PostponeItem(by=moment.person, text=reason), then=Screen.CONSOLE)


COMMAND = UserCommand(name="postpone", audience=Audience.STAFF, run=run, takes_argument=True)
