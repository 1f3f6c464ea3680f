"""A member's own card: whose turn it is, what a press will carry, what was recorded."""

from dataclasses import replace

import pytest

from bot.cards import ballot, payloads
from bot.cards.elements import Card
from bot.texts import catalogue
from tests.cards import sitting as s
from tests.cards.checker import faults, pressable, shown
from tests.cards.gallery import LEAF, receipts
from tests.kit.journals import Story
from voting.domain.ids import PersonId
from voting.service.views.member import MemberView, VoiceView

TEXTS = catalogue("fr")


def _draw(view: MemberView, changing: PersonId | None = None) -> Card:
    given = receipts(*(voice.member.id for voice in view.voices if voice.choice is not None))
    return ballot.ballot(s.small().state.facts, view, given, changing, TEXTS)


def _presses(card: Card) -> list[tuple[str, object, object]]:
    return [(b["verb"], b["data"].get("member"), b["data"].get("revision")) for b in pressable(card)]


def _answers(card: Card) -> list[tuple[str, object, object]]:
    return [press for press in _presses(card) if press[2] is not None]


@pytest.fixture
def story() -> Story:
    return s.voting()


def test_own_voice_comes_first_and_names_nobody(story: Story) -> None:
    card = _draw(s.member(story, "m001"))
    assert _answers(card) == [(c, None, 0) for c in ("for", "against", "abstention", "not_taking_part")]
    assert {b["data"]["poll"] for b in pressable(card) if b["data"].get("revision") is not None} == {"p1"}


def test_then_the_proxy_while_ones_own_vote_may_be_changed(story: Story) -> None:
    card = _draw(s.member(story, "m004"))
    assert _answers(card) == [(c, "m008", 0) for c in ("for", "against", "abstention", "not_taking_part")]
    assert ("change", None, None) in _presses(card)


def test_changing_gives_the_four_answers_again_with_the_next_revision(story: Story) -> None:
    s.cast(story, s.HOLDER, s.GRANTOR, s.AGAINST)
    view = s.member(story, "m004")
    assert {press[1:] for press in _answers(_draw(view, s.HOLDER))} == {(None, 1)}
    assert {press[1:] for press in _answers(_draw(view, s.GRANTOR))} == {("m008", 1)}
    assert "ballot" in {press[0] for press in _presses(_draw(view, s.GRANTOR))}


def test_changing_a_voice_that_is_not_ones_own_offers_nothing(story: Story) -> None:
    assert _answers(_draw(s.member(story, "m004"), PersonId("m001"))) == []


def test_the_receipt_says_poll_answer_line_time_and_hash(story: Story) -> None:
    text = shown(_draw(s.member(story, "m004")))
    for part in ("scrutin n°\u00a01", "Pour", "09:41:47", "ligne 41", LEAF):
        assert part in text


def test_a_spoken_vote_says_so(story: Story) -> None:
    assert "Donné à l’oral" in shown(_draw(s.member(story, "m007")))


def _with_two_proxies(story: Story, *, given: int) -> MemberView:
    """As under the law of 2020: two proxies in one hand, the first of those voices heard."""
    view = s.member(story, "m004")
    own, proxy = view.voices
    other: VoiceView = replace(proxy, member=s.member(story, "m005").person)
    heard = [replace(v, choice=s.FOR, at=own.at, next_revision=1) for v in (own, proxy, other)]
    silent = [replace(v, choice=None, at=None, next_revision=0) for v in (own, proxy, other)]
    return replace(view, voices=(*heard[:given], *silent[given:]))


@pytest.mark.parametrize(("given", "first"), [(0, None), (1, "m008"), (2, "m005")])
def test_with_two_proxies_each_has_its_turn_within_six_buttons(story: Story, given: int, first: str | None) -> None:
    card = _draw(_with_two_proxies(story, given=given))
    assert {press[1] for press in _answers(card)} == {first}
    assert faults(card) == []


def test_with_all_three_voices_given_each_may_be_changed(story: Story) -> None:
    card = _draw(_with_two_proxies(story, given=3))
    assert [press for press in _presses(card) if press[0] == "change"] == [
        ("change", None, None),
        ("change", "m008", None),
        ("change", "m005", None),
    ]


def test_two_of_the_same_name_are_told_apart_by_their_first_names(story: Story) -> None:
    titles = [b["title"] for b in pressable(_draw(_with_two_proxies(story, given=2)))]
    assert "Pour (pouvoir de Claire Durand)" in titles
    assert "Modifier mon vote (pouvoir de Marsandier)" in titles


@pytest.mark.parametrize(
    ("person", "why"), [("m006", "déport"), ("m009", "Dites que vous êtes là"), ("c1", "Vous n’avez pas de voix")]
)
def test_who_has_no_voice_is_told_why(story: Story, person: str, why: str) -> None:
    card = _draw(s.member(story, person))
    assert why in shown(card)
    assert _answers(card) == []


def test_a_closed_poll_takes_no_press() -> None:
    card = _draw(s.member(s.counted(), "m004"))
    assert {press[0] for press in _presses(card)} == {"need_help"}


def test_no_card_shows_the_voice_of_another(story: Story) -> None:
    text = shown(_draw(s.member(story, "m001")))
    assert "Contre" not in text.replace("Contre\n", "", 1)


def test_every_payload_is_read_back(story: Story) -> None:
    for button in pressable(_draw(s.member(story, "m004"))):
        again = payloads.read(button["data"])
        assert payloads.write(**again.model_dump()) == button["data"]
