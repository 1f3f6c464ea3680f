"""Teams' attendance report, compared with the sitting that it is of, in words. Changes nothing and keeps nothing."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ports import Accounts, Link
from bot.texts import Catalogue
from voting.domain.ids import PersonId, is_rehearsal
from voting.domain.sitting import Sitting
from voting.imports import Code, FileRefused
from voting.imports.connections import Stay, parse_connections
from voting.service.connections import Compared, NotOpened, compare
from voting.service.families import Recorder


def compared(sitting: Sitting, content: bytes, links: Iterable[Link], now: datetime) -> Compared:
    """What that report says of that sitting. Raises ``FileRefused`` and ``NotOpened``."""
    zone = ZoneInfo(sitting.facts.time_zone)
    day = (sitting.course.opened_at or sitting.facts.scheduled_for).astimezone(zone).date()
    return compare(sitting, parse_connections(content, day, zone), _known(links), now)


def lines(sitting: Sitting, found: Compared, texts: Catalogue) -> Iterator[str]:
    """The same for somebody to read, in the hours of the sitting."""
    zone = ZoneInfo(sitting.facts.time_zone)
    total = found.agreeing + len(found.differences)
    yield texts("connections.said", title=sitting.facts.title, agreeing=found.agreeing, total=total)
    for one in found.differences:
        for kind, stays in (("noted", one.noted), ("connected", one.connected)):
            if stays:
                yield texts(f"connections.{kind}", name=one.name, spans=_spans(stays, zone, texts))
    if found.strangers:
        yield texts("connections.strangers", names=", ".join(found.strangers))
    yield texts("connections.end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """Answers whoever sends a report in the chat: of which of the sittings that he has run it is."""

    writer: Recorder
    accounts: Accounts
    now: Callable[[], datetime]

    async def said(self, identity: tuple[str, str], content: bytes, texts: Catalogue) -> list[str]:
        """The comparison in sentences, or why there is none. Raises ``FileRefused`` for a file that is no report."""
        for sitting in self.accounts.sittings(*identity):
            person = self.accounts.person(sitting, *identity)
            snapshot = None if person is None or is_rehearsal(sitting) else await self.writer.snapshot(sitting)
            if snapshot is None or person is None or not snapshot.sitting.is_staff(person):
                continue
            state = snapshot.sitting
            try:
                found = await asyncio.to_thread(compared, state, content, self.accounts.links(sitting), self.now())
            except FileRefused as refused:
                if any(problem.code is not Code.CONNECTIONS_OTHER_DAY for problem in refused.problems):
                    raise
            except NotOpened:
                return [texts("connections.not_opened", title=state.facts.title)]
            else:
                return list(lines(state, found, texts))
        return [texts("connections.no_sitting")]


def _known(links: Iterable[Link]) -> Mapping[str, PersonId]:
    pairs = [(key.lower(), link.person) for link in links for key in (link.email, link.account) if key]
    return dict(pairs)


def _spans(stays: Iterable[Stay], zone: ZoneInfo, texts: Catalogue) -> str:
    return ", ".join(
        texts(
            "connections.span",
            since=f"{stay.since.astimezone(zone):%H:%M}",
            until=f"{stay.until.astimezone(zone):%H:%M}",
        )
        for stay in stays
    )
