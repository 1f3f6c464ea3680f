"""The pieces: what is shown of hostile text, how big a card is, how long lists are cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import pages
from bot.cards.elements import bar, clean, harmless, heading, line, run, sentence, size

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@given(st.text(max_size=300), st.integers(min_value=1, max_value=300))
def test_clean_text_is_one_visible_line_of_that_length(text: str, limit: int) -> None:
    shown = clean(text, limit)
    assert len(shown) <= limit
    assert not INVISIBLE.search(shown)
    assert clean(shown, limit) == shown


@given(st.text(alphabet=st.sampled_from("*_`~[]()<>#-+.1 a\\:/w\n\u202e"), max_size=60))
def test_harmless_text_has_no_sign_of_markdown(text: str) -> None:
    shown = harmless(text)
    assert not re.search(r"[*`\\\[\]<>_~]|://", shown)
    assert not re.match(r"[#+>-]|\d+[.)]\s", shown)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[ici](https://evil.example)", "(ici)(https evil.example)"),
        ("<at>Mme Untel</at>", "\u2039at\u203aMme Untel\u2039/at\u203a"),
        ("# 1. Titre\nsuite", "Titre suite"),
        ("Voir WWW.evil.example", "Voir evil.example"),
        ("Commission permanente (CPR) du 20 novembre", "Commission permanente (CPR) du 20 novembre"),
        ("Rénovation du lycée Rosa-Delvigne\u00a0: plan", "Rénovation du lycée Rosa-Delvigne\u00a0: plan"),
    ],
)
def test_headings_lose_the_signs_and_keep_the_words(typed: str, shown: str) -> None:
    assert heading(typed)["text"] == shown


def test_a_run_keeps_the_spaces_around_it_and_what_was_typed() -> None:
    assert run(" **gras**\u202e ")["text"] == " **gras** "
    assert line("a", run("b", bold=True))["inlines"] == [
        {"type": "TextRun", "text": "a"},
        {"type": "TextRun", "text": "b", "weight": "Bolder"},
    ]


@pytest.mark.parametrize(("part", "whole", "length"), [(0, 10, 0), (10, 10, 10), (1, 720, 1), (5, 10, 5), (3, 0, 0)])
def test_a_bar_is_proportional_and_never_lost(part: int, whole: int, length: int) -> None:
    assert bar(part, whole) == "█" * length


def test_size_is_counted_as_teams_does() -> None:
    assert size({"é": "😀"}) == 2 * len('{"é":""}') + 4


def test_a_sentence_has_a_capital_and_a_full_stop() -> None:
    assert (sentence("à l’unanimité"), sentence("3 pour")) == ("À l’unanimité.", "3 pour.")


@pytest.mark.parametrize(
    ("number", "shown"), [(None, (1, [0, 1])), (2, (2, [2, 3])), (3, (3, [4])), (99, (3, [4])), (0, (1, [0, 1]))]
)
def test_a_page_that_does_not_exist_is_the_nearest_one(number: int | None, shown: tuple[int, list[int]]) -> None:
    found = pages.page(range(5), number, 2)
    assert (found.number, list(found.things)) == shown
    assert found.total == 3


def test_no_thing_makes_one_empty_page() -> None:
    assert pages.page([], 4, 10).is_alone
