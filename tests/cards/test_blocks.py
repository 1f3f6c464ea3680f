"""The cards of a vote on many texts: every number is on them, and Teams can carry them."""

from dataclasses import replace

import pytest

from bot.cards import ballot, poll, result
from bot.cards.elements import LIMIT, Card, size
from bot.texts import catalogue
from tests.cards import sitting as s
from tests.cards.checker import faults, shown
from tests.kit import journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.ids import item_id


def cards(items: int, title: str, language: str) -> list[Card]:
    """The voting card, a ballot and the result of one vote on that many texts."""
    agenda = tuple(replace(i, title=title) for i in journals.agenda(items))
    story: Story = journals.convened(journals.roll(60), agenda)
    story.attend(*(f"m{n:03d}" for n in range(1, 61)), "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.FormBlock(by=CLERK, items=tuple(item_id(n) for n in range(1, items + 1))))
    story.call()
    story.open_poll()
    texts = catalogue(language)
    about = s.board(story)
    open_ = [
        poll.voting(about, s.poll(story), None, texts),
        ballot.ballot(about, s.member(story, "m002"), {}, None, texts),
    ]
    story.vote()
    story.proclaim()
    return [*open_, result.result(s.board(story), s.poll(story), s.voices(story), "", texts)]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("items", [2, 12, 13, 60])
def test_a_vote_on_many_texts_fits_into_a_card(items: int, language: str) -> None:
    for card in cards(items, "Approbation d’une convention très longue " * 20, language):
        assert faults(card) == []
        assert size(card) <= LIMIT
        assert "26.11.02" in " ".join(shown(card))


def test_the_result_names_the_texts_and_beyond_twelve_says_how_many() -> None:
    assert "Rapports n° 26.11.01, 26.11.02 et 26.11.03 : 60 pour" in " ".join(shown(cards(3, "Texte", "fr")[-1]))
    assert "20 textes : 60 pour" in " ".join(shown(cards(20, "Texte", "fr")[-1]))
