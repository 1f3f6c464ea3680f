"""Refuse the proxy that was offered."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, Screen, UserCommand
from bot.commands.people import asked, is_for_another
from voting.domain.commands import DeclineProxy


def run(moment: Moment, ask: Ask) -> Intent:
    """Of the only one offered, or of the grantor named."""
    sitting, grantor = moment.snapshot.sitting, asked(moment, ask)
    command = DeclineProxy(by=moment.person, grantor=grantor)
    if grantor is not None and is_for_another(sitting, moment.person, grantor):
        name = sitting.roll[grantor].full_name
        return Act(command=command, then=Say(code="said.proxy_declined_for", fields={"name": name}))
    # A press is answered by a card in place of the offer, whose buttons are of no use any more.
    return Act(command=command, then=Screen.HOME if ask.is_press else Say(code="said.proxy_declined"))


COMMAND = UserCommand(name="decline", audience=Audience.EVERYONE, run=run, takes_argument=True)
