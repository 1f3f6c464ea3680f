"""The limits of Teams, as its pages state them.

Answers for: how many calls are let through, exactly, and what is said to the others.
"""

import math
from collections import deque
from collections.abc import Callable
from enum import Enum

Limits = tuple[tuple[int, float], ...]

APPLICATION: Limits = ((30, 1),)


class Kind(Enum):
    """What is limited together, in one conversation."""

    WRITE = "write"
    """Sends, edits, deletions."""
    CREATE = "create"
    READ = "read"


PER_CONVERSATION: dict[Kind, Limits] = {
    Kind.WRITE: ((7, 1), (8, 2), (60, 30), (1800, 3600)),
    Kind.CREATE: ((7, 1), (8, 2), (60, 30), (1800, 3600)),
    Kind.READ: ((14, 1), (16, 2), (120, 30), (3600, 3600)),
}


class _Window:
    """Calls let through in the last while; those refused do not count."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._longest = max(seconds for _, seconds in limits)
        self._calls: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._calls and self._calls[0] <= now - self._longest:
            self._calls.popleft()
        waits = (self._calls[-count] + seconds - now for count, seconds in self._limits if len(self._calls) >= count)
        return max(waits, default=0.0)

    def count(self, now: float) -> None:
        self._calls.append(now)


class Throttle:
    """One bot's calls, per conversation and altogether."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._application = _Window(APPLICATION)
        self._conversations: dict[tuple[Kind, str], _Window] = {}

    def refuse(self, kind: Kind, conversation_id: str) -> int | None:
        """Seconds to wait, whole as in `Retry-After`, or None: then the call is let through and counted."""
        now = self._clock()
        windows = (
            self._application,
            self._conversations.setdefault((kind, conversation_id), _Window(PER_CONVERSATION[kind])),
        )
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            return max(1, math.ceil(wait))
        for window in windows:
            window.count(now)
        return None
