"""The composition root: the only place that builds stores and clients, and puts the parts together."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.acquaintance import Acquaintance
from bot.acting import PageActs
from bot.activity import Activity
from bot.apologies import APOLOGIES
from bot.boards import CoreBoards
from bot.calls import Calls
from bot.coach import Coach
from bot.commands import vocabulary
from bot.connections import Connections
from bot.convening import Convener
from bot.convening_errands import ConveningErrands
from bot.core import Core
from bot.deliveries import Deliveries
from bot.directory import Directory
from bot.document_errands import DocumentErrands
from bot.document_links import DocumentLinks
from bot.documents import Documents
from bot.entrance import Entrance
from bot.errands import Errands, MinutesLink
from bot.file_seal import FileSeal
from bot.health import Health
from bot.helping import HelpErrands
from bot.hints import Hints
from bot.housekeeping import Forgetting, watch
from bot.installation import Books
from bot.minute_errands import MinuteErrands
from bot.notices import Notices
from bot.outbox import Outbox
from bot.ports import FileShare, TenantDirectory
from bot.preparation import ReadinessLinks
from bot.proofs import Proofs
from bot.reach import Reach
from bot.receipts import Receipts
from bot.rehearsing import Rehearsals
from bot.replica import Replica
from bot.rim import RandomIds
from bot.roster import ConnectorRoster
from bot.sender import Desk
from bot.sheet_errands import SheetErrands, SheetLinks
from bot.silence import Outage, Silence
from bot.speaker import ConnectorSpeaker
from bot.stand_ins import stand_ins
from bot.teams.auth import Door
from bot.teams.connector import Connector
from bot.teams.endpoint import Endpoint
from bot.teams.responder import Responder
from bot.texts import catalogue
from bot.traced import handled
from bot.tracing import OFF, Tracing
from bot.training import TrainingErrands
from bot.turn import Conversation, Turn
from bot.web import board
from bot.web.console import ConsolePages
from bot.web.documents import DocumentPages
from bot.web.guides import GuidePages
from bot.web.live import LiveBoards
from bot.web.member import MemberPages
from bot.web.pages import warm
from bot.web.receipts import ReceiptPages
from bot.web.sheets import SheetPages
from bot.web.signed import Desk as PageDesk
from bot.witness import Traces
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.service.hours import Hours
from voting.service.ports import Clock

Access = Callable[[web.Request, SittingId], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The way to Teams, or to the local Teams of ``--local``."""

    door: Door
    connector: Connector
    files: FileShare
    entra: TenantDirectory | None = None
    """Where the organisation has opened its directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """How this installation posts and where its pages are."""

    language: str = "fr"
    live_seconds: float = 3.0
    board_address: Callable[[SittingId], str | None] = lambda sitting: None
    origin: str = ""
    """Address of this server as browsers see it; empty: no card leads to a page."""
    department: str = ""
    """Whose prefect receives the acts."""
    rehearsal_days: int = 7
    """After which a rehearsal is purged."""
    help_phone: str = ""
    """Of the help line, for the members' sheets."""
    help_days: int = 30
    """After which telephone numbers and requests for help are erased."""
    settle: Callable[[SittingId, SittingId | None], None] = lambda sitting, official: None
    """Where people live on this machine: they are in that rehearsal too."""


