"""A collector of traces on loopback: takes OTLP over HTTP as a real one does, and shows what it was sent."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from bot.local.server import bind
from tests.kit.waiting import until

Value = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One span, read back."""

    name: str
    id: bytes
    parent: bytes
    trace: bytes
    kind: int
    facts: dict[str, Value]
    has_failed: bool
    seconds: float


@dataclass(slots=True)
class Collector:
    """What came."""

    url: str
    bodies: list[bytes] = field(default_factory=list)

    def requests(self) -> list[ExportTraceServiceRequest]:
        """Decoded."""
        return [ExportTraceServiceRequest.FromString(body) for body in self.bodies]

    def spans(self) -> list[Told]:
        """In the order in which they ended."""
        return [_told(span) for span in self._raw()]

    def named(self, name: str) -> list[Told]:
        """Those of that name."""
        return [span for span in self.spans() if span.name == name]

    def children(self, parent: Told) -> list[Told]:
        """Begun inside that one."""
        return [span for span in self.spans() if span.parent == parent.id]

    async def until(self, happens: Callable[[], object]) -> None:
        """Wait for what is on its way."""
        await until(lambda: bool(happens()))

    def resource(self) -> dict[str, Value]:
        """Of the process that told them."""
        return _facts(self.requests()[0].resource_spans[0].resource.attributes)

    def strings(self) -> set[str]:
        """Every text that was sent, wherever it stands."""
        found: set[str] = set()
        for request in self.requests():
            for of_process in request.resource_spans:
                found |= set(_texts(of_process.resource.attributes)) | {of_process.schema_url}
                for of_scope in of_process.scope_spans:
                    found |= {of_scope.scope.name, of_scope.scope.version, of_scope.schema_url}
                    found |= set(_texts(of_scope.scope.attributes))
        for span in self._raw():
            found |= {span.name, span.trace_state, span.status.message, *_texts(span.attributes)}
            found |= {text for event in span.events for text in (event.name, *_texts(event.attributes))}
            found |= {text for link in span.links for text in (link.trace_state, *_texts(link.attributes))}
        return found - {""}

    def _raw(self) -> list[Span]:
        scopes = [s for r in self.requests() for process in r.resource_spans for s in process.scope_spans]
        return [span for scope in scopes for span in scope.spans]


def _told(span: Span) -> Told:
    return Told(
        name=span.name,
        id=span.span_id,
        parent=span.parent_span_id,
        trace=span.trace_id,
        kind=span.kind,
        facts=_facts(span.attributes),
        has_failed=span.status.code == 2,
        seconds=(span.end_time_unix_nano - span.start_time_unix_nano) / 1e9,
    )


def _facts(attributes: Iterable[KeyValue]) -> dict[str, Value]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value") or "") for one in attributes}


def _texts(attributes: Iterable[KeyValue]) -> Iterator[str]:
    for one in attributes:
        assert one.value.WhichOneof("value") in ("string_value", "int_value"), "figures and words, nothing nested"
        yield from (one.key, one.value.string_value)


@contextlib.asynccontextmanager
async def collector() -> AsyncIterator[Collector]:
    """One that listens."""
    listening = bind("127.0.0.1", 0)
    there = Collector(f"http://127.0.0.1:{listening.getsockname()[1]}")

    async def take(request: web.Request) -> web.Response:
        there.bodies.append(await request.read())
        return web.Response(content_type="application/x-protobuf")

    application = web.Application(client_max_size=2**24)
    application.add_routes([web.post("/v1/traces", take)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield there
    finally:
        await runner.cleanup()
