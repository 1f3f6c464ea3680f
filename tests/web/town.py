"""The whole bot with its local tenant on a free port, holding one sitting of the demo's people."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.core import Core
from bot.installation import open_sql_core
from bot.local.server import bind
from bot.rim import journal_key
from bot.serving import Local, local
from tests.kit.journals import CLERK
from tests.web.stories import SITTING, sample_agenda, sample_roll
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode
from voting.domain.ids import PersonId
from voting.domain.ruleset import StandingOrders


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A running bot and its one sitting."""

    running: Local
    origin: str

    @property
    def core(self) -> Core:
        return self.running.app.core

    async def do(self, *commands: c.SittingCommand) -> None:
        """Commands that reach the core without a chat."""
        for command in commands:
            await self.core.writer.submit(SITTING, command)

    def page(self, person: str, language: str = "fr") -> str:
        """The address of that person's room."""
        return f"{self.origin}/salle?seance={SITTING}&personne={PersonId(person)}&lang={language}"


@asynccontextmanager
async def held() -> AsyncGenerator[Held, None]:
    with tempfile.TemporaryDirectory() as folder:
        key = await asyncio.to_thread(journal_key, Path(folder), "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{folder}/journal.sqlite3", key)
        await core.writer.submit(SITTING, _convocation())
        async with local(core, bind("127.0.0.1", 0), live_seconds=0.2) as running:
            yield Held(running=running, origin=running.town.origin)


def _convocation() -> c.ConveneSitting:
    return c.ConveneSitting(
        by=CLERK,
        sitting=SITTING,
        title="Commission permanente du 20 novembre 2026",
        body=Body.STANDING_COMMITTEE,
        mode=Mode.REMOTE,
        body_name="Région Val-de-Brume",
        standing_orders=StandingOrders(),
        scheduled_for=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        summoned_on=date(2026, 11, 9),
        summons_mentions_remote=True,
        place="",
        members=sample_roll(),
        items=sample_agenda(),
    )