class App:
    """One process of the bot: the parts wired together, and the routes that lead to them."""

    def __init__(
        self,
        core: Core,
        books: Books,
        channel: Channel,
        *,
        access: Access,
        minutes_link: MinutesLink,
        convener: Convener,
        clock: Clock,
        posting: Posting,
        entrance: Entrance | None = None,
        replica: Replica | None = None,
        tracing: Tracing = OFF,
    ) -> None:
        """Nothing runs before ``start``. Without an entrance there are no pages but the boards.

        ``replica``: other processes serve the same database.
        """
        self.core, self.books, self._replica, self._line = core, books, replica, channel.connector
        speaker, self.silence = ConnectorSpeaker(channel.connector), Silence(clock.now, core.feed.stir)
        self.outbox = Outbox(
            Desk(
                writer=core.writer,
                notary=core.notary,
                speaker=speaker,
                accounts=books.accounts,
                conversations=books.conversations,
                sent=books.sent,
                leases=books.leases,
                language=posting.language,
                board_address=posting.board_address,
                live_seconds=posting.live_seconds,
            )
        )
        self.directory = Directory(ConnectorRoster(channel.connector), books.accounts, channel.entra)
        self._hints = Hints(
            calls=Calls(),
            accounts=books.accounts,
            conversations=books.conversations,
            attendants=ConnectorRoster(channel.connector),
        )
        self._acquaintance = Acquaintance(
            directory=self.directory, accounts=books.accounts, conversations=books.conversations
        )
        self.errands = Errands(
            writer=core.writer,
            accounts=books.accounts,
            conversations=books.conversations,
            outbox=self.outbox,
            speaker=speaker,
            minutes_link=minutes_link,
            directory=self.directory,
            acquaintance=self._acquaintance,
            hints=self._hints,
        )
        self.convening = ConveningErrands(
            writer=core.writer,
            accounts=books.accounts,
            conversations=books.conversations,
            outbox=self.outbox,
            convener=convener,
            directory=self.directory,
            kept=books.files,
            share=channel.files,
            connections=Connections(writer=core.writer, accounts=books.accounts, now=clock.now),
            now=clock.now,
        )
        self.rehearsals = Rehearsals(
            core=core,
            accounts=books.accounts,
            conversations=books.conversations,
            sent=books.sent,
            outbox=self.outbox,
            speaker=speaker,
            clock=clock,
            ids=RandomIds(),
            language=posting.language,
            days=posting.rehearsal_days,
            settle=posting.settle,
        )
        traces, receipts = Traces(), Receipts()
        coach = Coach(core=core, accounts=books.accounts, clock=clock, ids=RandomIds(), language=posting.language)
        self.readiness_links = ReadinessLinks(core, posting.origin)
        self._papers, self._sheets = _links(core, convener, posting)
        self.deliveries = Deliveries(
            writer=core.writer,
            documents=self._papers.documents,
            accounts=books.accounts,
            share=channel.files,
            speaker=speaker,
            seal=FileSeal(core.key),
        )
        self._training = TrainingErrands(
            writer=core.writer,
            rehearsals=self.rehearsals,
            forgetting=Forgetting(core=core, clock=clock, days=posting.help_days),
            coach=coach,
            links=self.readiness_links if posting.origin else None,
            may_convene=self.convening.may_convene,
        )
        helping = HelpErrands(
            core=core,
            accounts=books.accounts,
            conversations=books.conversations,
            speaker=speaker,
            traces=traces,
            clock=clock,
            ids=RandomIds(),
        )
        self.notices = Notices(
            speaker,
            Reach(speaker, books.conversations),
            books.accounts,
            books.conversations,
            catalogue(posting.language),
            is_simulated=lambda sitting, person: person in self.stand_ins.benches.filled(sitting),
        )
        self.stand_ins = stand_ins(core, books, clock, helping, posting.language)
        self.activity = Activity(
            writer=core.writer,
            codec=core.codec,
            accounts=books.accounts,
            conversations=books.conversations,
            directory=self.directory,
            hints=self._hints,
            vocabulary=vocabulary(),
            receipts=receipts,
            errands={
                **self.errands.table(),
                **self.convening.table(),
                **self._training.table(),
                **helping.table(),
                **self.stand_ins.table(),
                **SheetErrands(links=self._sheets, has_address=bool(posting.origin)).table(),
                **MinuteErrands(core=core, now=clock.now).table(),
                **DocumentErrands(
                    links=self._papers, has_address=bool(posting.origin), deliveries=self.deliveries
                ).table(),
                **self.deliveries.table(),
            },
            now=clock.now,
            witness=coach,
            traces=traces,
            closing=helping.before_closing,
            helped=helping.report,
            guides=posting.origin,
            heard=self.stand_ins.make_room,
        )
        self._turns, self._health = (
            handled(tracing, self.activity),
            Health(core, self.outbox, channel.connector, self.silence),
        )
        self._endpoint = Endpoint(
            channel.door,
            self._health.timed(self._turns.on_turn),
            respond=Responder(channel.connector, self._own_chat).respond,
            apologies=APOLOGIES,
        )
        self._live = LiveBoards(CoreBoards(core), now=clock.now, outages=self._outage)
        self._acts = PageActs(self._turns, books.accounts, core.writer, core.aside.help, clock)
        self._access, self._entrance, self._hours = access, entrance, Hours(core.writer, clock)
        desk = PageDesk(entrance.sessions, self._acts, self._outage) if entrance is not None else None
        self._members = MemberPages(desk, CoreBoards(core)) if desk is not None else None
        self._own_pages = _own_pages(desk, core, self._papers.documents, posting.help_phone) if desk is not None else []
        self._sweeping: asyncio.Task[None] | None = None
        self._listen(receipts)

    def _listen(self, receipts: Receipts) -> None:
        for listener in (receipts.committed, self.outbox.committed):
            self.core.writer.listen(listener)
        for once in (self.notices.committed, self._health.committed, self.rehearsals.committed):
            self.core.writer.listen_own(once)
        self.core.notary.listen(self.outbox.attested)
        self._line.listen(self.silence.heard)

    def _own_chat(self, turn: Turn) -> Conversation | None:
        identity = turn.sender.identity
        return self.books.conversations.personal(*identity) if identity is not None else None

    def _outage(self) -> Outage | None:
        return self.silence.outage

    def routes(self) -> list[web.RouteDef]:
        """Every address of the bot itself; the local room adds its own."""
        return [
            web.post("/api/messages", self._endpoint.handle),
            *self._health.routes(),
            *self.readiness_links.routes(),
            *GuidePages().routes(),
            *board.routes(self._live, self._may_see),
            *(self._members.routes() if self._members is not None else ()),
            *self._papers.routes(),
            *self._sheets.routes(),
            *self._own_pages,
            *(self._entrance.routes() if self._entrance is not None else ()),
        ]

    def announce(self, sitting: SittingId, banner: Mapping[str, str]) -> None:
        """A word above the board of that sitting, by language: the chapter that a demonstration tells."""
        self._live.announce(sitting, banner)

    async def _may_see(self, request: web.Request, sitting: SittingId) -> bool:
        """Open to all, unless the public is out; or on the roll and signed in."""
        if not await self._is_in_camera(sitting) and await self._access(request, sitting):
            return True
        visitor = self._entrance.sessions.visitor(request) if self._entrance is not None else None
        return visitor is not None and await self._acts.seat(visitor, sitting) is not None

    async def _is_in_camera(self, sitting: SittingId) -> bool:
        try:
            return (await self.core.writer.snapshot(sitting)).sitting.is_in_camera
        except SittingUnknown:
            return False

    async def start(self) -> None:
        """Read the sittings again and bring every chat up to date; purge the rehearsals whose time is over."""
        await asyncio.to_thread(warm)
        if self._replica is not None:
            self._replica.start(self.core.writer, self.core.feed, self.outbox, self._line.share, self.silence)
        sittings = await self.core.recover()
        for sitting in sittings:
            if self.books.conversations.meeting_of(sitting) is not None:
                self.outbox.wake(sitting)
        await self.keep_house(sittings)

    async def keep_house(self, sittings: Iterable[SittingId]) -> None:
        """From now on, purge the rehearsals whose time is over, and write the hours that come in these sittings.

        Whoever was simulated in a rehearsal goes on.
        """
        await self.stand_ins.benches.start()
        self._hours.start(sittings)
        self._sweeping = asyncio.get_running_loop().create_task(
            watch((self.rehearsals.sweep, self._training.forgetting.sweep, self.convening.sweep)), name="housekeeping"
        )

    async def end_streams(self) -> None:
        """Those who look at a board look at another process's from now on: their page asks again."""
        await self._live.close()

    async def close(self) -> None:
        """Finish what was acknowledged, in the order in which the parts need each other."""
        await self._endpoint.close()
        await self._acquaintance.close()
        await self._hints.close()
        await self._hours.close()
        await self.directory.close()
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        await self.stand_ins.benches.close()
        await self.rehearsals.close()
        self.silence.close()
        await self._live.close()
        if self._members is not None:
            await self._members.close()
        if self._entrance is not None:
            await self._entrance.close()
        await self.notices.close()
        await self.deliveries.close()
        await self.outbox.close()
        if self._replica is not None:
            await self._replica.close()
        await self.core.close()


def _links(core: Core, convener: Convener, posting: Posting) -> tuple[DocumentLinks, SheetLinks]:
    """What a chat leads to without a sign-in, for a quarter of an hour."""
    papers = Documents(core, convener.body_siret, posting.language, posting.department)
    return DocumentLinks(core, papers, posting.origin), SheetLinks(core, posting.origin, posting.help_phone)


def _own_pages(desk: PageDesk, core: Core, documents: Documents, phone: str) -> list[web.RouteDef]:
    """Of those who are signed in, but for the member's own page, whose streams are to be ended."""
    sheets = SheetPages(desk, core.writer, phone)
    pages = (ConsolePages(desk), ReceiptPages(desk, Proofs(core)), DocumentPages(desk, documents), sheets)
    return [route for one in pages for route in one.routes()]
