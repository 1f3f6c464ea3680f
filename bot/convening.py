"""Convenes a sitting from two files and keeps the accounts of its people apart. Used by command line and samples."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot import samples
from bot.app import Installation
from bot.core import Core
from bot.ports import Link
from bot.rim import RandomIds
from bot.settings import Settings
from voting.domain.assembly import Body, Role
from voting.domain.ids import PersonId, SittingId
from voting.imports import AgendaRow, DocumentText, MemberRow, read_agenda, read_members
from voting.service.convene import Convocation, Summons, convene, read_documents
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Convened:
    """What was convened, in figures."""

    sitting: SittingId
    title: str
    members: int
    voters: int
    items: int


async def convene_from_files(installation: Installation, wish: Wish, settings: Settings) -> Convened:
    """Record the sitting and link its people. Raises ``FileRefused`` with every problem of the files at once."""
    convocation = await asyncio.to_thread(prepare, wish, settings.body_name, settings.body_siret, settings.language)
    command = convocation.command
    await installation.core.writer.submit(command.sitting, command)
    await installation.storage.accounts.link(
        Link(
            sitting=command.sitting,
            person=link.person,
            tenant_id=settings.tenant_id,
            account=link.account,
            email=link.email,
        )
        for link in convocation.links
    )
    return Convened(
        sitting=command.sitting,
        title=command.title,
        members=len(command.members),
        voters=sum(m.votes for m in command.members),
        items=len(command.items),
    )


def prepare(wish: Wish, body_name: str, body_siret: str, language: str) -> Convocation:
    """Read the files (blocking) and make the convocation; nothing is recorded."""
    members = read_members(wish.members)
    agenda = read_agenda(wish.agenda, members)
    documents = read_documents(agenda, wish.agenda.parent)
    return _convocation(wish, members, agenda, documents, (body_name, body_siret, language))


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


def _convocation(
    wish: Wish,
    members: tuple[MemberRow, ...],
    agenda: tuple[AgendaRow, ...],
    documents: dict[str, DocumentText],
    body: tuple[str, str, str],
) -> Convocation:
    name, siret, language = body
    summons = Summons(
        sitting=SittingId(RandomIds().new()),
        by=_convener(members),
        scheduled_for=wish.scheduled_for,
        summons_mentions_remote=wish.summons_mentions_remote,
        body=Body(wish.kind),
        title=wish.title,
        body_name=name,
        body_siret=siret,
        place=wish.place,
        summoned_on=wish.summoned_on,
    )
    return convene(summons, members, agenda, documents, catalogue(language))


def _convener(members: tuple[MemberRow, ...]) -> PersonId:
    """The first clerk of the roll, else the chair."""
    by_role = {row.role: PersonId(row.id) for row in reversed(members)}
    return by_role.get(Role.CLERK) or by_role[Role.CHAIR]
