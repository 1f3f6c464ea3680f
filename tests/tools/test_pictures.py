"""The command that makes the pictures of the guides makes all those that they show, as they would look now."""

import json
import re
import struct
from pathlib import Path

import pytest

from tests.tools.pictured import NAMES, fingerprint
from tests.tools.pictures import DESK, FOLDER, LARGEST, PHONE, SHOWN, make, show

KEPT = json.loads((FOLDER / SHOWN).read_text("utf-8"))
GUIDES = FOLDER.parent
PAGES = [GUIDES.parent / "README.md", *sorted(GUIDES.rglob("*.md"))]
PICTURE = re.compile(r"!\[[^\]]+\]\((?:[^)\s]*/)?images/([^)/\s]+\.png)\)")


def size(path: Path) -> tuple[int, int]:
    """Width and height of a PNG file."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


@pytest.mark.browser
async def test_a_sitting_is_held_and_photographed(tmp_path: Path, chromium: str) -> None:
    made = await make(tmp_path, chromium)
    assert [path.name for path in made] == NAMES
    assert json.loads((tmp_path / SHOWN).read_text("utf-8")) == KEPT
    assert size(tmp_path / "board.png") == size(tmp_path / "room.png") == DESK
    assert size(tmp_path / "board-phone.png") == PHONE


async def test_no_picture_is_out_of_date() -> None:
    """When a card or a page changes: ``python -m tests.tools.pictures``, look at them, and commit them."""
    shown = await show()
    assert {name for name in NAMES if shown[name] != KEPT.get(name)} == set()


def test_every_picture_of_every_guide_is_made_by_the_command() -> None:
    used = {name for page in PAGES for name in PICTURE.findall(page.read_text("utf-8"))}
    assert sorted(used | {"board-phone.png"}) == NAMES == sorted(KEPT)
    assert sorted(path.name for path in FOLDER.glob("*.png")) == NAMES


def test_hours_and_identifiers_change_no_fingerprint_and_words_do() -> None:
    for one, other in (
        ("à 09:31:02, 0123456789abcdef0123", "à 10:00:00, ffffffffffffffff0000"),
        ("/-aAxac4zKb9UELuKvLb8qm0-/", "/0aAxac4zKb9UELuKvLb8qm0w/"),
        ("le lundi 2 mars 2026, 12 s", "le 21 novembre 2027, 3 min"),
        ("http://127.0.0.1:4100/salle", "http://127.0.0.1:3978/guides"),
        ("aXac4zKb9UELuK+vLb8qm0w/LsJw=", "bYac4zKb9UELuKvLb8qm0wLs/J0w="),
    ):
        assert fingerprint(one) == fingerprint(other), one
    assert fingerprint("Pour") != fingerprint("Contre")
    assert fingerprint("14 voix reçues") != fingerprint("15 voix reçues")


def test_the_pictures_of_the_guides_are_there_and_light() -> None:
    for name in NAMES:
        assert 0 < (FOLDER / name).stat().st_size <= LARGEST
