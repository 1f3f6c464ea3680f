"""Traces while a process serves, where the installation asks for them."""

import contextlib
from collections.abc import AsyncIterator

from bot.cli.say import Stop, texts
from bot.tracing import Tracing, TracingMissing, open_tracing


@contextlib.asynccontextmanager
async def traces_to(url: str) -> AsyncIterator[Tracing]:
    """To that collector until the end; refuses to start where they are asked for and cannot be made."""
    try:
        tracing = open_tracing(url)
    except TracingMissing as absent:
        raise Stop(texts()("cli.tracing_missing")) from absent
    try:
        yield tracing
    finally:
        await tracing.close()
