"""Word between processes by NOTIFY: after the commit, coalesced, on a connection of its own.

Inside the transaction of the votes it would hold a lock of the whole server until the disk has answered: four hundred
commits a second at most, whatever the number of clients.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable, Iterator

import asyncpg

from voting.journal.bulletin import MISSED
from voting.journal.sql import postgres_rules as rules

_log = logging.getLogger(__name__)

CHANNEL = "hemicycle"
COALESCE = 0.02
"""Seconds for which word is held back: what follows at once goes with it."""
LONGEST = 7_900
"""Bytes of one notification; PostgreSQL takes 7,999."""
LAST_WORD = 0.5
"""Seconds in which the last word is waited for."""
FIRST_WAIT, LONGEST_WAIT = 0.1, 2.0
# Nothing depends on it: it need not wait for the disk.
SETTINGS = {"application_name": "hemicycle bulletin", "synchronous_commit": "off", "statement_timeout": "4000"}


class PostgresBulletin:
    """Posts and listens from `start` to `close`, and connects again whenever the connection breaks."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._topics: dict[str, None] = {}
        self._posted = asyncio.Event()
        self._told = asyncio.Event()
        self._told.set()
        self._broken = asyncio.Event()
        self._listeners: list[Callable[[str], None]] = []
        self._task: asyncio.Task[None] | None = None

    def post(self, *topics: str) -> None:
        """Tell the others, soon."""
        if self._task is not None and topics:
            self._topics.update(dict.fromkeys(topics))
            self._told.clear()
            self._posted.set()

    def listen(self, heard: Callable[[str], None]) -> None:
        """Hear what others post, and `MISSED` whenever the connection was made anew."""
        self._listeners.append(heard)

    def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="bulletin")

    async def close(self) -> None:
        """Tell what waits to be told, and stop; what could not be told, the others find when they ask."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORD):
                await self._told.wait()
        task, self._task = self._task, None
        self._told.set()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        """Whatever happens, begin again: who stops listening for good would only find out at the next slow question."""
        wait = FIRST_WAIT
        while True:
            try:
                connection = await asyncpg.connect(
                    self._dsn, timeout=rules.CONNECT_SECONDS, command_timeout=4, server_settings=SETTINGS
                )
            except Exception as error:
                _tell_why("no word from other processes", error)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            try:
                await self._serve(connection)
            except Exception as error:
                _tell_why("lost the word of other processes", error)
            finally:
                connection.terminate()

    async def _serve(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        """Until the connection breaks."""
        own = connection.get_server_pid()
        self._broken.clear()

        def heard(_: object, pid: int, channel: str, payload: object) -> None:
            if pid != own:
                for topic in json.loads(str(payload)):
                    self._tell(topic)

        def broken(_: object) -> None:
            self._broken.set()
            self._posted.set()

        connection.add_termination_listener(broken)
        await connection.add_listener(CHANNEL, heard)
        self._tell(MISSED)
        while not self._broken.is_set():
            await self._posted.wait()
            self._posted.clear()
            topics, self._topics = self._topics, {}
            for payload in payloads(topics):
                await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)
            if not self._topics:
                self._told.set()
            await asyncio.sleep(COALESCE)

    def _tell(self, topic: str) -> None:
        for listener in self._listeners:
            try:
                listener(topic)
            except Exception:
                _log.exception("a listener failed")


def _tell_why(what: str, error: Exception) -> None:
    """A dead service in a line; anything else as the bug that it is, in our code or in the driver's."""
    if isinstance(error, rules.FAILURES):
        _log.warning("%s: %s", what, rules.fault_of(error).code)
    else:
        _log.error(what, exc_info=error)


def payloads(topics: "dict[str, None]") -> Iterator[str]:
    """The topics as JSON lists, each of a size that one notification carries."""
    some: list[str] = []
    size = 2
    for topic in topics:
        length = len(json.dumps(topic)) + 2
        if some and size + length > LONGEST:
            yield json.dumps(some)
            some, size = [], 2
        some.append(topic)
        size += length
    if some:
        yield json.dumps(some)
