"""The command that makes the pictures of the guides still makes all those that the pages show."""

import struct
from pathlib import Path

import pytest

from tests.tools.pictures import DESK, FOLDER, LARGEST, PHONE, make

NAMES = ["board-phone.png", "board.png", "card-vote.png", "room.png"]


def size(path: Path) -> tuple[int, int]:
    """Width and height of a PNG file."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


@pytest.mark.browser
async def test_a_sitting_is_held_and_photographed(tmp_path: Path, chromium: str) -> None:
    made = await make(tmp_path, chromium)
    assert [path.name for path in made] == NAMES
    assert size(tmp_path / "board.png") == size(tmp_path / "room.png") == DESK
    assert size(tmp_path / "board-phone.png") == PHONE


def test_the_pictures_of_the_guides_are_there_and_light() -> None:
    for name in NAMES:
        assert 0 < (FOLDER / name).stat().st_size <= LARGEST
