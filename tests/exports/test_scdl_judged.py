"""The resolutions as open data before frictionless, which portals use; what it leaves out is in ``test_exports``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exports.conftest import SIRET, report, voted
from voting.service.exports import export

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "formats" / "schema-deliberations-2.1.5.json"


@pytest.fixture(name="made")
def _made() -> bytes:
    if not PUBLISHED.exists():
        pytest.skip("the published schema is not on this machine")
    (paper,) = export(voted([report(1), report(2, matter_code="9.4")]), "scdl")
    return paper.content


def judged(folder: Path, content: bytes) -> list[str]:
    """The kinds of fault found in the file as it is handed over.

    In a process of its own: the library moves what Python takes for the longest cell, for everybody in the process.
    """
    (folder / "deliberations.csv").write_bytes(content)
    (folder / "schema.json").write_bytes(PUBLISHED.read_bytes())
    words = ("frictionless", "validate", "deliberations.csv", "--schema", "schema.json", "--json")
    done = subprocess.run((sys.executable, "-m", *words), cwd=folder, capture_output=True, check=False)
    report = json.loads(done.stdout)
    return [error["type"] for task in report["tasks"] for error in task["errors"]]


def test_nothing_is_found_in_ours(tmp_path: Path, made: bytes) -> None:
    assert judged(tmp_path, made) == []


@pytest.mark.parametrize(
    ("sound", "wrong", "fault"),
    [
        (b"DELIB_ID", b"DELIB", "incorrect-label"),
        (SIRET.encode(), b"", "constraint-error"),
        (b"2026-11-20", b"20/11/2026", "type-error"),
    ],
)
def test_the_judge_sees_what_is_wrong(tmp_path: Path, made: bytes, sound: bytes, wrong: bytes, fault: str) -> None:
    assert sound in made
    assert fault in judged(tmp_path, made.replace(sound, wrong))
