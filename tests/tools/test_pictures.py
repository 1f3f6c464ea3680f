"""The command that makes the pictures of the guides still makes all those that the pages show."""

import json
import struct
from pathlib import Path

import pytest

from tests.tools.pictures import DESK, FOLDER, LARGEST, PHONE, SHOWN, fingerprint, make, show

NAMES = ["board-phone.png", "board.png", "card-vote.png", "console-incidents.png", "console-proxies.png",
         "console.png", "documents.png", "member-phone.png", "readiness.png", "receipts.png", "room.png",
         "sign-in.png", "sittings.png"]  # fmt: skip


def size(path: Path) -> tuple[int, int]:
    """Width and height of a PNG file."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


@pytest.mark.browser
async def test_a_sitting_is_held_and_photographed(tmp_path: Path, chromium: str) -> None:
    made = await make(tmp_path, chromium)
    assert [path.name for path in made] == NAMES
    assert json.loads((tmp_path / SHOWN).read_text("utf-8")) == json.loads((FOLDER / SHOWN).read_text("utf-8"))
    assert size(tmp_path / "board.png") == size(tmp_path / "room.png") == DESK
    assert size(tmp_path / "board-phone.png") == PHONE


async def test_no_picture_is_out_of_date() -> None:
    """When a card or the board changes: ``python -m tests.tools.pictures``, look at them, and commit them."""
    kept = json.loads((FOLDER / SHOWN).read_text("utf-8"))
    assert await show() == kept


def test_hours_and_identifiers_change_no_fingerprint_and_words_do() -> None:
    assert fingerprint("à 09:31:02, 0123456789abcdef0123") == fingerprint("à 10:00:00, ffffffffffffffff0000")
    assert fingerprint("/-aAxac4zKb9UELuKvLb8qm0-/") == fingerprint("/0aAxac4zKb9UELuKvLb8qm0w/")
    assert fingerprint("Pour") != fingerprint("Contre")


def test_the_pictures_of_the_guides_are_there_and_light() -> None:
    for name in NAMES:
        assert 0 < (FOLDER / name).stat().st_size <= LARGEST
