"""Strike the pending poll, with its reason."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from voting.domain.commands import AnnulPoll


def run(moment: Moment, ask: Ask) -> Intent:
    """A reason must be given: without one, the form that asks for it."""
    reason = ask.payload.text or ask.argument
    if not reason:
        return Show(screen=Screen.GIVE_REASON, verb=COMMAND.name)
    return Act(command=AnnulPoll(by=moment.person, reason=reason), then=Screen.CONSOLE)


COMMAND = UserCommand(name="annul", audience=Audience.STAFF, run=run, takes_argument=True)
