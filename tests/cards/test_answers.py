"""Short answers and forms: always a way forward."""

from dataclasses import replace

import pytest

from bot.cards import cue_sheet, minutes, notice, people
from bot.texts import catalogue
from tests.cards import sitting as s
from tests.cards.checker import faults, pressable, shown, walk
from tests.cards.gallery import BOARD, LEAF
from voting.service.views.parts import person_view

TEXTS = catalogue("fr")
ABOUT = s.small().state.facts


def test_a_notice_always_offers_help() -> None:
    card = notice.notice(None, "Refusé.", "", None, [], TEXTS)
    assert [button["title"] for button in pressable(card)] == ["Besoin d'aide"]
    assert faults(card) == []


def test_a_notice_that_offers_help_already_offers_it_once() -> None:
    card = notice.notice(ABOUT, "Refusé.", "Attendez.", None, ["need_help", "present"], TEXTS)
    assert [button["verb"] for button in pressable(card)] == ["need_help", "present"]


def test_an_empty_word_is_not_quoted() -> None:
    card = notice.unknown(ABOUT, " \n", [], TEXTS)
    assert "Vous avez écrit" not in shown(card)
    assert [button["verb"] for button in pressable(card)] == ["help"]


def test_a_choice_of_persons_goes_back_under_its_own_name() -> None:
    persons = [person_view(m) for m in ABOUT.members if m.votes]
    card = people.choose(ABOUT, "proxy", persons, None, TEXTS)
    fields = [node for node in walk(card["body"]) if node["type"] == "Input.ChoiceSet"]
    assert [(field["id"], len(field["choices"])) for field in fields] == [("person", 9)]


def test_turning_a_page_does_not_ask_for_a_name_first() -> None:
    persons = [person_view(m) for m in s.immense(130, 1).state.facts.members if m.votes]
    card = people.choose(ABOUT, "proxy", persons, 2, TEXTS)
    turning = [button for button in pressable(card) if "page" in button["data"]]
    assert [button["data"]["page"] for button in turning] == [1, 3]
    assert {button["associatedInputs"] for button in turning} == {"none"}
    assert {button["fallback"]["associatedInputs"] for button in turning} == {"none"}


def test_minutes_without_an_address_are_named_only() -> None:
    document = minutes.Document(name="/srv/pv.pdf", url=None, fingerprint=LEAF)
    card = minutes.minutes_ready(ABOUT, document, TEXTS)
    assert "/srv/pv.pdf" in shown(card)
    assert {button["type"] for button in pressable(card)} == {"Action.Execute"}
    assert BOARD not in shown(card)


def test_the_chair_is_never_given_words_without_a_count() -> None:
    view = replace(s.console(s.counted()), coming_decision=None)
    with pytest.raises(ValueError, match="nothing to proclaim"):
        cue_sheet.cue_sheet(view, TEXTS)
