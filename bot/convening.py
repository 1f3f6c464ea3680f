"""Convenes a sitting from two files and keeps the accounts of its people apart. Used by command line and samples."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from bot import samples
from bot.core import Core
from bot.ports import Accounts, Link
from bot.reconvening import convene_again
from bot.rim import RandomIds
from voting.domain.assembly import Body, Mode, Regime, Role
from voting.domain.commands import ConveneSitting
from voting.domain.ids import PersonId, SittingId
from voting.domain.remarks import Remark
from voting.domain.ruleset import StandingOrders
from voting.imports import (
    AgendaRow,
    DocumentText,
    MemberRow,
    parse_agenda,
    parse_members,
    parse_standing_orders,
    read_agenda,
    read_members,
    read_standing_orders,
)
from voting.service.convene import Convocation, Summons, convene, read_documents
from voting.service.half_year import has_room_sitting
from voting.wording import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to convene."""

    members: Path
    agenda: Path
    kind: str
    scheduled_for: datetime
    summons_mentions_remote: bool
    summoned_on: date | None = None
    title: str = ""
    place: str = ""
    mode: Mode = Mode.REMOTE
    regime: Regime = Regime.ORDINARY
    standing_orders: Path | None = None
    """TOML file; None: nothing beyond the law."""
    is_urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Convened:
    """What was convened, in figures."""

    sitting: SittingId
    title: str
    members: int
    voters: int
    items: int
    remarks: tuple[Remark, ...] = ()
    """What the law has to say of it without forbidding it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sent from the chat: the files, as such or pasted into the form."""

    members: bytes
    agenda: bytes
    kind: str
    scheduled_for: datetime
    summons_mentions_remote: bool
    mode: Mode = Mode.REMOTE
    regime: Regime = Regime.ORDINARY
    standing_orders: bytes = b""
    """The TOML file; empty: nothing beyond the law."""
    summoned_on: date | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Convener:
    """Convenes what is sent in the chat."""

    core: Core
    accounts: Accounts
    body_name: str
    body_siret: str
    tenant_id: str
    language: str
    allowed: frozenset[str] | None
    """Entra object ids of those who may convene, besides the staff of earlier sittings; None: anybody (``--local``)."""
    admit: Callable[[SittingId], Awaitable[None]] | None = None
    """Gives the people of the new sitting their place, where they live on this machine."""

    async def convene(self, sent: Sent) -> Convened:
        """Record the sitting and link its people. Raises ``FileRefused`` or a ``Refusal``."""
        convocation = await asyncio.to_thread(self._prepare, sent)
        convened = await record(self.core, self.accounts, convocation, self.tenant_id)
        if self.admit is not None:
            await self.admit(convened.sitting)
        return convened

    async def convene_again(
        self, first: SittingId, when: datetime | None, by: PersonId, language: str
    ) -> ConveneSitting:
        """Record the second sitting after one without quorum. Raises a ``Refusal``."""
        command = await convene_again(self.core, self.accounts, first, when, by=by, language=language)
        if self.admit is not None:
            await self.admit(command.sitting)
        return command

    def _prepare(self, sent: Sent) -> Convocation:
        members = parse_members(sent.members)
        agenda = parse_agenda(sent.agenda, members=members)
        wish = Wish(
            members=Path(),
            agenda=Path(),
            kind=sent.kind,
            scheduled_for=sent.scheduled_for,
            summons_mentions_remote=sent.summons_mentions_remote,
            summoned_on=sent.summoned_on,
            mode=sent.mode,
            regime=sent.regime,
            is_urgent=sent.is_urgent,
        )
        written = sent.standing_orders
        orders = parse_standing_orders(written, Body(sent.kind)) if written else StandingOrders()
        papers = _Papers(members=members, agenda=agenda, orders=orders)
        return _convocation(wish, papers, (self.body_name, self.body_siret, self.language))


async def record(core: Core, accounts: Accounts, convocation: Convocation, tenant_id: str) -> Convened:
    """Put it in the journal, and its people's accounts where only the bot looks."""
    command = convocation.command
    if command.mode is not Mode.ROOM:
        known = [(await core.writer.snapshot(SittingId(one))).sitting for one in await core.store.sittings()]
        met = has_room_sitting(known, command.body, command.body_name, command.scheduled_for)
        command = replace(command, lacks_room_sitting=not met)
    done = await core.writer.submit(command.sitting, command)
    await core.aside.help.keep_phones(command.sitting, convocation.phones)
    await accounts.link(
        Link(sitting=command.sitting, person=link.person, tenant_id=tenant_id, account=link.account, email=link.email)
        for link in convocation.links
    )
    return Convened(
        sitting=command.sitting,
        title=command.title,
        members=len(command.members),
        voters=sum(m.votes for m in command.members),
        items=len(command.items),
        remarks=done.snapshot.sitting.facts.remarks,
    )


def prepare(wish: Wish, body_name: str, body_siret: str, language: str) -> Convocation:
    """Read the files (blocking) and make the convocation; nothing is recorded."""
    members = read_members(wish.members)
    agenda = read_agenda(wish.agenda, members)
    orders = StandingOrders()
    if wish.standing_orders is not None:
        orders = read_standing_orders(wish.standing_orders, Body(wish.kind))
    documents = read_documents(agenda, wish.agenda.parent)
    papers = _Papers(members=members, agenda=agenda, documents=documents, orders=orders)
    return _convocation(wish, papers, (body_name, body_siret, language))


async def convene_sample(core: Core, now: datetime, language: str = "fr") -> SittingId:
    """The sample sitting that ``serve --local`` opens with."""
    wish = Wish(
        members=samples.MEMBERS,
        agenda=samples.AGENDA,
        kind="cpr",
        scheduled_for=now,
        summons_mentions_remote=True,
        summoned_on=now.date(),
    )
    convocation = await asyncio.to_thread(prepare, wish, samples.BODY_NAME, "", language)
    await core.writer.submit(convocation.command.sitting, convocation.command)
    return convocation.command.sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class _Papers:
    """What the files of a convocation said."""

    members: tuple[MemberRow, ...]
    agenda: tuple[AgendaRow, ...]
    documents: Mapping[str, DocumentText] = field(default_factory=dict)
    orders: StandingOrders


def _convocation(wish: Wish, papers: _Papers, body: tuple[str, str, str]) -> Convocation:
    name, siret, language = body
    summons = Summons(
        sitting=SittingId(RandomIds().new()),
        by=_convener(papers.members),
        scheduled_for=wish.scheduled_for,
        summons_mentions_remote=wish.summons_mentions_remote,
        body=Body(wish.kind),
        mode=wish.mode,
        regime=wish.regime,
        is_urgent=wish.is_urgent,
        standing_orders=papers.orders,
        title=wish.title,
        body_name=name,
        body_siret=siret,
        place=wish.place,
        summoned_on=wish.summoned_on,
    )
    return convene(summons, papers.members, papers.agenda, papers.documents, catalogue(language))


def _convener(members: tuple[MemberRow, ...]) -> PersonId:
    """The first clerk of the roll, else the chair."""
    by_role = {row.role: PersonId(row.id) for row in reversed(members)}
    return by_role.get(Role.CLERK) or by_role[Role.CHAIR]
