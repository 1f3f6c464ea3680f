"""Draws up papers from the journal: minutes, exports, and drafts behind a link that lasts a quarter of an hour."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.core import Core
from voting.domain.events import MinutesApproved, MinutesArchived, MinutesPublished, MinutesSigned, SittingEvent
from voting.domain.ids import SittingId, is_rehearsal
from voting.domain.minuting import Stage
from voting.domain.refusals.minuting import MinutesNotApproved
from voting.domain.sitting import Phase
from voting.journal.canonical import join_lines
from voting.minutes.document import draw_up
from voting.minutes.official import require_official
from voting.minutes.render import REHEARSAL, render
from voting.service.exports import Source

LASTS = 900
"""Seconds during which a link works."""


class NotClosed(Exception):
    """The minutes are drawn up once the sitting is closed."""


class NoCheckpoint(Exception):
    """The head of the journal is not signed yet: try again in a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A whole sitting as the minutes take it in."""

    events: tuple[SittingEvent, ...]
    journal: bytes
    """One canonical line per event, each ended by a line feed."""
    checkpoint: bytes
    """The signed head that covers all of it."""


async def record(core: Core, sitting: SittingId) -> Record:
    """The journal of a closed sitting with its head. Raises ``NotClosed``, ``NoCheckpoint`` or ``SittingUnknown``."""
    snapshot = await core.writer.snapshot(sitting)
    if snapshot.sitting.course.phase is not Phase.CLOSED:
        raise NotClosed(sitting)
    latest = await core.notary.latest(sitting)
    if latest is None or latest.size != snapshot.size:
        raise NoCheckpoint(sitting)
    entries = await core.writer.history(sitting)
    return Record(
        events=tuple(core.codec.decode(entry.line).event for entry in entries),
        journal=join_lines([entry.line for entry in entries]),
        checkpoint=latest.note.encode(),
    )


async def final(core: Core, sitting: SittingId) -> Record:
    """What is signed: the journal up to the approval by the next sitting, where the law wants one.

    Raises as ``record`` does, and ``MinutesNotApproved``. The same for ever: what is done with the file comes after.
    """
    snapshot = await core.writer.snapshot(sitting)
    if snapshot.sitting.course.phase is not Phase.CLOSED:
        raise NotClosed(sitting)
    minutes = snapshot.rules.minutes
    require_official(sitting)
    if minutes.approval is not None and not snapshot.sitting.minuting.has(Stage.APPROVED):
        raise MinutesNotApproved(citation=minutes.approval)
    entries = await core.writer.history(sitting)
    events = tuple(core.codec.decode(entry.line).event for entry in entries)
    size = _final_size(events)
    heads = [head.note for head in await core.store.checkpoints(sitting) if head.size == size]
    if not heads:
        raise NoCheckpoint(sitting)
    lines = [entry.line for entry in entries[:size]]
    return Record(events=events[:size], journal=join_lines(lines), checkpoint=heads[0].encode())


def _final_size(events: tuple[SittingEvent, ...]) -> int:
    """How many lines the signed document holds."""
    for place, event in enumerate(events):
        if isinstance(event, MinutesApproved):
            return place + 1
        if isinstance(event, MinutesSigned | MinutesPublished | MinutesArchived):
            return place
    return len(events)


def draft(record: Record, language: str) -> bytes:
    """The draft minutes as PDF: words across every page say so, and there is nothing to sign."""
    return draw(record, language, "draft")


def draw(record: Record, language: str, watermark: str = "") -> bytes:
    """The document to sign, or one that says across its pages what it is and has nothing to sign.

    The draft of a rehearsal says so; raises ``NotOfficial`` when its minutes to sign are asked for.
    """
    minutes = draw_up(record.events)
    if watermark and is_rehearsal(minutes.convened.sitting):
        watermark = REHEARSAL
    return render(minutes, record.journal, record.checkpoint, language=language, watermark=watermark)


def file_name(sitting: SittingId) -> str:
    """How that draft is called; the id of a rehearsal says what it is."""
    return f"projet-{sitting}.pdf"


async def source(core: Core, sitting: SittingId, body_siret: str = "", department: str = "") -> Source:
    """A sitting, whatever its phase, as papers are made of it. Raises ``SittingUnknown``."""
    await core.writer.snapshot(sitting)
    entries = await core.writer.history(sitting)
    latest = await core.notary.latest(sitting)
    return Source(
        events=tuple(core.codec.decode(entry.line).event for entry in entries),
        lines=tuple(entry.line for entry in entries),
        checkpoint=latest.note if latest is not None else "",
        covered=latest.size if latest is not None else 0,
        body_siret=body_siret,
        department=department,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLink:
    """Where a draft can be fetched, and what its bytes must hash to (the same journal gives the same bytes)."""

    name: str
    url: str
    fingerprint: str


class DraftLinks:
    """Links to drafts, signed with a secret that every process with the journal's key has."""

    def __init__(self, core: Core, origin: str, language: str, clock: Callable[[], float] = time.time) -> None:
        """``origin`` is the address of this server as browsers see it."""
        self._core = core
        self._origin = origin.rstrip("/")
        self._language = language
        self._clock = clock
        self._secret = hashlib.sha256(b"links to drafts\n" + core.key.private_text().encode()).digest()

    async def link(self, sitting: SittingId) -> DraftLink:
        """The draft, and an address that gives it for a quarter of an hour. Raises as ``record`` does."""
        pdf = await asyncio.to_thread(draft, await record(self._core, sitting), self._language)
        until = int(self._clock()) + LASTS
        return DraftLink(
            name=file_name(sitting),
            url=f"{self._origin}/seances/{sitting}/projet.pdf?until={until}&key={self._key(sitting, until)}",
            fingerprint=hashlib.sha256(pdf).hexdigest(),
        )

    def routes(self) -> list[web.RouteDef]:
        """Where the links lead."""
        return [web.get("/seances/{sitting:[A-Za-z0-9_-]{1,80}}/projet.pdf", self._serve)]

    async def _serve(self, request: web.Request) -> web.Response:
        sitting, until = SittingId(request.match_info["sitting"]), request.query.get("until", "")
        if not until.isdecimal() or len(until) > 12 or int(until) < self._clock():
            raise web.HTTPNotFound
        if not hmac.compare_digest(self._key(sitting, int(until)), request.query.get("key", "")):
            raise web.HTTPNotFound
        pdf = await asyncio.to_thread(draft, await record(self._core, sitting), self._language)
        headers = {
            "Content-Disposition": f'inline; filename="{file_name(sitting)}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        return web.Response(body=pdf, content_type="application/pdf", headers=headers)

    def _key(self, sitting: SittingId, until: int) -> str:
        return hmac.new(self._secret, f"{sitting}\n{until}".encode(), hashlib.sha256).hexdigest()
