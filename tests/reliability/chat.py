"""A meeting's chat in a Teams that is simulated: slow, throttled, refusing, losing answers, silent for ten minutes.

It stands where the one HTTP session of a process does, so that everything of ours above it is the real thing.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
from yarl import URL

from tests.reliability.simulated import outside

SILENCE = 600.0
"""Seconds in which nothing is answered."""
NOT_DONE: Sequence[tuple[str, int, Mapping[str, str]]] = (
    ("429", 429, {"Retry-After": "3"}),
    ("412", 412, {}),
    ("502 before", 502, {}),
)


@dataclass(slots=True)
class Request:
    """Whatever a process asked of Teams."""

    by: str
    method: str
    at: float
    is_answered: bool = False
    """It was done, or surely not done, and its sender could know."""
    is_told: bool = False
    """It was done, and its sender could know."""


@dataclass(slots=True)
class Posted:
    """A message that was sent, whether or not it ever arrived."""

    asked: Request
    slot: str
    identifier: str = ""
    """Once it is in the chat."""


@dataclass(slots=True)
class Chat:
    """What everybody sees, and what was asked."""

    chance: random.Random
    faults: Counter[str]
    is_calm: bool = True
    silent_until: float = 0.0
    messages: dict[str, object] = field(default_factory=dict)
    """The card of each message, as it is now."""
    posts: list[Posted] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def strikes(self, fault: str, how_often: float) -> bool:
        """Whether that fault happens now."""
        if self.is_calm or self.chance.random() >= how_often:
            return False
        self.faults[fault] += 1
        return True

    async def answer(self, request: Request, land: Callable[[], object]) -> tuple[int, Mapping[str, str], object]:
        """Status, headers, body; or no answer at all. What was let in lands, whether anybody waits for it or not."""
        await asyncio.sleep(self.chance.uniform(0.02, 0.3))
        await self._silence(land)
        for fault, status, headers in NOT_DONE:
            if self.strikes(fault, 0.03):
                request.is_answered = status != 502
                return status, headers, {"error": {"code": fault}}
        if self.strikes("cut before", 0.02):
            raise aiohttp.ServerDisconnectedError
        landed = land()
        await asyncio.sleep(self.chance.uniform(0.02, 0.3))
        if self.strikes("502 after", 0.02):
            return 502, {}, {}
        if self.strikes("cut after", 0.02):
            raise aiohttp.ServerDisconnectedError
        request.is_answered = request.is_told = True
        return 200, {}, landed

    async def _silence(self, land: Callable[[], object]) -> None:
        """No answer, for ten minutes or this once; what was asked may be done all the same."""
        loop = asyncio.get_running_loop()
        if not self.is_calm and loop.time() < self.silent_until:
            self.faults["silence"] += 1
            if self.chance.random() < 0.3:
                loop.call_later(self.chance.uniform(0.0, 9.0), land)
            await asyncio.sleep(SILENCE)
        if self.strikes("lands late, no answer", 0.05):
            loop.call_later(self.chance.uniform(0.0, 9.0), land)
            await asyncio.sleep(SILENCE)

    def post(self, posted: Posted, card: object) -> object:
        """A new message."""
        posted.identifier = f"a{len(self.messages)}"
        self.messages[posted.identifier] = card
        return {"id": posted.identifier}

    def put(self, identifier: str, card: object) -> object:
        """Another content."""
        assert identifier in self.messages
        self.messages[identifier] = card
        return {}


class Body:
    """The bytes of an answer."""

    def __init__(self, content: object) -> None:
        self._content = content

    async def iter_any(self) -> AsyncIterator[bytes]:
        yield orjson.dumps(self._content)


@dataclass(slots=True)
class Answer:
    """As much of a response as the transport reads."""

    status: int
    headers: Mapping[str, str]
    content: Body
    reason: str = ""


class Session:
    """The HTTP session of one process, which leads to that chat."""

    def __init__(
        self,
        chat: Chat,
        by: str,
        slot_of: Callable[[object], str],
        before: Callable[[], None],
        dies: Callable[[], bool],
    ) -> None:
        self._chat, self._by = chat, by
        self._slot_of, self._before, self._dies = slot_of, before, dies

    @asynccontextmanager
    async def request(
        self, method: str, url: URL, *, data: bytes | None, timeout: aiohttp.ClientTimeout, **_: Any
    ) -> AsyncIterator[Answer]:
        asked = Request(self._by, method, asyncio.get_running_loop().time())
        self._chat.requests.append(asked)
        land = self._landing(asked, url, data)
        if self._dies():
            asyncio.get_running_loop().call_later(self._chat.chance.uniform(0.0, 9.9), land, context=Context())
        async with asyncio.timeout(timeout.total):
            status, headers, body = await outside(self._chat.answer(asked, land))
        yield Answer(status, headers, Body(body))

    def _landing(self, asked: Request, url: URL, data: bytes | None) -> Callable[[], object]:
        """What happens in the chat when it arrives."""
        if data is None:
            return lambda: {"members": []}
        self._before()
        card = orjson.loads(data)["attachments"][0]["content"]
        if asked.method == "PUT":
            return lambda: self._chat.put(url.name, card)
        posted = Posted(asked, self._slot_of(card))
        self._chat.posts.append(posted)
        return lambda: self._chat.post(posted, card)
