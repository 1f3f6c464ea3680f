"""The papers of a sitting for those who may have them: which there are, what is missing, and their bytes.

Answers for: nothing of a rehearsal, nothing that was voted before the sitting is closed, and one paper drawn at a
time, so that votes of another sitting never wait behind them.
"""

import asyncio
import json
from dataclasses import dataclass

from bot.core import Core
from bot.papers import NoCheckpoint, draft, file_name, record, source
from voting.domain.ids import PersonId, SittingId
from voting.domain.sitting import Phase
from voting.minutes.exports.bundle import bundle
from voting.minutes.exports.paper import PDF, ExportBlocked, Paper
from voting.minutes.exports.whole import whole_of
from voting.minutes.official import require_official
from voting.service import shelf
from voting.service.exports import Source, export, obstacle, own
from voting.service.live import Snapshot
from voting.wording import catalogue

NOBODY = PersonId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom."""

    is_staff: bool
    person: PersonId = NOBODY
    """Whose own votes; nobody's for the staff, who have everybody's."""


STAFF = Reader(is_staff=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One paper of the list."""

    format: str
    missing: str = ""
    """Why it cannot be made, as a sentence; empty when it can."""


class NotOffered(Exception):
    """There is no such paper, or not for that reader, or not yet."""


class Documents:
    """Makes them from the journal."""

    def __init__(self, core: Core, body_siret: str, language: str, department: str = "") -> None:
        """``language`` is that of the papers, ``department`` the one whose prefect receives the acts."""
        self._core, self._language = core, language
        self._siret, self._department = body_siret, department
        self._one_at_a_time = asyncio.Semaphore(1)

    async def slots(self, sitting: SittingId, reader: Reader, language: str) -> tuple[Slot, ...]:
        """Every paper for that reader, in order. Raises ``NotOfficial`` for a rehearsal."""
        names = await self._offered(sitting, reader)
        made_of = await source(self._core, sitting, self._siret, self._department)
        async with self._one_at_a_time:
            return await asyncio.to_thread(_slots, names, made_of, reader, language)

    async def is_closed(self, sitting: SittingId) -> bool:
        """Whether everything can be asked for."""
        return _is_closed(await self._core.writer.snapshot(sitting))

    async def fetch(self, sitting: SittingId, format_: str, reader: Reader) -> Paper:
        """Raises ``NotOffered``, ``ExportBlocked``, ``NotOfficial`` or ``SittingUnknown``."""
        if format_ not in await self._offered(sitting, reader):
            raise NotOffered(format_)
        match format_:
            case shelf.WHOLE:
                return _whole(sitting, await source(self._core, sitting))
            case shelf.DRAFT:
                return await self._draft(sitting)
        made_of = await source(self._core, sitting, self._siret, self._department)
        async with self._one_at_a_time:
            return await asyncio.to_thread(_made, made_of, sitting, format_, reader, self._language)

    async def _offered(self, sitting: SittingId, reader: Reader) -> tuple[str, ...]:
        require_official(sitting)
        snapshot = await self._core.writer.snapshot(sitting)
        is_public = snapshot.rules.publicity.public
        return shelf.offered(is_staff=reader.is_staff, is_closed=_is_closed(snapshot), is_public=is_public)

    async def _draft(self, sitting: SittingId) -> Paper:
        try:
            whole_of_it = await record(self._core, sitting)
        except NoCheckpoint:
            raise ExportBlocked("no_head") from None
        async with self._one_at_a_time:
            content = await asyncio.to_thread(draft, whole_of_it, self._language)
        return Paper(name=file_name(sitting), kind=PDF, content=content)


def _is_closed(snapshot: Snapshot) -> bool:
    return snapshot.sitting.course.phase is Phase.CLOSED


def _slots(names: tuple[str, ...], made_of: Source, reader: Reader, language: str) -> tuple[Slot, ...]:
    texts = catalogue(language)
    found = [(name, _obstacle(name, made_of, reader)) for name in names]
    return tuple(Slot(format=name, missing=blocked.sentence(texts) if blocked else "") for name, blocked in found)


def _obstacle(name: str, made_of: Source, reader: Reader) -> ExportBlocked | None:
    match name:
        case shelf.DRAFT:
            return None if made_of.covered == len(made_of.lines) else ExportBlocked("no_head")
        case shelf.OWN:
            try:
                own(made_of, reader.person)
            except ExportBlocked as blocked:
                return blocked
            return None
    return obstacle(made_of, name)


def _made(made_of: Source, sitting: SittingId, format_: str, reader: Reader, language: str) -> Paper:
    if format_ == shelf.OWN:
        return own(made_of, reader.person, language)
    blocked = obstacle(made_of, format_, language)
    if blocked is not None:
        raise blocked
    return bundle(export(made_of, format_, language), f"{format_}-{sitting}.zip")


def _whole(sitting: SittingId, made_of: Source) -> Paper:
    content = json.dumps(whole_of(made_of.events), ensure_ascii=False, indent=2).encode()
    return Paper(name=f"seance-{sitting}.json", kind="application/json", content=content)
