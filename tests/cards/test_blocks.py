"""The cards of a vote on many texts: every number is on them, and Teams can carry them."""

import pytest

from bot.cards.elements import LIMIT, size
from bot.texts import catalogue
from tests.cards.checker import faults, shown
from tests.cards.grouped import grouped


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("items", [2, 12, 13, 60])
def test_a_vote_on_many_texts_fits_into_a_card(items: int, language: str) -> None:
    for name, card in grouped(items, "Approbation d’une convention très longue " * 20, catalogue(language)):
        assert faults(card) == []
        assert size(card) <= LIMIT
        assert "26.11.02" in shown(card), name


def test_the_result_names_the_texts_and_beyond_twelve_says_how_many() -> None:
    def result(items: int) -> str:
        cards = dict(grouped(items, "Texte", catalogue("fr")))
        return shown(cards["grouped_result"]).replace("\u00a0", " ")

    assert "Rapports n° 26.11.01, 26.11.02 et 26.11.03 : 60 pour" in result(3)
    assert "20 textes : 60 pour" in result(20)
