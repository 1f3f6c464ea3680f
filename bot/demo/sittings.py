"""Holds the sittings of the demonstration: convened like any other, then played over the wire by simulated people."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp

from bot import samples
from bot.convening import Wish, prepare
from bot.core import Core
from bot.demo.story import APPROVAL, MINUTES, SCRIPT, SCRIPT_CAO
from bot.demo.terminal import Terminal
from bot.local.client import LocalClient
from bot.local.town import Town
from bot.rim import RandomIds
from bot.serving import Local
from bot.simulation import Outcome, Staging, perform, stage
from bot.simulation.hall import Hall
from bot.simulation.pace import Pace
from bot.simulation.script import Script
from bot.texts import Catalogue, catalogue
from voting.domain.assembly import AgendaItem, Body
from voting.domain.commands import ApproveMinutes, ConveneSitting, SubmitMinutes
from voting.domain.ids import SittingId, item_id
from voting.service.minuting import read_approval
from voting.wording.catalogue import LANGUAGES

NOTICE = timedelta(days=12)
"""How long before the sitting its summons went out."""
FAST = 1000.0
"""The speed of what is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A sitting of the story, ready to be convened and played."""

    command: ConveneSitting
    staging: Staging

    def chapters(self) -> list[str]:
        """Those that it announces, in the order of the agenda."""
        told = (staged.chapter for staged in self.staging.items.values())
        return [chapter for chapter in (self.staging.opening, *told, self.staging.ending) if chapter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """How fast the story goes."""

    speed: float
    """What is told: 1 is the twelve-minute story, however long the agendas."""
    chapters: Collection[str] = ()
    """Those that are told; the rest goes by as fast as it can. None: all."""

    def of(self, chapter: str) -> float:
        """The speed during that chapter; empty: between two of them."""
        return self.speed if not self.chapters or chapter in self.chapters else FAST


def convocation(
    members: Path | None, agenda: Path | None, body: Body, name: str, now: datetime, texts: Catalogue
) -> ConveneSitting:
    """The sitting of those files, of the samples where none is given. Blocks. Raises ``FileRefused``."""
    is_tender = body is Body.TENDER_COMMITTEE
    wish = Wish(
        members=members or (samples.MEMBERS_CAO if is_tender else samples.MEMBERS),
        agenda=agenda or (samples.AGENDA_CAO if is_tender else samples.AGENDA),
        kind=body.value,
        scheduled_for=now,
        summons_mentions_remote=True,
        summoned_on=(now - NOTICE).date(),
    )
    body_name = name or (texts("demo.body") if members else samples.BODY_NAME)
    return prepare(wish, body_name, "", texts.language).command


def next_sitting(first: ConveneSitting, now: datetime, texts: Catalogue) -> ConveneSitting:
    """The one that approves the minutes of the first."""
    approval = AgendaItem(id=item_id(1), number="1", title=texts("demo.item.approval"))
    return replace(
        first,
        sitting=SittingId(RandomIds().new()),
        title=texts("demo.title.approval"),
        scheduled_for=now,
        items=(approval,),
    )


async def carry_on(core: Core, sittings: list[Planned], held: Planned) -> None:
    """The minutes of the first are submitted once it is over; approved by the last, as that one's journal has it."""
    first, last = sittings[0].command, sittings[-1].command
    if first is last:
        return
    if held.command is first:
        await core.writer.submit(first.sitting, SubmitMinutes(by=first.by))
    if held.command is last:
        over, later = [(await core.writer.snapshot(one.sitting)).sitting for one in (first, last)]
        approval = read_approval(over, later, last.items[0].number, await core.writer.history(last.sitting))
        await core.writer.submit(first.sitting, ApproveMinutes(by=first.by, approval=approval))


def script_of(command: ConveneSitting) -> Script:
    """The story told on that kind of sitting."""
    return SCRIPT_CAO if command.body is Body.TENDER_COMMITTEE else SCRIPT


def story(first: ConveneSitting, texts: Catalogue, *, is_sample: bool) -> list[Planned]:
    """That sitting and what follows it: of the sample, a tender committee; then the approval of its minutes."""
    sittings = [planned(first, script_of(first))]
    if first.body is Body.TENDER_COMMITTEE:
        return sittings
    if is_sample and first.body is Body.STANDING_COMMITTEE:
        tender = convocation(None, None, Body.TENDER_COMMITTEE, first.body_name, first.scheduled_for, texts)
        sittings.append(planned(tender, SCRIPT_CAO))
    return [*sittings, planned(next_sitting(first, first.scheduled_for, texts), APPROVAL)]


def planned(command: ConveneSitting, script: Script) -> Planned:
    """That script on that sitting."""
    has_proxies = command.body is not Body.TENDER_COMMITTEE
    return Planned(command=command, staging=stage(command.members, command.items, script, has_proxies=has_proxies))


def stretched(speed: float, sittings: Collection[Planned]) -> float:
    """Faster where the agendas take more than the twelve minutes together."""
    return speed * max(1.0, sum(one.staging.seconds for one in sittings) / (MINUTES * 60))


async def hold(running: Local, sitting: Planned, tempo: Tempo, terminal: Terminal) -> Outcome:
    """Convene that sitting and play it to its end. Raises ``StoryStuck``."""
    command, writer = sitting.command, running.app.core.writer
    await writer.submit(command.sitting, command)
    await running.admit(command.sitting)
    pace = Pace(tempo.of(""))

    def begun(chapter: str) -> None:
        pace.change(tempo.of(chapter))
        terminal.chapter(chapter)
        running.app.announce(command.sitting, banner(chapter))

    with terminal.following(command.sitting, len(command.items)) as listener:
        writer.listen(listener)
        async with aiohttp.ClientSession() as session:
            client = _client(running.town, session, terminal.locale)
            hall = Hall(running.town, command.sitting, client, pace)
            outcome = await perform(hall, sitting.staging, begun)
    running.app.announce(command.sitting, {})
    return outcome


def banner(chapter: str) -> dict[str, str]:
    """What the board says of that chapter, by language."""
    if not chapter:
        return {}
    spoken = {language: catalogue(language) for language in LANGUAGES}
    return {
        language: texts("demo.board.chapter", chapter=texts(f"demo.chapter.{chapter}"))
        for language, texts in spoken.items()
    }


def _client(town: Town, session: aiohttp.ClientSession, locale: str) -> LocalClient:
    return LocalClient(
        session,
        f"{town.origin}/api/messages",
        town.chats,
        service_url=town.service_url,
        issuer=town.issuer,
        locale=locale,
    )
