"""One's own votes in this sitting, with their receipts."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.MY_VOTES, page=ask.payload.page)


COMMAND = UserCommand(name="my_votes", audience=Audience.EVERYONE, run=run)
