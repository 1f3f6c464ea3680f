"""Accept the proxy that was offered."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, Screen, Show, UserCommand
from bot.commands.people import is_for_another
from bot.commands.which_proxy import answered
from voting.domain.commands import AcceptProxy


def run(moment: Moment, ask: Ask) -> Intent:
    """Of the only one offered, or of the grantor named, or of an hour: ``accepter NOM à partir de 10 h 25``."""
    meant = answered(moment, ask, COMMAND.name)
    if isinstance(meant, Show):
        return meant
    sitting, grantor = moment.snapshot.sitting, meant.grantor
    command = AcceptProxy(by=moment.person, grantor=grantor, since=meant.since)
    if grantor is not None and is_for_another(sitting, moment.person, grantor):
        name = sitting.roll[grantor].full_name
        return Act(command=command, then=Say(code="said.proxy_accepted_for", fields={"name": name}))
    # A press is answered by a card in place of the offer, whose buttons are of no use any more.
    return Act(command=command, then=Screen.HOME if ask.is_press else Say(code="said.proxy_accepted"))


COMMAND = UserCommand(name="accept", audience=Audience.EVERYONE, run=run, takes_argument=True)
