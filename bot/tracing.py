"""Where time goes, told to whoever collects it: the port, and what stands there while nobody asked.

A span has a name of ours and the facts of `Fact`, and nothing else: there is no way to give it a person, an account,
a chat, a sitting or a choice. What makes spans is in ``traced``, what sends them in ``otlp``.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Protocol


class Fact(StrEnum):
    """All that a span may say. Values are figures, or words of the program."""

    METHOD = "http.request.method"
    ROUTE = "http.route"
    """The template, never the address."""
    STATUS = "http.response.status_code"
    ATTEMPTS = "hemicycle.attempts"
    TURN = "hemicycle.turn"
    """The kind of an activity."""
    COMMAND = "hemicycle.command"
    """Whose command it is, or ``vote``; never which one."""
    LINES = "hemicycle.lines"
    """How many lines one commit adds to the journals of all sittings."""
    OUTCOME = "hemicycle.outcome"
    INCIDENT = "hemicycle.incident"
    """The number that the person was told."""
    ERROR = "error.type"
    """A class of ours or of a library, never its message. Whoever says it has failed."""


class Kind(StrEnum):
    """Who waits for whom."""

    SERVED = "served"
    ASKED = "asked"
    WITHIN = "within"


Facts = Mapping[Fact, str | int]
NOTHING: Facts = {}


class Tracing(Protocol):
    """Takes spans. Nothing here ever waits for a collector, or raises because of one."""

    def span(self, name: str, kind: Kind = Kind.WITHIN, facts: Facts = NOTHING) -> AbstractContextManager[None]:
        """What happens inside; what is begun meanwhile belongs to it. An exception is told by its class and goes on."""
        ...

    def tell(self, facts: Facts) -> None:
        """Of the span that one is in; nothing where there is none."""
        ...

    async def close(self) -> None:
        """Send what is left, for two seconds at most."""
        ...


class _Off:
    _span = nullcontext()

    def span(self, name: str, kind: Kind = Kind.WITHIN, facts: Facts = NOTHING) -> AbstractContextManager[None]:
        return self._span

    def tell(self, facts: Facts) -> None:
        """Nobody listens."""

    async def close(self) -> None:
        """Nothing is left."""


OFF: Tracing = _Off()


class TracingMissing(Exception):
    """Traces were asked for and the ``otel`` extra is not installed."""


def open_tracing(url: str) -> Tracing:
    """To the collector at that address; without one, OpenTelemetry is not even loaded. Raises ``TracingMissing``."""
    if not url:
        return OFF
    try:
        from bot.otlp import Otlp
    except ModuleNotFoundError as absent:
        if not str(absent.name).startswith("opentelemetry"):
            raise
        raise TracingMissing from absent
    return Otlp(url)
