"""What one process writes, the pages and the cards of another one follow, on word alone: no question to the store."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.boards import CoreBoards
from bot.installation import Installation, open_installation
from bot.outbox import Outbox
from bot.sender import Desk
from bot.silence import Silence
from bot.turn import Content, Conversation, ConversationKind, Message, Priority
from tests.kit import sittings as kit
from tests.kit.journals import KEY
from tests.kit.postgres import Server
from tests.kit.waiting import PATIENCE, until
from tests.web.serving import frames, serving

pytestmark = pytest.mark.postgres

NEVER = 3600.0
MEETING = Conversation(
    id="19:meeting", kind=ConversationKind.GROUP, tenant_id="t", service_url="http://127.0.0.1:1", bot_id="28:bot"
)


@dataclass(slots=True)
class Loud:
    """Says what is to be shown."""

    said: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def delay(self, conversation: Conversation) -> float:
        return 0.0

    async def send(self, conversation: Conversation, message: Content, priority: Priority) -> str:
        return await self._say(message)

    async def edit(self, conversation: Conversation, activity_id: str, message: Content, priority: Priority) -> None:
        await self._say(message)

    async def probe(self, conversation: Conversation) -> None:
        """It always answers."""

    async def _say(self, message: Content) -> str:
        card = message if isinstance(message, Message) else message()
        await self.said.put(json.dumps(card.card, ensure_ascii=False))
        return f"a{self.said.qsize()}"

    async def until_said(self, words: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while words not in await self.said.get():
                pass


@dataclass(frozen=True, slots=True)
class Process:
    """One of several on that database, as far as it follows the others."""

    installation: Installation
    speaker: Loud
    silence: Silence


@asynccontextmanager
async def process(address: str) -> AsyncIterator[Process]:
    installation = await open_installation(address, KEY, kit.Clock())
    core, books, speaker = installation.core, installation.books, Loud()
    outbox = Outbox(
        Desk(
            writer=core.writer,
            notary=core.notary,
            speaker=speaker,
            accounts=books.accounts,
            conversations=books.conversations,
            sent=books.sent,
            leases=books.leases,
            live_seconds=0.05,
        )
    )
    core.writer.listen(outbox.committed)
    replica = installation.replica
    assert replica is not None
    for follower in replica._followers:
        follower._every = NEVER
    silence = Silence(kit.Clock().now, core.feed.stir, after=0.0)
    replica.start(core.writer, core.feed, outbox, lambda processes: None, silence)
    await core.recover()
    try:
        yield Process(installation, speaker, silence)
    finally:
        silence.close()
        await outbox.close()
        await replica.close()
        await installation.close()


async def test_pages_and_cards_of_another_process_follow(server: Server) -> None:
    address = server.url(server.database())
    async with process(address) as here:
        writer = here.installation.core.writer
        await here.installation.books.conversations.bind(kit.SITTING, MEETING)
        for command in kit.polled(kit.standing_committee(voters=3)):
            await writer.submit(kit.SITTING, command)
        await here.speaker.until_said("Pour")
        async with process(address) as there, serving(CoreBoards(there.installation.core)) as client:
            stream = frames(await client.get(f"/seances/{kit.SITTING}/events"))
            async with asyncio.timeout(PATIENCE):
                await anext(stream)
                for command in (kit.vote(kit.m(1), poll="p1"), *kit.settled()):
                    await writer.submit(kit.SITTING, command)
                async for _, data in stream:
                    if "Adopté" in data or "adopté" in data:
                        break


async def test_the_chat_of_a_process_that_ends_is_taken_over_at_once(server: Server) -> None:
    address = server.url(server.database())
    async with process(address) as there:
        async with process(address) as here:
            await here.installation.books.conversations.bind(kit.SITTING, MEETING)
            for command in kit.polled(kit.standing_committee(voters=3)):
                await here.installation.core.writer.submit(kit.SITTING, command)
            await here.speaker.until_said("Pour")
            await there.installation.storage.refresh()
            await there.installation.core.writer.submit(kit.SITTING, kit.vote(kit.m(1), poll="p1"))
            assert there.speaker.said.empty(), "the other one speaks there"
        for command in kit.settled():
            await there.installation.core.writer.submit(kit.SITTING, command)
        await there.speaker.until_said("hemicycle/")


async def test_a_silence_of_teams_that_another_process_meets_is_known_here(server: Server) -> None:
    """Only one of them speaks in a chat: people look at the pages of any."""
    address = server.url(server.database())
    async with process(address) as here, process(address) as there:
        while there.silence.outage is None:  # word may be lost; each call that fails leaves it again
            here.silence.heard(is_answer=False)
            await asyncio.sleep(0.02)
        assert there.silence.outage.until is None
        here.silence.heard(is_answer=True)
        await until(lambda: there.silence.outage is not None and there.silence.outage.until is not None)
