"""Those who run the sitting: the next step as a button, the chair's words, who is awaited."""

import pytest

from bot.cards import console, cue_sheet, home, item, lists
from bot.cards.elements import Card
from bot.texts import catalogue
from tests.cards import sitting as s
from tests.cards.checker import pressable, shown
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.service.views.console import Step

TEXTS = catalogue("fr")


def _first(story: Story, *, leads: bool = False) -> tuple[str, dict[str, object]]:
    button = pressable(console.console(s.console(story), leads, TEXTS))[0]
    return button["verb"], {key: value for key, value in button["data"].items() if key != "sitting"}


def test_every_step_has_its_button() -> None:
    assert set(console.PRIMARY) == set(Step)


@pytest.mark.parametrize(
    ("story", "first"),
    [
        (s.small, ("roll_call", {})),
        (s.calling, ("sitting", {})),
        (s.opened, ("next", {"item": "i002"})),
        (s.debating, ("give", {"request": "f4"})),
        (s.voting, ("close", {"poll": "p1"})),
    ],
)
def test_the_next_step_comes_first(story: object, first: object) -> None:
    assert callable(story)
    assert _first(story()) == first


def test_after_the_last_item_the_sitting_is_closed() -> None:
    story = s.opened()
    for _ in range(3):
        story.call()
        story.decide_item()
    story.call()
    assert _first(story) == ("lift", {})
    assert "La séance est levée" in _said(story)


def test_the_chair_alone_is_offered_the_proclamation() -> None:
    story = s.counted()
    assert _first(story, leads=True) == ("proclaim", {"poll": "p1"})
    assert "proclaim" not in {b["verb"] for b in pressable(console.console(s.console(story), False, TEXTS))}


def test_the_clerk_sees_who_has_not_voted() -> None:
    text = shown(console.console(s.console(s.voting()), False, TEXTS))
    assert "5 voix manquent" in text
    assert "Mme Maïwenn Tréguilly, M. Bastien Courvoisel" in text


def _said(story: Story) -> str:
    return shown(cue_sheet.cue_sheet(s.console(story), TEXTS))


def test_the_chair_reads_the_result_word_for_word() -> None:
    assert (
        "Je proclame le résultat du scrutin n°\u00a01. 3 pour, 2 contre, 1 abstention, 1 sans réponse\u00a0: "
        "5 suffrages exprimés, majorité 3, adopté."
    ) in _said(s.counted())


def test_the_chair_is_told_what_an_adopted_secret_ballot_does() -> None:
    story = s.opened()
    story.call()
    story.do(c.RequestSecretBallot(by=PersonId("m005")))
    story.open_poll(Purpose.SECRET_BALLOT_REQUEST)
    story.vote(rest=s.FOR)
    story.do(c.ClosePoll(by=CLERK))
    assert "ce point est reporté" in _said(story)


def test_the_chair_thanks_the_speaker_before_the_next_one() -> None:
    assert "Merci, Mme Fatoumata Diarrasso. La parole est à M. Bastien Courvoisel, pour un rappel" in _said(
        s.debating()
    )


def _verbs(card: Card) -> set[str]:
    return {button["verb"] for button in pressable(card)}


def test_everybody_reads_the_agenda_and_the_staff_calls_from_it() -> None:
    board = s.board(s.opened())
    assert _verbs(lists.agenda(board, None, TEXTS)) == {"home"}
    assert _verbs(lists.agenda_to_call(board, None, TEXTS)) == {"item", "move_item", "sitting"}


def test_a_long_agenda_opens_where_the_sitting_is() -> None:
    story = s.immense(9, 40)
    story.do(c.OpenSitting(by=CLERK))
    story.call("i034")
    card = lists.agenda(s.board(story), None, TEXTS)
    assert "Page 3 sur 3" in shown(card)
    assert _verbs(card) == {"agenda", "home"}


def test_a_closed_list_takes_no_new_speaker() -> None:
    story = s.debating()
    story.do(c.CloseSpeakersList(by=CLERK))
    assert "floor" not in _verbs(item.discussion(s.board(story), TEXTS))


def test_help_tells_what_is_going_on_now() -> None:
    story = s.voting()
    card = home.help_(story.state.facts, s.member(story, "m001"), None, TEXTS)
    assert "Le scrutin n°\u00a01 est ouvert\u00a0: vous n’avez pas encore voté." in shown(card)
    assert "ballot" in _verbs(card)


def test_who_has_all_his_voices_given_is_told_so() -> None:
    story = s.voting()
    s.cast(story, s.HOLDER, s.GRANTOR, s.FOR)
    assert "votre vote est enregistré" in shown(home.home(story.state.facts, s.member(story, "m004"), TEXTS))


def test_the_answer_to_a_proxy_names_its_giver() -> None:
    card = home.home(s.small().state.facts, s.member(s.calling(), "m004"), TEXTS)
    assert {b["data"].get("person") for b in pressable(card) if b["verb"] in ("accept", "decline")} == {"m008"}
