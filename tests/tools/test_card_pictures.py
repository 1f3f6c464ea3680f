"""The command that draws every card for the guides still does, and no picture is missing, old or left over."""

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.tools.card_pictures import PAGE, PICTURES, WIDTH, cards, fingerprints, make, page
from tests.tools.pictures import LARGEST, SHOWN

AGAIN = "a card has changed: run python -m tests.tools.card_pictures, look at what it drew, and commit it"


def test_every_card_has_its_picture_as_it_is_now() -> None:
    drawn = cards()
    assert json.loads((PICTURES / SHOWN).read_text("utf-8")) == fingerprints(drawn), AGAIN
    assert {path.stem for path in PICTURES.glob("*.png")} == set(drawn), AGAIN
    assert all(0 < path.stat().st_size <= LARGEST for path in PICTURES.glob("*.png"))


def test_the_page_shows_them_all() -> None:
    assert " ".join(PAGE.read_text("utf-8").split()) == " ".join(page(cards()).split()), AGAIN


@pytest.mark.browser
async def test_only_what_has_changed_is_drawn(tmp_path: Path, chromium: str) -> None:
    drawn = {name: text for name, text in cards().items() if name in ("welcome", "quorum")}
    (tmp_path / "gone.png").touch()
    assert [path.name for path in await make(tmp_path, chromium, drawn)] == ["quorum.png", "welcome.png"]
    assert not (tmp_path / "gone.png").exists()
    with Image.open(tmp_path / "quorum.png") as picture:
        assert picture.width in range(WIDTH - 40, WIDTH + 1)
        assert len(picture.convert("RGB").getcolors() or []) > 3, "something is drawn"
    changed = {**drawn, "welcome": drawn["quorum"]}
    assert [path.name for path in await make(tmp_path, chromium, changed)] == ["welcome.png"]
    assert (tmp_path / "welcome.png").read_bytes() == (tmp_path / "quorum.png").read_bytes()
