"""Whether Teams answers, as far as the calls of this process and of the others tell.

For the pages, which still work when it does not: they say since when it is silent, and that it is back.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

AFTER = 15.0
"""Seconds without an answer, from one call that failed to another, after which it is said: one lost call is nothing."""
STALE = 180.0
"""Seconds after which a silence of which nothing more is heard is not spoken of any longer."""
BACK = 60.0
"""Seconds for which it is said that Teams answers again."""
TOPIC = "bot/teams/"
"""How the word of it between processes begins; then ``silent`` or ``back``, and the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Teams does not answer, or did not."""

    since: datetime
    until: datetime | None = None
    """None while it lasts."""


class Silence:
    """What this process knows of it. Nothing that is recorded or sent rests on it."""

    def __init__(
        self,
        now: Callable[[], datetime],
        changed: Callable[[], None],
        *,
        after: float = AFTER,
        stale: float = STALE,
        back: float = BACK,
    ) -> None:
        """``changed``: somebody may have to be told."""
        self._now = now
        self._changed = changed
        self._after, self._stale, self._back = after, stale, back
        self._tell: Callable[[str], None] = lambda topic: None
        self._outage: Outage | None = None
        self._first: tuple[float, datetime] | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def outage(self) -> Outage | None:
        """What there is to say now."""
        return self._outage

    def seconds(self) -> float:
        """For how long Teams has not answered; 0 when it does."""
        if self._outage is None or self._outage.until is not None:
            return 0.0
        return (self._now() - self._outage.since).total_seconds()

    def share(self, tell: Callable[[str], None]) -> None:
        """Leave word of it for the other processes."""
        self._tell = tell

    def heard(self, is_answer: bool) -> None:
        """A call of ours was answered, or was not."""
        time = asyncio.get_running_loop().time()
        if is_answer:
            self._first = None
            if self._outage is not None and self._outage.until is None:
                now = self._now()
                self._tell(f"{TOPIC}back/{now.isoformat()}")
                self._end(now)
        elif self._first is None:
            self._first = time, self._now()
        elif time - self._first[0] >= self._after:
            self._tell(f"{TOPIC}silent/{self._first[1].isoformat()}")
            self._begin(self._first[1])

    def told(self, topic: str) -> None:
        """Word of another process."""
        if topic.startswith(TOPIC):
            word, _, hour = topic.removeprefix(TOPIC).partition("/")
            if word == "silent":
                self._begin(datetime.fromisoformat(hour))
            else:
                self._end(datetime.fromisoformat(hour))

    def close(self) -> None:
        """Nothing more is said."""
        if self._timer is not None:
            self._timer.cancel()

    def _begin(self, since: datetime) -> None:
        known = self._outage
        is_new = known is None or known.until is not None
        if is_new:
            self._outage = Outage(since=since)
        self._forget_in(self._stale)
        if is_new:
            self._changed()

    def _end(self, until: datetime) -> None:
        if self._outage is not None and self._outage.until is None:
            self._outage = Outage(since=self._outage.since, until=until)
            self._forget_in(self._back)
            self._changed()

    def _forget_in(self, seconds: float) -> None:
        self.close()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._forget)

    def _forget(self) -> None:
        self._outage = None
        self._changed()
