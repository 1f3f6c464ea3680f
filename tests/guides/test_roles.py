"""The pages for those who sit, preside and keep the record: every word and button on them is the product's."""

import re
from pathlib import Path

import pytest

from bot.commands import vocabulary
from bot.texts import catalogue
from tests.guides.markdown import GUIDES, plain, sections

PAGES = ("member.md", "chair.md", "clerk.md")
CODE = re.compile(r"`([^`\n]+)`")
QUOTED = re.compile(r"« ([^»\n]+?) »")
TEXTS = catalogue("fr")
KEYS = {"/", "Échap", "C", "O", "M", "R", "F", "V", "N", "I", "D", "H", "Alt", "↑", "↓", "P", "A", "E", "1", "4"}
BUTTONS = {
    plain(TEXTS(f"card.button.{name}"))
    for name in (
        *(
            "present",
            "floor",
            "withdraw",
            "point_of_order",
            "for",
            "against",
            "abstention",
            "not_taking_part",
            "change",
        ),
        *(
            "revoke",
            "accept",
            "decline",
            "help",
            "my_votes",
            "need_help",
            "leave",
            "open",
            "next",
            "give",
            "close_list",
        ),
        *("vote", "close", "proclaim", "suspend", "decline_recess", "postpone", "sitting", "undo_floor"),
        *("refresh", "cues", "secretary", "lift", "resume"),
    )
}


@pytest.mark.parametrize("name", PAGES)
def test_every_typed_word_is_heard(name: str) -> None:
    known = vocabulary()
    typed = [word for word in CODE.findall((GUIDES / name).read_text("utf-8")) if word not in KEYS]
    assert typed
    for word in typed:
        if not word.startswith("hemicycle "):
            heard = known.hear(word)
            assert heard is not None, word
            assert not heard.argument, word


@pytest.mark.parametrize("name", PAGES)
def test_every_button_has_its_very_title(name: str) -> None:
    quoted = [plain(title) for title in QUOTED.findall((GUIDES / name).read_text("utf-8"))]
    assert quoted
    assert set(quoted) <= BUTTONS


def test_the_members_page_fits_on_one_sheet() -> None:
    page = (GUIDES / "member.md").read_text("utf-8")
    assert len(page.split()) < 700


ENGLISH = sorted((GUIDES / "en").glob("*.md"))


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.name)
def test_every_english_word_is_heard_and_every_button_has_its_title(page: Path) -> None:
    known, texts, text = vocabulary(), catalogue("en"), page.read_text("utf-8")
    for word in CODE.findall(text):
        if not word.startswith("hemicycle "):
            heard = known.hear(word)
            assert heard is not None, word
            assert not heard.argument, word
    titles = {plain(texts.forms(code)[0]) for code in texts.codes if code.startswith("card.button.")}
    assert set(re.findall(r"“([^”]+)”", text)) <= titles


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.name)
def test_an_english_guide_has_the_sections_of_the_french_one(page: Path) -> None:
    french, english = (sections(path.read_text("utf-8")) for path in (GUIDES / page.name, page))
    assert [section.level for section in english] == [section.level for section in french]
