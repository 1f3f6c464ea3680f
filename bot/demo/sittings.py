"""Holds the sittings of the demonstration: convened like any other, then played over the wire by simulated people."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp

from bot import samples
from bot.convening import Wish, prepare
from bot.demo.story import MINUTES, SCRIPT, SCRIPT_CAO
from bot.demo.terminal import Terminal
from bot.local.client import LocalClient
from bot.local.town import Town
from bot.rim import RandomIds
from bot.serving import Local
from bot.simulation import Outcome, perform, stage
from bot.simulation.hall import Hall
from bot.simulation.pace import Pace
from bot.simulation.script import Script
from bot.texts import Catalogue
from voting.domain.assembly import AgendaItem, Body
from voting.domain.commands import ConveneSitting
from voting.domain.ids import SittingId, item_id

NOTICE = timedelta(days=12)
"""How long before the sitting its summons went out."""


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
        place=texts("demo.place"),
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


def script_of(command: ConveneSitting) -> Script:
    """The story told on that kind of sitting."""
    return SCRIPT_CAO if command.body is Body.TENDER_COMMITTEE else SCRIPT


async def hold(running: Local, command: ConveneSitting, script: Script, speed: float, terminal: Terminal) -> Outcome:
    """Convene that sitting and play it to its end. Raises ``StoryStuck``."""
    staging = stage(command.members, command.items, script, has_proxies=command.body is not Body.TENDER_COMMITTEE)
    writer = running.app.core.writer
    await writer.submit(command.sitting, command)
    await running.admit(command.sitting)
    pace = Pace(speed * max(1.0, staging.seconds / (MINUTES * 60)))
    with terminal.following(command.sitting, len(command.items)) as listener:
        writer.listen(listener)
        async with aiohttp.ClientSession() as session:
            client = _client(running.town, session, terminal.locale)
            hall = Hall(running.town, command.sitting, client, pace)
            return await perform(hall, staging, terminal.chapter)


def _client(town: Town, session: aiohttp.ClientSession, locale: str) -> LocalClient:
    return LocalClient(
        session,
        f"{town.origin}/api/messages",
        town.chats,
        service_url=town.service_url,
        issuer=town.issuer,
        locale=locale,
    )
