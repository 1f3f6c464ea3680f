"""Take one's proxy back, or one of several; the staff ends somebody else's."""

import re
from datetime import datetime

from bot.cards.payloads import EVERY
from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from bot.commands.hours import split_hours
from bot.commands.people import known, named
from bot.commands.which_proxy import alive, choose, of_hours, pressed
from voting.domain.commands import RevokeProxy
from voting.domain.ids import PersonId

_EVERY = re.compile(r"(?P<who>.*?)[\s,]*\b(?:tous|all)", re.IGNORECASE | re.DOTALL)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        r"(?:(?:de|of)\s+|d['’])(?P<of>.+?)\s+(?:à|au|to)\s+(?P<to>.+)",
        r"(?:à|au|to)\s+(?P<to>.+)",
        r"(?:(?:de|of)\s+|d['’])?(?P<of>.+)",
    )
)


def run(moment: Moment, ask: Ask) -> Intent:
    """``retirer pouvoir [à NOM] [de 10 h 25 à 11 h 20]``, ``… tous``; the staff: ``retirer pouvoir de NOM […]``."""
    sitting = moment.snapshot.sitting
    every = _EVERY.fullmatch(ask.argument.strip())
    hours = split_hours(sitting, every["who"] if every is not None else ask.argument)
    grantor, holder = _named(moment, ask, hours.who)
    given = alive(sitting, grantor=grantor, holder=None)
    may_end = grantor == moment.person or sitting.is_staff(moment.person)
    if every is not None or ask.payload.proxy == EVERY or not given or not may_end:
        return _end(moment, grantor, None, "_all" if len(given) > 1 else "")
    since = pressed(ask)
    if since is None:
        found = of_hours(alive(sitting, grantor=grantor, holder=holder), hours)
        if len(found) != 1:
            return choose(COMMAND.name, grantor)
        since = found[0].begins
    return _end(moment, grantor, since, "_one" if len(given) > 1 else "")


def _named(moment: Moment, ask: Ask, who: str) -> tuple[PersonId, PersonId | None]:
    """Whose proxy, and to whom it was given; None: to anybody."""
    sitting = moment.snapshot.sitting
    if ask.payload.person is not None:
        return known(sitting, ask.payload.person), None
    said = next((found.groupdict() for form in _FORMS if (found := form.fullmatch(who))), {})
    grantor, holder = said.get("of"), said.get("to")
    return (
        named(sitting, grantor).id if grantor else moment.person,
        named(sitting, holder).id if holder else None,
    )


def _end(moment: Moment, grantor: PersonId, since: datetime | None, which: str) -> Act:
    command = RevokeProxy(by=moment.person, grantor=grantor, since=since)
    if grantor == moment.person:
        return Act(command=command, then=Say(code=f"said.revoked{which}"))
    name = moment.snapshot.sitting.roll[grantor].full_name
    return Act(command=command, then=Say(code=f"said.revoked_other{which}", fields={"name": name}))


COMMAND = UserCommand(name="revoke", audience=Audience.EVERYONE, run=run, takes_argument=True)
