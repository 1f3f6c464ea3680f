"""The meeting chat during a poll: who may refresh, what is told before the proclamation, the names after it."""

from dataclasses import replace

import pytest

from bot.cards import poll, result
from bot.cards.elements import LIMIT, Card, size
from bot.texts import catalogue
from tests.cards import sitting as s
from tests.cards.checker import faults, pressable, shown
from tests.cards.gallery import MRIS, NOTE
from tests.kit.journals import large
from voting.domain.tally import Choice

TEXTS = catalogue("fr")


def _refresh(viewers: list[str] | None) -> object:
    story = s.voting()
    return poll.voting(s.board(story), s.poll(story), viewers, TEXTS).get("refresh")


def test_sixty_clients_fetch_their_own_card() -> None:
    refresh = _refresh(MRIS)
    assert isinstance(refresh, dict)
    assert refresh["userIds"] == MRIS
    assert refresh["action"]["verb"] == "ballot"
    assert refresh["action"]["data"] == {"sitting": "3f1c9a52e07b4d68", "poll": "p1"}


def test_beyond_sixty_nobody_is_refreshed_unasked() -> None:
    refresh = _refresh([*MRIS, "29:1more"])
    assert isinstance(refresh, dict)
    assert refresh["userIds"] == []


def test_without_viewers_there_is_no_refresh() -> None:
    assert _refresh(None) is None


def test_the_voting_card_stays_still_while_voices_come_in() -> None:
    story = s.voting()
    before = poll.voting(s.board(story), s.poll(story), MRIS, TEXTS)
    s.cast(story, s.CHAIR, s.CHAIR, s.FOR)
    assert poll.voting(s.board(story), s.poll(story), MRIS, TEXTS) == before


def test_the_presser_votes_for_himself_on_the_common_card() -> None:
    story = s.voting()
    buttons = pressable(poll.voting(s.board(story), s.poll(story), None, TEXTS))[:4]
    assert [b["verb"] for b in buttons] == [choice.value for choice in Choice]
    assert {tuple(b["data"].items()) for b in buttons} == {
        (("sitting", "3f1c9a52e07b4d68"), ("poll", "p1"), ("revision", 0))
    }


def test_live_figures_never_tell_the_answers() -> None:
    story = s.voting()
    before = shown(poll.live(s.board(story), s.poll(story), TEXTS))
    s.cast(story, s.CHAIR, s.CHAIR, s.FOR)
    other = s.voting()
    s.cast(other, s.CHAIR, s.CHAIR, s.AGAINST)
    drawn = [shown(poll.live(s.board(one), s.poll(one), TEXTS)) for one in (story, other)]
    assert drawn[0] == drawn[1] != before


def test_a_result_before_the_proclamation_is_a_fault_of_ours() -> None:
    story = s.counted()
    with pytest.raises(ValueError, match="p1 is not proclaimed"):
        result.result(s.board(story), s.poll(story), s.voices(story), NOTE, TEXTS)


def _region(voters: int) -> Card:
    story = large(voters, 1)
    return result.result(s.board(story), s.poll(story), s.voices(story), NOTE, TEXTS)


def test_every_name_of_a_regional_council_fits() -> None:
    story = large(77, 1)
    card = result.result(s.board(story), s.poll(story), s.voices(story), NOTE, TEXTS)
    assert [v.member.name for v in s.voices(story) if v.member.name not in shown(card)] == []
    assert faults(card) == []


def test_names_are_left_out_rather_than_cut() -> None:
    card = _region(720)
    assert "Les noms sont trop nombreux" in shown(card)
    assert "Dominique 300" not in shown(card)
    assert size(card) < LIMIT


def test_the_checkpoint_is_shown_to_the_letter() -> None:
    text = shown(_region(25))
    assert all(line in text for line in NOTE.splitlines() if line)


def test_a_choice_outside_the_count_has_no_row() -> None:
    story = s.proclaimed()
    own = [replace(v, choice=s.FOR) for v in s.voices(story)]
    text = shown(result.result(s.board(story), s.poll(story), own, "", TEXTS))
    assert "Pour (7)" in text
    assert "Contre (" not in text
