"""Refuse the proxy that was offered."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from bot.commands.people import asked
from voting.domain.commands import DeclineProxy


def run(moment: Moment, ask: Ask) -> Intent:
    """Of the only one offered, or of the grantor named."""
    return Act(command=DeclineProxy(by=moment.person, grantor=asked(moment, ask)), then=Say(code="said.proxy_declined"))


COMMAND = UserCommand(name="decline", audience=Audience.EVERYONE, run=run, takes_argument=True)
