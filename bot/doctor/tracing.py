"""Whether the traces that these settings ask for can be made. Nothing is said where they ask for none."""

import importlib.util
from urllib.parse import urlsplit

from bot.doctor.findings import Code, Finding, ok, problem

NEEDED = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http.trace_exporter")


def examine(url: str) -> tuple[Finding, ...]:
    """Looks at what is installed; the collector is not asked."""
    if not url:
        return ()
    if not all(map(_is_there, NEEDED)):
        return (problem(Code.TRACES_EXTRA),)
    return (ok(Code.TRACES, host=urlsplit(url).hostname or ""),)


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # nor is what it is in
        return False
