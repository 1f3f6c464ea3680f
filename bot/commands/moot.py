"""Note that an amendment has lost its object: another one was adopted, or its author gives it up."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import DeclareMoot


def run(moment: Moment, ask: Ask) -> Intent:
    """``sans objet 8b`` and the reason, if there is one, after a colon."""
    number, _, reason = ask.argument.partition(":")
    if not number.strip():
        raise Misunderstood("misunderstood.moot")
    item = numbered(moment.snapshot.sitting, number.strip())
    return Act(command=DeclareMoot(by=moment.person, item=item.id, text=reason), then=Screen.CONSOLE)


COMMAND = UserCommand(name="moot", audience=Audience.STAFF, run=run, takes_argument=True)
