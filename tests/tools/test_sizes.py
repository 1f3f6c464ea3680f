"""No file outgrows whoever has to read it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 400
"""Lines; most files have about a hundred and fifty."""


def test_no_file_of_the_program_is_longer_than_one_can_hold() -> None:
    files = [
        path for top in ("bot", "voting") for path in (ROOT / top).rglob("*.py") if "node_modules" not in path.parts
    ]
    assert len(files) > 300
    assert {str(p.relative_to(ROOT)): n for p in files if (n := len(p.read_text("utf-8").splitlines())) > MOST} == {}
