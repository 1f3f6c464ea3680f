"""``/healthz`` (the process lives), ``/readyz`` (it can record), ``/metrics`` (Prometheus). No votes, no names."""

import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.core import Core
from bot.turn import Reply, Turn
from voting.journal.faults import StoreFault
from voting.service.live import Recorded, Snapshot


class Health:
    """The figures of one process."""

    def __init__(self, core: Core) -> None:
        """A registry of its own: two servers in one process do not mix their figures."""
        self._core = core
        self._registry = CollectorRegistry()
        self._turns = Counter("hemicycle_turns_total", "Activities handled", ["kind"], registry=self._registry)
        self._seconds = Histogram(
            "hemicycle_turn_seconds",
            "Time from an activity to its answer",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=self._registry,
        )
        self._events = Counter("hemicycle_events_total", "Events committed", registry=self._registry)
        waiting = Gauge("hemicycle_writer_queue", "Commands that wait for a commit", registry=self._registry)
        waiting.set_function(lambda: core.writer.depth)

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
                self._turns.labels(turn.kind.value).inc()
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
