"""Take one's proxy back; the staff ends somebody else's."""

import re

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from bot.commands.people import known, named
from voting.domain.commands import RevokeProxy

_OF = re.compile(r"(?:(?:de|of)\s+|d['’])?(.+)", re.IGNORECASE | re.DOTALL)


def run(moment: Moment, ask: Ask) -> Intent:
    """``retirer pouvoir``; the staff: ``retirer pouvoir de NOM``."""
    sitting, grantor = moment.snapshot.sitting, moment.person
    said = _OF.fullmatch(ask.argument.strip())
    if ask.payload.person is not None:
        grantor = known(sitting, ask.payload.person)
    elif said is not None:
        grantor = named(sitting, said[1]).id
    command = RevokeProxy(by=moment.person, grantor=grantor)
    if grantor == moment.person:
        return Act(command=command, then=Say(code="said.revoked"))
    return Act(command=command, then=Say(code="said.revoked_other", fields={"name": sitting.roll[grantor].full_name}))


COMMAND = UserCommand(name="revoke", audience=Audience.EVERYONE, run=run, takes_argument=True)
