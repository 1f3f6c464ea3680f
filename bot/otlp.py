"""Sends spans to a collector by OTLP over HTTP: the only place that knows OpenTelemetry, loaded when asked for.

The sampler (``OTEL_TRACES_SAMPLER``), the headers (``OTEL_EXPORTER_OTLP_HEADERS``) and the like are those of the
standard environment. No context of a trace comes in or goes out with a message: Teams is told nothing.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind, StatusCode, get_current_span

from bot.tracing import NOTHING, Fact, Facts, Kind

log = logging.getLogger(__name__)

PATH = "/v1/traces"
PATIENCE = 1.5
"""Seconds that the end of the process may wait for the collector."""
BETWEEN_WARNINGS = 60.0
_KINDS = {Kind.SERVED: SpanKind.SERVER, Kind.ASKED: SpanKind.CLIENT, Kind.WITHIN: SpanKind.INTERNAL}
_INCIDENTS = logging.getLogger("hemicycle.incident")
_LIBRARY = logging.getLogger("opentelemetry")


class Otlp:
    """Spans of one process."""

    def __init__(self, url: str) -> None:
        """Nobody is asked anything yet: a collector that is away is found out by the first batch."""
        own = Resource({"service.name": "hemicycle", "service.version": version("hemicycle")})
        self._provider = TracerProvider(resource=own.merge(OTELResourceDetector().detect()), shutdown_on_exit=False)
        endpoint = url if url.endswith(PATH) else url.rstrip("/") + PATH
        self._provider.add_span_processor(BatchSpanProcessor(_Quiet(OTLPSpanExporter(endpoint=endpoint))))
        self._tracer = self._provider.get_tracer("hemicycle")
        self._incidents = _Incidents(self)
        self._level = _LIBRARY.level
        _INCIDENTS.addHandler(self._incidents)
        _LIBRARY.setLevel(logging.CRITICAL + 1)  # it writes each failure with its text; ``_Quiet`` says it

    @contextmanager
    def span(self, name: str, kind: Kind = Kind.WITHIN, facts: Facts = NOTHING) -> Iterator[None]:
        """See ``Tracing``. Neither the message nor the stack of an exception is kept: they may quote anything."""
        said = {fact.value: value for fact, value in facts.items()}
        with self._tracer.start_as_current_span(
            name, kind=_KINDS[kind], attributes=said, record_exception=False, set_status_on_exception=False
        ):
            try:
                yield
            except Exception as error:
                self.tell({Fact.ERROR: type(error).__name__})
                raise

    def tell(self, facts: Facts) -> None:
        """See ``Tracing``."""
        span = get_current_span()
        for fact, value in facts.items():
            span.set_attribute(fact.value, value)
        if Fact.ERROR in facts:
            span.set_status(StatusCode.ERROR)

    async def close(self) -> None:
        """See ``Tracing``. In a thread that nobody waits for: the library itself waits for half a minute."""
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        def end() -> None:
            self._provider.shutdown()
            with suppress(RuntimeError):  # too late: the loop is gone
                loop.call_soon_threadsafe(done.set)

        _INCIDENTS.removeHandler(self._incidents)
        threading.Thread(target=end, name="traces-end", daemon=True).start()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await done.wait()
            _LIBRARY.setLevel(self._level)


class _Incidents(logging.Handler):
    """The number of an incident is said once, in the technical log: the span in which it is said takes it down."""

    def __init__(self, tracing: Otlp) -> None:
        super().__init__()
        self._tracing = tracing

    def emit(self, record: logging.LogRecord) -> None:
        """See ``logging.Handler``."""
        number, error = getattr(record, "incident", None), record.exc_info
        if isinstance(number, str):
            name = error[0].__name__ if error and error[0] is not None else "incident"
            self._tracing.tell({Fact.INCIDENT: number, Fact.ERROR: name})


class _Quiet(SpanExporter):
    """Says that spans were lost, and no more: once a minute, whatever was wrong with the collector."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._lost, self._silent_until = 0, 0.0

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """See ``SpanExporter``. Runs in the exporter's own thread."""
        try:
            result = self._exporter.export(spans)
        except Exception:
            result = SpanExportResult.FAILURE
        if result is not SpanExportResult.SUCCESS:
            self._lost += len(spans)
            if time.monotonic() >= self._silent_until:
                self._silent_until = time.monotonic() + BETWEEN_WARNINGS
                log.warning("the collector of traces takes nothing: %d spans lost so far", self._lost)
        return result

    def shutdown(self) -> None:
        """See ``SpanExporter``."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30000) -> bool:
        """See ``SpanExporter``."""
        return self._exporter.force_flush(timeout_millis)
