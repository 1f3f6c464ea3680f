"""Which proxy is meant, where one person gave or holds several: by a button, by a name, or by an hour of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.commands.base import Ask, Misunderstood, Moment, Screen, Show
from bot.commands.hours import Hours, split_hours
from bot.commands.people import known, named
from voting.domain.ids import PersonId
from voting.domain.proxies import Proxy
from voting.domain.sitting import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The one that is accepted or declined; None where nothing was said of it."""

    grantor: PersonId | None
    since: datetime | None = None
    """When it begins."""


def alive(sitting: Sitting, *, grantor: PersonId | None, holder: PersonId | None) -> list[Proxy]:
    """Those that live or are planned, of that grantor, of that holder, in the order of their hours."""
    every = sorted((*sitting.proxies.values(), *sitting.planned), key=lambda p: (p.begins, p.grantor))
    return [p for p in every if grantor in (None, p.grantor) and holder in (None, p.holder)]


def of_hours(proxies: Sequence[Proxy], hours: Hours) -> list[Proxy]:
    """Those that begin and end then, to the minute, as far as it was said."""
    return [p for p in proxies if _is_then(hours.since, p.begins) and _is_then(hours.until, p.until)]


def pressed(ask: Ask) -> datetime | None:
    """When the one of that button begins. Raises ``Misunderstood``."""
    if ask.payload.proxy is None:
        return None
    try:
        return datetime.fromisoformat(ask.payload.proxy)
    except ValueError as error:
        raise Misunderstood("misunderstood.stale") from error


def offered(moment: Moment, grantor: PersonId | None) -> list[Proxy]:
    """What this person may answer: his own; of the grantor whom the staff names, all of them."""
    sitting = moment.snapshot.sitting
    is_named_by_staff = grantor is not None and sitting.is_staff(moment.person)
    return alive(sitting, grantor=grantor, holder=None if is_named_by_staff else moment.person)


def answered(moment: Moment, ask: Ask, verb: str) -> Meant | Show:
    """The proxy that is accepted or declined; a card to choose it on, where the hours that were said leave a doubt."""
    sitting = moment.snapshot.sitting
    if ask.payload.person is not None:
        return Meant(grantor=known(sitting, ask.payload.person), since=pressed(ask))
    hours = split_hours(sitting, ask.argument)
    grantor = named(sitting, hours.who).id if hours.who else None
    held = offered(moment, grantor)
    if (hours.since is None and hours.until is None) or not held:
        return Meant(grantor=grantor)
    found = of_hours(held, hours)
    if len(found) == 1:
        return Meant(grantor=found[0].grantor, since=found[0].begins)
    return choose(verb, grantor)


def choose(verb: str, grantor: PersonId | None) -> Show:
    """The card with one button for each; ``grantor``: whose they are, None for those that the reader holds."""
    return Show(screen=Screen.WHICH_PROXY, verb=verb, member=grantor)


def _is_then(said: datetime | None, at: datetime | None) -> bool:
    return said is None or (at is not None and at.replace(second=0, microsecond=0) == said)
