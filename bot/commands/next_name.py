"""In a vote by name: the member called does not answer, call the next name."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CallNextName
from voting.domain.ids import PersonId


def run(moment: Moment, ask: Ask) -> Intent:
    """The button names who is called, so that a second press skips nobody."""
    called = PersonId(ask.payload.member) if ask.payload.member is not None else None
    return Act(command=CallNextName(by=moment.person, called=called), then=Screen.CONSOLE)


COMMAND = UserCommand(name="next_name", audience=Audience.STAFF, run=run)
