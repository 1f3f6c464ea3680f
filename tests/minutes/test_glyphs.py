"""What people type is printed whatever it is: a sign that the font lacks is shown by its number."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit import journals
from tests.minutes.test_notes import debate
from voting.domain import commands as c
from voting.domain.ids import request_id
from voting.minutes.document import draw_up
from voting.minutes.glyphs import drawn, legible
from voting.minutes.render import render


def test_french_is_left_alone() -> None:
    text = "« L’œuvre de Maëlle » – 25 € à 9 h 30, n° 4 … ÀÉÈÊËÎÏÔÙÛÜÇŒÆ\u00a0\u202f"
    assert legible({"said": [text]}) == {"said": [text]}
    assert legible(7) == 7


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("bravo 🎉", "bravo [U+1F389]"),
        ("漢", "[U+6F22]"),
        ("e\u0301", "é"),
        ("👍🏽\ufe0f", "[U+1F44D][U+1F3FD]"),
        ("a\u3000b\u2028c", "a b c"),
        ("Région : 8 €\n\tÉtat : 3 €", "Région : 8 €\n\tÉtat : 3 €"),
        ("\U0001cf30", "[U+1CF30]"),
    ],
)
def test_a_sign_without_a_drawing_is_shown_by_its_number(typed: str, shown: str) -> None:
    assert legible(typed) == shown


def test_the_font_draws_what_french_needs_and_no_picture() -> None:
    assert {ord(x) for x in "aéœŒ€«»’–…°"} <= drawn()
    assert ord("🎉") not in drawn()
    assert not any(unicodedata.category(chr(code)) == "Cs" for code in drawn())


def test_minutes_with_pictures_in_them_are_printed() -> None:
    story = debate()
    story.do(c.WriteNote(by=journals.CLERK, turn=request_id(2), text="👍🏽 Bravo 🎉 漢字 \u202eenvers \u200b \ufe0f"))
    sealed = journals.sealed(story.events)
    assert render(draw_up(story.events), sealed.journal, sealed.checkpoint).startswith(b"%PDF")


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_text_stops_the_minutes(typed: str) -> None:
    story = debate()
    if not typed.strip():
        return
    story.do(c.WriteNote(by=journals.CLERK, turn=request_id(2), text=f"Dit : {typed}"))
    sealed = journals.sealed(story.events)
    assert render(draw_up(story.events), sealed.journal, sealed.checkpoint).startswith(b"%PDF")
