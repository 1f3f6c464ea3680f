"""Traces that nobody asked for, that cannot be made, or whose collector is away."""

import asyncio
import logging
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.cli.say import Stop
from bot.cli.serving_local import _serve as serve_local
from bot.cli.serving_teams import _serve as serve_teams
from bot.local.server import bind
from bot.otlp import PATIENCE, Otlp
from bot.settings import Settings
from bot.traced import handled, served, written
from bot.tracing import OFF, open_tracing
from tests.bot.test_conversation import FIRST, SITTING, polled
from tests.bot.test_serving_teams import settings as of_teams
from tests.bot.test_traced import Answering
from tests.kit.hall import hall, words
from voting.journal.memory import MemoryStore

ROOT = Path(__file__).parents[2]
CALM = """
import asyncio, sys
from tests.bot.test_conversation import FIRST, SITTING, polled
from tests.kit.hall import hall, words
import bot.cli.serving_local, bot.cli.serving_teams

async def vote():
    async with hall(SITTING) as room:
        await polled(room)
        assert "Pour" in words(await room.press(FIRST, "for"))

asyncio.run(vote())
print(sorted(name for name in sys.modules if name.startswith(("opentelemetry", "bot.otlp"))))
"""


def test_nobody_asked_so_opentelemetry_is_not_loaded() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HEMICYCLE_", "OTEL_"))}
    program = [sys.executable, "-c", CALM]
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_nobody_asked_so_everything_is_as_it_was() -> None:
    store, turns = MemoryStore(), Answering()
    assert open_tracing("") is OFF
    assert (written(OFF, store), handled(OFF, turns), served(OFF)) == (store, turns, ())


@pytest.mark.parametrize("module", ["opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http.trace_exporter"])
async def test_asked_for_without_the_extra_it_refuses_to_start(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMICYCLE_LANGUAGE", "fr")
    monkeypatch.delitem(sys.modules, "bot.otlp")
    monkeypatch.setitem(sys.modules, module, None)
    configured = of_teams(tmp_path, otlp_url="http://127.0.0.1:4318")
    for serve in (serve_teams, serve_local):
        with pytest.raises(Stop, match=r"HEMICYCLE_OTLP_URL demande des traces.*«.otel.».*pas installé"):
            await serve(configured, "127.0.0.1", 0)
    assert not (tmp_path / "h.sqlite3").exists(), "before anything is opened"


async def test_another_module_that_is_absent_is_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.otlp", None)
    with pytest.raises(ModuleNotFoundError):
        open_tracing("http://127.0.0.1:4318")


@pytest.mark.parametrize("url", ["127.0.0.1:4318", "grpc://127.0.0.1:4317", "http://"])
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="otlp_url"):
        Settings.model_validate({"otlp_url": url})


@asynccontextmanager
async def deaf() -> AsyncIterator[str]:
    """A collector that takes connections and never answers."""
    with closing(bind("127.0.0.1", 0)) as listening:
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@asynccontextmanager
async def gone() -> AsyncIterator[str]:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize("away", [deaf, gone], ids=["deaf", "gone"])
async def test_a_collector_that_is_away_harms_nothing(
    away: type, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "20")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.2")
    caplog.set_level(logging.INFO)
    async with away() as url:
        tracing = Otlp(url)
        async with hall(SITTING, tracing=tracing) as room:
            await polled(room)
            assert "Pour" in words(await room.press(FIRST, "for"))
            await room.until(lambda: any(r.name == "bot.otlp" for r in caplog.records))
        begun = asyncio.get_running_loop().time()
        await tracing.close()
        assert asyncio.get_running_loop().time() - begun < PATIENCE + 1
    (warning,) = [r for r in caplog.records if r.name.startswith(("bot.otlp", "opentelemetry", "urllib3"))]
    assert "spans lost so far" in warning.getMessage()
    assert warning.exc_info is None


async def test_the_end_does_not_wait_for_a_collector_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.otlp.PATIENCE", 0.05)
    async with deaf() as url:
        tracing = Otlp(url)
        with tracing.span("one"):
            pass
        async with asyncio.timeout(5):  # the library's own patience is of ten seconds
            await tracing.close()


def test_the_command_of_the_guide_installs_the_whole_extra_and_nothing_else() -> None:
    guide = (ROOT / "guides" / "administrator.md").read_text("utf-8")
    (chosen,) = re.findall(r"awk '(.*)' requirements-dev\.lock", guide)
    command = ["awk", chosen, str(ROOT / "requirements-dev.lock")]
    picked = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    names = {line.partition("==")[0] for line in picked.splitlines() if line[:1].isalpha()}
    pinned = {line.partition("==")[0] for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()}
    assert names == needed("opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http") - pinned
    assert picked.count("--hash=") >= len(names)


def needed(*names: str) -> set[str]:
    """These packages and all that they ask for here."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            asked = [Requirement(line) for line in distribution(name).requires or ()]
            waiting += [canonicalize_name(one.name) for one in asked if not one.marker or one.marker.evaluate()]
    return found
