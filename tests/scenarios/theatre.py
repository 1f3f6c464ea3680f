"""Plays the demonstration's story once, as fast as it goes, and keeps all that came of it for the tests to look at."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot.core import Core
from bot.demo import sittings
from bot.installation import open_sql_core
from bot.local.chats import Shown
from bot.local.connector import CallMade
from bot.local.server import bind
from bot.serving import Local, local
from bot.simulation import Staging, perform, stage
from bot.simulation.hall import Hall
from bot.simulation.pace import Pace
from bot.simulation.script import Script
from bot.texts import catalogue
from tests.kit.waiting import PATIENCE
from voting.domain.assembly import Body
from voting.domain.commands import ConveneSitting
from voting.domain.events import SittingEvent
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting
from voting.journal.keys import SigningKey

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

Beside = Callable[[Hall], Coroutine[None, None, None]]
"""What somebody real does while the simulated people play."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One sitting, over."""

    sitting: Sitting
    events: tuple[SittingEvent, ...]
    staging: Staging
    answers: Mapping[str, int]
    meeting: tuple[Shown, ...]
    """The meeting's chat as posted."""
    own: Mapping[PersonId, tuple[Shown, ...]]
    """Everybody's own chat."""
    calls: tuple[CallMade, ...]
    """All that the bot did in Teams."""
    seconds: float
    chapters: tuple[str, ...]


def convocation(
    members: Path | None = None, agenda: Path | None = None, body: Body = Body.STANDING_COMMITTEE
) -> ConveneSitting:
    """The sitting of those files, of the samples where none is given."""
    return sittings.convocation(members, agenda, body, "", NOW, catalogue("fr"))


def play(
    folder: Path,
    command: ConveneSitting,
    script: Script | None = None,
    *,
    speed: float = 1000.0,
    beside: Beside | None = None,
    staging: Staging | None = None,
) -> Played:
    """Hold that sitting on a real server; outside of asyncio's debug mode, which would be what is measured."""
    return asyncio.run(_play(folder, command, staging or _staged(command, script), speed, beside))


def _staged(command: ConveneSitting, script: Script | None) -> Staging:
    has_proxies = command.body is not Body.TENDER_COMMITTEE
    return stage(command.members, command.items, script or sittings.script_of(command), has_proxies=has_proxies)


async def _play(folder: Path, command: ConveneSitting, staging: Staging, speed: float, beside: Beside | None) -> Played:
    core = await open_sql_core(f"sqlite+aiosqlite:///{folder}/sitting.sqlite3", SigningKey.generate("test"))
    async with local(core, bind("127.0.0.1", 0)) as running:
        await core.writer.submit(command.sitting, command)
        await running.admit(command.sitting)
        return await _perform(running, core, command, staging, speed, beside)


async def _perform(
    running: Local, core: Core, command: ConveneSitting, staging: Staging, speed: float, beside: Beside | None
) -> Played:
    town, sitting = running.town, command.sitting
    loop = asyncio.get_running_loop()
    chapters: list[str] = []
    began = loop.time()
    async with aiohttp.ClientSession() as session:
        hall = Hall(town, sitting, town.client(session), Pace(speed))
        guest = asyncio.create_task(beside(hall)) if beside is not None else None
        outcome = await perform(hall, staging, lambda code: chapters.append(code) if code else None)
        if guest is not None:
            await asyncio.wait_for(guest, PATIENCE)
    seconds = loop.time() - began
    async with asyncio.timeout(60):
        await running.app.outbox.settled(sitting)
    entries = await core.writer.history(sitting)
    return Played(
        sitting=(await core.writer.snapshot(sitting)).sitting,
        events=tuple(core.codec.decode(entry.line).event for entry in entries),
        staging=staging,
        answers=outcome.answers,
        meeting=tuple(town.chats.transcript(town.meetings[sitting], None)),
        own={p: tuple(town.chats.transcript(town.chats.personal(who), None)) for p, who in hall.people.items()},
        calls=tuple(town.connector.calls),
        seconds=seconds,
        chapters=tuple(chapters),
    )
