"""``/healthz`` (the process lives), ``/readyz`` (it can record), ``/metrics`` (Prometheus). No votes, no names."""

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Protocol

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.core import Core
from bot.outbox import Outbox
from bot.silence import Silence
from bot.turn import Reply, Turn, TurnKind
from voting.domain.sitting import Phase
from voting.journal.faults import StoreFault
from voting.service.live import Recorded, Snapshot

UNDER_WAY = (Phase.OPEN, Phase.SUSPENDED)


class Line(Protocol):
    """The line to Teams."""

    @property
    def answers(self) -> Mapping[str, int]:
        """How often each status was given."""
        ...


class _Answers(Collector):
    """What Teams answered, counted where it is heard."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def collect(self) -> Iterator[Metric]:
        found = CounterMetricFamily("hemicycle_teams_answers", "Answers of Teams to our calls", labels=["status"])
        for status in sorted({"429", "none", *self._line.answers}):
            found.add_metric([status], self._line.answers.get(status, 0))
        yield found


class Health:
    """The figures of one process."""

    def __init__(self, core: Core, outbox: Outbox, line: Line, silence: Silence) -> None:
        """A registry of its own: two servers in one process do not mix their figures."""
        self._core = core
        self._registry = CollectorRegistry()
        turns = Counter("hemicycle_turns_total", "Activities handled", ["kind"], registry=self._registry)
        self._turns = {kind: turns.labels(kind.value) for kind in TurnKind}
        self._seconds = Histogram(
            "hemicycle_turn_seconds",
            "Time from an activity to its answer",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=self._registry,
        )
        self._events = Counter("hemicycle_events_total", "Events committed", registry=self._registry)
        self._gauge("hemicycle_writer_queue", "Commands that wait for a commit", lambda: core.writer.depth)
        self._gauge("hemicycle_outbox_queue", "Chats that wait for a card or an edit", lambda: len(outbox.lags()))
        behind = "Seconds for which the chat that has waited longest has not shown the newest state"
        self._gauge("hemicycle_outbox_lag_seconds", behind, lambda: max(outbox.lags(), default=0.0))
        silent = "Seconds for which Teams has not answered any call, once that is no accident"
        self._gauge("hemicycle_teams_silent_seconds", silent, silence.seconds)
        self._gauge("hemicycle_sittings_open", "Sittings under way that this process knows of", self._under_way)
        self._registry.register(_Answers(line))

    def _gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        Gauge(name, meaning, registry=self._registry).set_function(read)

    def _under_way(self) -> float:
        return sum(one.sitting.course.phase in UNDER_WAY for one in self._core.official.writer.held())

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """A writer's listener."""
        self._events.inc(len(recorded))

    def timed(self, on_turn: Callable[[Turn], Awaitable[Reply]]) -> Callable[[Turn], Awaitable[Reply]]:
        """The same handler, counted and timed."""

        async def counted(turn: Turn) -> Reply:
            started = time.perf_counter()
            try:
                return await on_turn(turn)
            finally:
                self._turns[turn.kind].inc()
                self._seconds.observe(time.perf_counter() - started)

        return counted

    def routes(self) -> list[web.RouteDef]:
        """The three addresses."""
        return [
            web.get("/healthz", self._alive),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._metrics),
        ]

    async def _alive(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _ready(self, request: web.Request) -> web.Response:
        try:
            store = await self._core.store.health()
        except StoreFault as fault:
            return web.json_response({"status": fault.code}, status=503)
        body = {
            "status": "ok" if store.can_write else "read_only",
            "store": store.backend,
            "engine": store.engine_version,
            "schema": store.schema,
            "warnings": list(store.warnings),
        }
        return web.json_response(body, status=200 if store.can_write else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
