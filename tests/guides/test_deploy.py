"""The container and the unit of the guide: locked down, true to the settings, and what the guide shows."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.package.values import variable
from bot.settings import Settings
from tests.guides.markdown import GUIDES

DEPLOY = GUIDES / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
UNIT = (DEPLOY / "hemicycle.service").read_text("utf-8")
GUIDE = (GUIDES / "administrator.md").read_text("utf-8")


def instructions(stage: int) -> list[tuple[str, str]]:
    """Those of that stage, in order."""
    lines = re.sub(r"\\\n\s*", " ", CONTAINER).splitlines()
    found = [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line and line[0] != "#")]
    starts = [number for number, (word, _) in enumerate(found) if word == "FROM"]
    return found[starts[stage] : starts[stage + 1] if stage + 1 < len(starts) else None]


def test_nobody_in_the_container_is_root_and_it_says_how_it_is() -> None:
    last = instructions(1)
    words = [word for word, _ in last]
    user = words.index("USER")
    assert last[user][1].isdecimal(), "by number: an orchestrator can see that it is not root"
    assert int(last[user][1]) > 0
    assert {"RUN", "COPY", "ADD"}.isdisjoint(words[user:]), "what it runs is not its own to change"
    assert "HEALTHCHECK" in words
    assert "/healthz" in dict(last)["HEALTHCHECK"]
    assert dict(last)["STOPSIGNAL"] == "SIGTERM"


def test_the_guide_builds_an_image_that_can_hold_the_health_check() -> None:
    """Without this word the check is left out of the image, with one line of warning."""
    build = next(line for line in GUIDE.splitlines() if line.startswith("podman build"))
    assert "--format docker" in build
    assert build in CONTAINER


def test_the_container_is_built_from_the_lock_and_from_what_is_there() -> None:
    first = instructions(0)
    assert any("--require-hashes -r requirements.lock" in rest for word, rest in first if word == "RUN")
    sources = [name for word, rest in first if word == "COPY" for name in rest.split()[:-1]]
    assert sources
    assert all((GUIDES.parent / name).exists() for name in sources)


@pytest.mark.parametrize("text", [CONTAINER, UNIT], ids=["container", "unit"])
def test_every_setting_that_is_named_exists(text: str) -> None:
    assert set(re.findall(r"HEMICYCLE_[A-Z_]+", text)) <= {variable(name) for name in Settings.model_fields}


def test_the_guide_shows_the_unit_that_is_there() -> None:
    assert f"```ini\n{UNIT}```" in GUIDE


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd on this machine")
    unit = tmp_path / "hemicycle.service"
    unit.write_text(UNIT.replace("/opt/hemicycle/.venv/bin/hemicycle serve", "/bin/true"), "utf-8")
    said = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    ours = [line for line in said.stderr.splitlines() if "hemicycle.service:" in line]
    assert not ours, said.stderr
