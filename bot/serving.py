"""Runs one process of the bot until it is told to stop: against Teams, or with ``--local`` on this machine alone."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import web

from bot import registry, samples, traced
from bot.app import App, Channel, Posting
from bot.convening import Convener
from bot.core import Core
from bot.entrance import local_entrance
from bot.installation import Books, Installation, open_installation
from bot.listening import Served
from bot.local.client import LocalClient
from bot.local.server import LocalLine, local_door
from bot.local.town import Town
from bot.papers import DraftLinks
from bot.ports import SeatBook
from bot.rim import SystemClock, journal_key, key_name, settle
from bot.room import TownRoom, room_pages
from bot.settings import Settings
from bot.storage.memory import MemoryAccounts, MemoryConversations, MemoryFiles, MemorySeats, MemorySentCards
from bot.teams.files import TeamsFiles
from bot.teams.hosts import ServiceUrls
from bot.teams.token import TokenSource
from bot.tracing import OFF, Tracing
from bot.turn import Conversation, ConversationKind
from bot.web.pages import warm
from voting.domain.ids import SittingId
from voting.journal.sql.database import exists


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A running bot with its local tenant."""

    app: App
    town: Town
    client: LocalClient
    """Whoever lives in the town, over the wire."""

    async def admit(self, sitting: SittingId) -> None:
        """Give the people of that sitting their accounts and hold it in a meeting chat of its own."""
        snapshot = await self.app.core.writer.snapshot(sitting)
        facts = snapshot.sitting.facts
        chat = self.town.settle(sitting, facts.title, facts.members)
        await self.app.books.accounts.link(self.town.links(sitting))
        for person in self.town.people(sitting).values():
            own = self.town.chats.personal(person)
            conversation = _conversation(self.town, own.id, ConversationKind.PERSONAL)
            await self.app.books.conversations.remember(conversation, person.tenant_id, person.account)
        await self.app.books.conversations.bind(sitting, _conversation(self.town, chat.id, ConversationKind.GROUP))
        self.app.outbox.wake(sitting)
        for member in facts.members:
            if snapshot.sitting.is_staff(member.id):
                person = self.town.people(sitting)[member.id]
                await self.client.install(person, self.town.chats.personal(person))

    def stand_in(self, rehearsal: SittingId, official: SittingId | None) -> None:
        """The people of that sitting are those of its rehearsal, in the same meeting."""
        if official is not None:
            self.town.share(rehearsal, official)


@contextlib.asynccontextmanager
async def local(
    core: Core,
    listening: socket.socket,
    *,
    language: str = "fr",
    live_seconds: float = 3.0,
    tokens: TokenSource | None = None,
    seats: SeatBook | None = None,
    tracing: Tracing = OFF,
) -> AsyncIterator[Local]:
    """The bot and a local tenant on that loopback socket, over a core that it closes at the end.

    ``tokens``: what the bot shows the tenant's connector, for one that asks for it. ``seats``: who is simulated in
    rehearsals; without it, nobody is any more after a restart.
    """
    registry.check()
    port = listening.getsockname()[1]
    town = await asyncio.to_thread(Town, port, language=language)
    await asyncio.to_thread(warm)
    line = LocalLine.open(tokens, tracing)
    books = Books(
        accounts=MemoryAccounts(),
        conversations=MemoryConversations(),
        sent=MemorySentCards(),
        files=MemoryFiles(),
        seats=seats or MemorySeats(),
    )
    drafts = DraftLinks(core, town.origin, language)
    rooms = TownRoom(town, core.writer, town.client(line.session))
    app = App(
        core,
        books,
        Channel(
            door=local_door(town),
            connector=line.connector,
            files=TeamsFiles(session=line.session, hosts=ServiceUrls.local()),
        ),
        access=_everybody,
        minutes_link=drafts.link,
        convener=Convener(
            core=core,
            accounts=books.accounts,
            body_name=samples.BODY_NAME,
            body_siret="",
            tenant_id=town.chats.tenant_id,
            language=language,
            allowed=None,
            admit=lambda sitting: running.admit(sitting),
        ),
        clock=SystemClock(),
        posting=Posting(
            language=language,
            live_seconds=live_seconds,
            origin=town.origin,
            settle=lambda sitting, official: running.stand_in(sitting, official),
            board_address=lambda sitting: f"{town.origin}/seances/{sitting}",
        ),
        entrance=local_entrance(core.key, rooms),
        tracing=tracing,
    )
    application = web.Application(client_max_size=2**20, middlewares=traced.served(tracing))
    room = room_pages(rooms, language)
    application.add_routes([*app.routes(), *drafts.routes(), *town.routes(), *room.routes()])
    served = Served(application, listening)
    await served.start()
    try:
        running = Local(app=app, town=town, client=town.client(line.session))
        sittings = await app.core.recover()
        for sitting in sittings:
            await running.admit(sitting)
        await app.keep_house(sittings)
        yield running
    finally:
        await room.close()
        await app.close()
        await served.close()
        await line.session.close()


async def open_installation_of(settings: Settings, *, read_only: bool = False, tracing: Tracing = OFF) -> Installation:
    """The database and the journal key of these settings. ``read_only`` works beside a process that serves."""
    key = await asyncio.to_thread(journal_key, settings.data_dir, key_name(settings.body_name))
    read_only = read_only and await asyncio.to_thread(exists, settings.database_url)
    return await open_installation(settings.database_url, key, read_only=read_only, tracing=tracing)


async def until_stopped() -> None:
    """Returns on Ctrl-C or a polite kill. To be called once everything is set up."""
    settle()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def _conversation(town: Town, identifier: str, kind: ConversationKind) -> Conversation:
    return Conversation(
        id=identifier,
        kind=kind,
        tenant_id=town.chats.tenant_id,
        service_url=town.service_url,
        bot_id=town.chats.bot_id,
    )


async def _everybody(request: web.Request, sitting: SittingId) -> bool:
    """``--local`` serves loopback alone: whoever sits at this machine may look."""
    return True
