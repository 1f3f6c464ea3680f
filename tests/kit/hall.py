"""A whole bot with its local tenant and a convened sitting, served on loopback: tests speak to it as clients do."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

import aiohttp

from bot.core import Core, open_core
from bot.local.chats import Chat, Person, Shown
from bot.local.client import LocalClient
from bot.local.server import bind
from bot.rim import SystemClock
from bot.serving import Local, local
from bot.teams.token import TokenSource
from bot.traced import written
from bot.tracing import OFF, Tracing
from tests.kit import sittings
from tests.kit.waiting import PATIENCE, until
from voting.domain import commands as c
from voting.domain.ids import PersonId, SittingId
from voting.domain.sitting import Sitting
from voting.journal.keys import SigningKey
from voting.journal.memory import MemoryStore
from voting.journal.store import Store

Json = Mapping[str, object]


@dataclass(slots=True)
class Hall:
    """The running thing, and a hand for each of its people."""

    running: Local
    sitting: SittingId
    client: LocalClient
    session: aiohttp.ClientSession
    said: list[str] = field(default_factory=list)

    @property
    def core(self) -> Core:
        """What records."""
        return self.running.app.core

    @property
    def meeting(self) -> Chat:
        """The meeting's chat."""
        return self.running.town.meetings[self.sitting]

    def person(self, person: PersonId) -> Person:
        """That person's client."""
        return self.running.town.people(self.sitting)[person]

    def own(self, person: PersonId) -> Chat:
        """That person's chat with the bot."""
        return self.running.town.chats.personal(self.person(person))

    async def state(self) -> Sitting:
        """The sitting as committed."""
        return (await self.core.writer.snapshot(self.sitting)).sitting

    async def say(self, person: PersonId, text: str, *, in_meeting: bool = False) -> Shown:
        """Type something; the bot's next message to that person."""
        chat = self.meeting if in_meeting else self.own(person)
        chats, who = self.running.town.chats, self.person(person)
        await self.running.app.notices.close()  # a private word still on its way would be taken for the answer
        before = chats.revision
        await self.client.say(who, chat, text)
        async with asyncio.timeout(PATIENCE):
            async for shown in chats.changes(who, after=before):
                if shown.author_id is None and shown.chat_id == self.own(person).id:
                    return shown
        raise AssertionError("no answer")

    async def press(self, who: PersonId, verb: str, card: Shown | None = None, **data: str | int) -> Json:
        """Press a button of the newest card that has it, in the meeting's chat unless a card is named."""
        if card is None:
            await self.until(lambda: self._has(who, verb))
        shown = card or self.newest(who, verb)
        payload = {**button(shown, verb), **data}
        chat = self.running.town.chats.chat(shown.chat_id)
        return await self.client.press(self.person(who), chat, shown.id, verb=verb, data=payload)

    def _has(self, person: PersonId, verb: str) -> bool:
        """That person sees a card of the meeting's chat with that button: cards are posted when their turn comes."""
        seen = self.running.town.chats.transcript(self.meeting, self.person(person))
        return any(shown.card is not None and verb in verbs(shown.card) for shown in seen)

    def newest(self, person: PersonId, verb: str) -> Shown:
        """The newest card of the meeting's chat with that button, as that person sees it."""
        for shown in reversed(self.running.town.chats.transcript(self.meeting, self.person(person))):
            if shown.card is not None and verb in verbs(shown.card):
                return shown
        raise AssertionError(f"no card with {verb}")

    async def until(self, happens: Callable[[], bool]) -> None:
        """Wait for something on screen."""
        await until(happens)

    async def posted(self, words: str) -> Shown:
        """Wait for a card of the meeting's chat that contains those words."""
        chats = self.running.town.chats

        def found() -> list[Shown]:
            return [s for s in chats.transcript(self.meeting, None) if words in text_of(s)]

        await self.until(lambda: bool(found()))
        return found()[-1]

    async def submit(self, *wishes: c.SittingCommand) -> None:
        """Bring the sitting somewhere without going through the chat."""
        for wish in wishes:
            await self.core.writer.submit(self.sitting, wish)


def verbs(card: Json) -> set[str]:
    """The verbs of all buttons of that card."""
    return {str(a.get("verb")) for a in walk(card) if a.get("type") == "Action.Execute"}


def button(shown: Shown, verb: str) -> dict[str, str | int]:
    """The payload of that button, as the client would send it back."""
    for element in walk(shown.card or {}):
        if element.get("type") == "Action.Execute" and element.get("verb") == verb:
            data = element.get("data")
            return dict(data) if isinstance(data, Mapping) else {}
    raise AssertionError(f"no button {verb}")


def text_of(shown: Shown) -> str:
    """Everything readable in a message, with ordinary spaces."""
    whole = shown.text + json.dumps(shown.card or {}, ensure_ascii=False)
    return whole.replace("\u00a0", " ").replace("\u202f", " ")


def words(answer: Json) -> str:
    """Everything readable in an answer to a press."""
    return json.dumps(answer, ensure_ascii=False).replace("\u00a0", " ").replace("\u202f", " ")


def walk(node: object) -> list[Json]:
    """Every element of a card, in reading order."""
    if isinstance(node, Mapping):
        return [node, *(found for value in node.values() for found in walk(value))]
    if isinstance(node, list):
        return [found for value in node for found in walk(value)]
    return []


@contextlib.asynccontextmanager
async def hall(
    convocation: c.ConveneSitting | None = None,
    *,
    store: Store | None = None,
    live_seconds: float = 0.05,
    locale: str = "fr-FR",
    tokens: TokenSource | None = None,
    tracing: Tracing = OFF,
) -> AsyncIterator[Hall]:
    """The bot, the tenant and the sitting convened; the meeting chat already bound."""
    core = await open_core(written(tracing, store or MemoryStore()), SigningKey.generate("test"), SystemClock())
    wish = convocation or sittings.standing_committee(*sittings.reports(3))
    await core.writer.submit(wish.sitting, wish)
    running = local(core, bind("127.0.0.1", 0), live_seconds=live_seconds, tokens=tokens, tracing=tracing)
    async with running as served, aiohttp.ClientSession() as session:
        ready = Hall(served, wish.sitting, served.town.client(session, locale=locale), session)
        state = await ready.state()
        staff = [m.id for m in state.facts.members if state.is_staff(m.id)]
        await ready.until(lambda: all(served.town.chats.transcript(ready.own(p), None) for p in staff))
        yield ready
