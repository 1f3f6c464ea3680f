"""A sitting on SQLite ready to vote, and a Teams tenant that lives outside the bot's process: token, people, connector.

The plan is all that the bot's own process is told; it holds no private key but the journal's.
"""

import asyncio
import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from aiohttp import web

from bot.installation import open_sql_core
from bot.listening import Served
from bot.local.chats import Chat
from bot.local.connector import Behaviour
from bot.local.server import bind
from bot.local.town import APP_ID, TENANT, Town
from bot.local.wire import Json, Writer
from tests.kit import sittings as kit
from voting.domain.assembly import Body
from voting.domain.commands import ConveneSitting, SittingCommand
from voting.domain.ids import PersonId
from voting.journal.keys import SigningKey

CARD = "1732269600000"
"""Whichever card was pressed: the answer does not depend on it."""
TOKEN = "bot"
"""What the bot must show to the connector."""
NEAR = Behaviour(is_throttled=False)
"""A Teams that lets everything through, at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a bot process serves. Written as JSON, so that it can be another program's."""

    database: str
    """Its address; a server keeps the accounts and the chats as well."""
    key: str
    port: int
    """0: any free one, told on standard output."""
    jwks: Mapping[str, object]
    issuer: str
    app_id: str
    tenant: str
    service_url: str
    sitting: str
    meeting: str
    bot_id: str
    people: Mapping[str, tuple[str, str]]
    """Account and MRI of each person of the roll."""
    live_seconds: float = 3.0
    login_seconds: float = 0.0
    """How far away the service is that gives the bot its token."""

    def write(self, path: Path) -> Path:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> "Plan":
        return cls(**json.loads(path.read_text(encoding="utf-8")))


class World:
    """The tenant, served on loopback in this process from `start` to `close`."""

    def __init__(
        self, folder: Path, convocation: ConveneSitting, database: str = "", behaviour: Behaviour = NEAR
    ) -> None:
        self._listening = bind("127.0.0.1", 0)
        self.sitting, self.convocation = convocation.sitting, convocation
        self.town = Town(self._listening.getsockname()[1], behaviour=replace(behaviour, expected_token=TOKEN))
        self.meeting: Chat = self.town.settle(self.sitting, convocation.title, convocation.members)
        self.key = SigningKey.generate("bench")
        self.database = database or f"sqlite+aiosqlite:///{folder / 'journal.sqlite'}"
        self._people = self.town.people(self.sitting)
        self._writer = Writer(self.town.service_url, self.town.chats.bot_id, self.town.chats.bot_name)
        application = web.Application()
        application.add_routes(self.town.routes())
        self._served = Served(application, self._listening)

    async def start(self) -> None:
        await self._served.start()

    async def close(self) -> None:
        await self._served.close()

    async def play(self, commands: Iterable[SittingCommand]) -> None:
        """Write the sitting's past, before any bot serves it."""
        core = await open_sql_core(self.database, self.key)
        try:
            for _, batch in itertools.groupby(commands, type):  # a thousand arrivals are one batch
                await asyncio.gather(*(core.writer.submit(self.sitting, command) for command in batch))
        finally:
            await core.close()

    def plan(self, *, port: int = 0, live_seconds: float = 3.0, login_seconds: float = 0.0) -> Plan:
        """What the bot's process must know."""
        return Plan(
            database=self.database,
            key=self.key.private_text(),
            port=port,
            jwks=self.town.issuer.jwks(),
            issuer=self.town.issuer.issuer,
            app_id=APP_ID,
            tenant=TENANT,
            service_url=self.town.service_url,
            sitting=self.sitting,
            meeting=self.meeting.id,
            bot_id=self.town.chats.bot_id,
            people={member: (str(person.account), person.user_id) for member, person in self._people.items()},
            live_seconds=live_seconds,
            login_seconds=login_seconds,
        )

    def token(self) -> str:
        """The signed token of the channel, the same for all while it holds, as Teams does."""
        return self.town.issuer.token_for(self.town.service_url)

    def press(self, who: PersonId, verb: str, **data: str | int) -> Json:
        """The activity that Teams sends when that person presses that button."""
        payload = {"sitting": self.sitting, **data}
        return self._writer.press(self._people[who], self.meeting, CARD, verb=verb, data=payload)


def council(voters: int, items: int) -> ConveneSitting:
    """A council of that many, all of whom vote, with as many items as there will be polls."""
    return kit.convene(kit.roll(voters), kit.reports(items), body=Body.COUNCIL)
