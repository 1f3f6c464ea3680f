"""One HTTP call to Teams, with its retries.

Answers for: the only retry layer there is, its deadline, and which error a failure becomes.
Leaves when a call may go out to `pace`, and what it says to `connector`.
"""

import asyncio
import email.utils
import logging
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import aiohttp
import orjson
from yarl import URL

from bot.teams.errors import DeliveryError, Rejected, Unavailable, Uncertain
from bot.teams.streams import TooLong, read_at_most
from bot.teams.token import TokenRefused, TokenSource
from bot.tracing import OFF, Fact, Kind, Tracing

log = logging.getLogger(__name__)

NOT_DONE = frozenset({412, 429})
"""Refused before anything was done: any call may be repeated."""
MAYBE_DONE = frozenset({502, 503, 504})
LARGEST_ANSWER = 8 << 20
SPREAD = random.SystemRandom()

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How long to insist."""

    attempts: int = 5
    deadline: float = 60.0
    """Seconds from the first attempt to the last."""
    first: float = 0.5
    longest: float = 30.0
    timeout: float = 10.0
    """Seconds for one attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that can be made several times, each time with what is then the newest content."""

    method: str
    url: str
    body: Callable[[], Json] | None = None
    idempotent: bool = True
    """Posting a message is not: after a time-out or a 5xx it may be there already."""
    query: Mapping[str, str] | None = None


def open_session(*, through_proxy: bool) -> aiohttp.ClientSession:
    """The process's one session. A bot for this machine alone must not be led outside by a proxy setting."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=through_proxy)


class Transport:
    """Makes calls on one session.

    aiohttp itself repeats an idempotent call, once, on a kept connection that it finds closed; a post, never.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: TokenSource,
        *,
        retry: Retry | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = SPREAD.random,
        wall_clock: Callable[[], float] = time.time,
        tracing: Tracing = OFF,
    ) -> None:
        self._session, self._tokens, self._retry, self._tracing = session, tokens, retry or Retry(), tracing
        self._clock, self._sleep, self._jitter, self._wall_clock = clock, sleep, jitter, wall_clock
        self._timeout = aiohttp.ClientTimeout(total=self._retry.timeout, connect=5)
        self.answers: Counter[str] = Counter()
        """How often Teams gave each status since the start; under ``none``, no answer at all."""
        self.listeners: list[Callable[[bool], None]] = []
        """Told of each attempt whether Teams answered it; an answer that says that it is broken is none."""

    async def request(self, call: Call, permit: Callable[[], Awaitable[None]]) -> object:
        """The JSON of the answer, or one of `errors`. `permit` is awaited before every attempt."""
        with self._tracing.span(f"Teams {call.method}", Kind.ASKED, {Fact.METHOD: call.method}):
            return await self._insist(call, permit)

    async def _insist(self, call: Call, permit: Callable[[], Awaitable[None]]) -> object:
        started, rejected_token = self._clock(), None
        for attempt in range(1, self._retry.attempts + 1):
            self._tracing.tell({Fact.ATTEMPTS: attempt})
            await permit()
            token = await self._token(rejected_token)
            try:
                return await self._attempt(call, token)
            except Unavailable as failed:
                await self._before_next(failed, attempt, started)
            except Rejected as failed:
                if failed.status != 401 or rejected_token is not None or token is None:
                    raise
                rejected_token = token
        raise Unavailable("attempts exhausted")

    async def _token(self, rejected: str | None) -> str | None:
        try:
            return await self._tokens.token(rejected=rejected)
        except TokenRefused as refused:
            self._heard("none", is_answer=False)
            raise Unavailable(f"no token: {refused.reason}") from refused

    async def _attempt(self, call: Call, token: str | None) -> object:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        data = None
        if call.body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
            data = orjson.dumps(call.body())
        try:
            async with self._session.request(
                call.method,
                URL(call.url, encoded=True),
                params=call.query,
                data=data,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,  # the token would go along
            ) as response:
                content = await read_at_most(response.content, LARGEST_ANSWER)
                self._heard(str(response.status), is_answer=response.status < 500)
                self._tracing.tell({Fact.STATUS: response.status})
                return self._outcome(call, response, content)
        except aiohttp.ClientConnectorError as error:
            # Nothing was sent.
            self._heard("none", is_answer=False)
            raise Unavailable(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, TooLong) as error:
            self._heard("none", is_answer=False)
            raise self._unknown(call, type(error).__name__, None) from error

    def _heard(self, status: str, *, is_answer: bool) -> None:
        self.answers[status] += 1
        for listener in self.listeners:
            listener(is_answer)

    def _outcome(self, call: Call, response: aiohttp.ClientResponse, content: bytes) -> object:
        status = response.status
        if 200 <= status < 300:
            return _json(content)
        code = _error_code(content) or (response.reason or "")
        log.info("%s answered %d %s", call.method, status, code)
        if status in NOT_DONE or (status == 503 and call.idempotent):
            raise Unavailable(code, status, self._retry_after(response.headers.get("Retry-After")))
        if status >= 500:
            raise self._unknown(call, code, status)
        raise Rejected(code, status)

    def _unknown(self, call: Call, code: str, status: int | None) -> DeliveryError:
        return Unavailable(code, status) if call.idempotent else Uncertain(code, status)

    async def _before_next(self, failed: Unavailable, attempt: int, started: float) -> None:
        """Wait, or raise the failure when there is no time or no point."""
        retried = failed.status is None or failed.status in NOT_DONE or failed.status in MAYBE_DONE
        delay = failed.retry_after
        if delay is None:
            delay = self._jitter() * min(self._retry.longest, self._retry.first * 2**attempt)
        late = self._clock() + delay > started + self._retry.deadline
        if not retried or late or attempt == self._retry.attempts:
            raise failed
        await self._sleep(delay)

    def _retry_after(self, header: str | None) -> float | None:
        """Seconds, from a header that may also give a date."""
        if not header:
            return None
        try:
            return max(0.0, float(header))
        except ValueError:
            pass
        try:
            return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - self._wall_clock())
        except ValueError:
            return None


def _json(content: bytes) -> object:
    try:
        return orjson.loads(content) if content else None
    except orjson.JSONDecodeError:
        return None


def _error_code(content: bytes) -> str:
    """The code of Teams' error body: `{"error": {"code", "message"}}`, or the same without the outer object."""
    body = _json(content)
    inner = body.get("error", body) if isinstance(body, dict) else None
    code = inner.get("code") if isinstance(inner, dict) else None
    return code if isinstance(code, str) else ""
