"""The board of a choice among several and of amendments: every state has its words, every round its figures."""

import pytest

from bot.web import board_json, says
from bot.web.fragments import Renderer
from bot.web.words import words
from tests.kit import choices
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.agenda import ItemState
from voting.service.views.board import BoardView, board_view


def board(story: Story) -> BoardView:
    return board_view(story.state, story.rules)


def html(story: Story, language: str = "fr") -> str:
    rendered = Renderer().render(board(story), language)
    return " ".join(str(piece) for piece in rendered.html.values()).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_round_shows_its_options_and_who_is_chosen() -> None:
    story = choices.opened()
    story.call()
    choices.contest(story, "Offre A", "Offre <B>")
    choices.choose(story, 1, 1, 2)
    assert "Offre A" not in html(story), "nothing before the proclamation"
    story.proclaim()
    shown = html(story)
    assert "Choix arrêté : Offre A" in shown
    assert "<bdi>Offre &lt;B&gt;</bdi>" in shown
    assert says.outcome_mark(board(story).results[0]) == "adopted"
    assert b'"winner":"o1"' in board_json.encode(board(story))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rounds_without_a_winner_and_nominations_are_drawn_too(language: str) -> None:
    story = choices.of_choices()
    assert html(story, language)
    marks = [says.outcome_mark(poll) for poll in board(story).results]
    assert marks == ["adopted", "postponed", "postponed", "adopted"]
    assert says.options(board(story).results[0])[0] == ("Offre A", 5)


def test_a_plain_poll_has_no_options() -> None:
    story = choices.opened()
    story.call()
    story.decide_item()
    assert says.options(board(story).results[0]) == ()
    story.do(c.CloseSitting(by=CLERK))
    assert html(story)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_state_of_an_item_has_its_word(language: str) -> None:
    assert all(words(language).texts(f"board.state.{state.value}") for state in ItemState)
