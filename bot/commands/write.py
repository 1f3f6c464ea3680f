"""Write to all the others, where one deliberates in writing."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from voting.domain.commands import WriteMessage


def run(moment: Moment, ask: Ask) -> Intent:
    """The message follows; without one, the form that asks for it."""
    text = ask.payload.text or ask.argument
    if not text:
        return Show(screen=Screen.WRITE)
    key = f"message/{moment.person}/{moment.stamp}"
    return Act(command=WriteMessage(by=moment.person, text=text), key=key, then=Screen.EXCHANGE)


COMMAND = UserCommand(name="write", audience=Audience.EVERYONE, run=run, takes_argument=True)
