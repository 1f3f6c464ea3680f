"""Accept the proxy that was offered."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, Screen, UserCommand
from bot.commands.people import asked
from voting.domain.commands import AcceptProxy


def run(moment: Moment, ask: Ask) -> Intent:
    """Of the only one offered, or of the grantor named."""
    command = AcceptProxy(by=moment.person, grantor=asked(moment, ask))
    # A press is answered by a card in place of the offer, whose buttons are of no use any more.
    return Act(command=command, then=Screen.HOME if ask.is_press else Say(code="said.proxy_accepted"))


COMMAND = UserCommand(name="accept", audience=Audience.EVERYONE, run=run, takes_argument=True)
