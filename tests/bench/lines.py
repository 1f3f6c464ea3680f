"""A client that costs next to nothing: requests made beforehand, one keep-alive connection each, answers timed.

A load generator that parses as it goes would measure itself: on two cores it shares the machine with the bot.
"""

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

END_OF_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when, on the clock of `time.perf_counter`."""

    status: int
    body: bytes
    at: float

    @property
    def json(self) -> dict[str, object]:
        """The object in it."""
        found = json.loads(self.body)
        return found if isinstance(found, dict) else {}


class Lost(Exception):
    """The connection was cut before the answer."""


class Line(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._wanted = -1
        self._answer: asyncio.Future[Answer] | None = None

    @classmethod
    async def open(cls, port: int) -> "Line":
        """A connection to that port of this machine."""
        _, line = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return line

    def send(self, request: bytes) -> "asyncio.Future[Answer]":
        """Send; the answer comes later. `Lost` when it does not."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self._transport.is_closing():
            self._answer.set_exception(Lost())
        else:
            self._transport.write(request)
        return self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Lost())

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._received += data
        if self._wanted < 0:
            self._read_head()
        if 0 <= self._wanted <= len(self._received):
            self._take()

    def _read_head(self) -> None:
        end = self._received.find(END_OF_HEAD)
        if end >= 0:
            head = bytes(self._received[:end]).lower()
            at = head.find(LENGTH)
            length = head[at + len(LENGTH) :].split(b"\r\n", 1)[0] if at >= 0 else b"0"
            self._wanted = end + len(END_OF_HEAD) + int(length)

    def _take(self) -> None:
        now, whole = time.perf_counter(), bytes(self._received[: self._wanted])
        del self._received[: self._wanted]
        self._wanted = -1
        head, _, body = whole.partition(END_OF_HEAD)
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Answer(int(head[9:12]), body, now))


def post(path: str, body: object, *, token: str = "") -> bytes:
    """A whole request."""
    content = json.dumps(body, ensure_ascii=False).encode()
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{authorization}"
        f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def get(path: str) -> bytes:
    """A whole request."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


async def open_lines(port: int, count: int) -> list[Line]:
    """That many connections."""
    return [await Line.open(port) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Burst:
    """All requests sent at the same instant."""

    answers: Sequence[Answer]
    seconds: float
    """Until the last answer."""


async def burst(lines: Sequence[Line], requests: Sequence[bytes]) -> Burst:
    """Send one request on each line, all at once."""
    start = time.perf_counter()
    waiting = [line.send(request) for line, request in zip(lines, requests, strict=True)]
    answers = await asyncio.gather(*waiting)
    return Burst(answers, max(answer.at for answer in answers) - start)


async def spread(
    lines: Sequence[Line], requests: Sequence[bytes], moments: Sequence[float]
) -> tuple[list[Answer], float]:
    """Send each request on its line at its moment, in seconds from now; the answers, and the longest anybody waited."""
    start = time.perf_counter()

    async def send(line: Line, request: bytes, moment: float) -> tuple[Answer, float]:
        await asyncio.sleep(start + moment - time.perf_counter())
        sent = time.perf_counter()
        answer = await line.send(request)
        return answer, answer.at - sent

    sending = (send(*one) for one in zip(lines, requests, moments, strict=True))
    told = await asyncio.gather(*sending)
    return [answer for answer, _ in told], max(waited for _, waited in told)


async def stream(lines: Sequence[Line], requests: Iterable[bytes]) -> list[Answer]:
    """Send these requests, each line taking the next one as soon as it has its answer."""
    source = iter(requests)
    answers: list[Answer] = []

    async def work(line: Line) -> None:
        for request in source:
            answers.append(await line.send(request))

    await asyncio.gather(*(work(line) for line in lines))
    return answers
