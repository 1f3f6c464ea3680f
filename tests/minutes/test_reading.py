"""The words of the minutes, as a clerk would proof-read them. A change here changes the document: read the diff."""

import os
from pathlib import Path

import pytest

from tests.kit import journals
from voting.domain.tally import Choice
from voting.minutes.blocks import reading
from voting.minutes.document import NotASitting, draw_up
from voting.minutes.sheet import Proof, compose
from voting.wording import catalogue

GOLDEN = Path(__file__).parent / "golden"
PROOF = Proof(origin="hemicycle/3f1c9a52e07b4d68", size=61, root="a root")
SITTINGS = {"standing_committee": journals.small, "tender_committee": journals.tender_committee}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", SITTINGS)
def test_the_minutes_read_as_they_did(name: str, language: str) -> None:
    text = reading(compose(draw_up(SITTINGS[name]().events), catalogue(language), PROOF))
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_a_draft_can_be_drawn_at_any_moment_of_the_sitting() -> None:
    events = journals.small().events
    for length in range(1, len(events) + 1):
        assert reading(compose(draw_up(events[:length]), catalogue("fr"), PROOF, watermark="draft")).startswith(
            "PROJET"
        )


def test_minutes_begin_with_a_convocation() -> None:
    with pytest.raises(NotASitting):
        draw_up(journals.small().events[1:])
    with pytest.raises(NotASitting):
        draw_up([])


def test_the_last_revision_of_a_vote_is_the_one_that_is_printed() -> None:
    story = journals.small()
    record = draw_up(story.events).polls[-1]
    assert len(record.ballots) == len(record.opened.electorate)
    assert sum(len(record.mandates(choice)) for choice in (*Choice, None)) == len(record.opened.electorate)


def test_no_code_and_no_identifier_is_left_in_the_text() -> None:
    text = reading(compose(draw_up(journals.small().events), catalogue("fr"), PROOF))
    for leak in ("None", "m00", "minutes.", "outcome.", "i001", "{", "}"):
        assert leak not in text
