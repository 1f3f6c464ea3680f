"""Every card, from the smallest sitting to the worst, is what Teams and its readers need. Golden files to review."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import bot.texts
from bot.cards.elements import Card
from bot.texts import Catalogue, catalogue
from tests.cards import gallery, immense
from tests.cards.checker import faults, pressable, shown
from tests.cards.variants import variants
from voting.wording.catalogue import LANGUAGES, placeholders, read

GOLDEN = Path(__file__).parents[1] / "golden" / "cards"
CARDS = {language: gallery.golden(catalogue(language)) for language in LANGUAGES}
WORST = {language: immense.extreme(catalogue(language)) for language in LANGUAGES}
NAMES = sorted(CARDS["fr"])
TITLES = {
    "Je suis présent(e)",
    "Demander la parole",
    "Rappel au règlement",
    "Retirer ma demande",
    "Pour",
    "Contre",
    "Abstention",
    "Ne prend pas part au vote",
    "Modifier mon vote",
    "Ouvrir le vote",
    "Clore le vote",
    "Proclamer le résultat",
    "Donner la parole",
    "Point suivant",
    "Besoin d'aide",
    "Pour (pouvoir de Marsandier)",
    "Contre (pouvoir de Marsandier)",
    "Abstention (pouvoir de Marsandier)",
    "Ne prend pas part au vote (pouvoir de Marsandier)",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_card_is_fit_for_teams(name: str, language: str) -> None:
    assert faults(CARDS[language][name]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(WORST["fr"]))
def test_card_bears_the_worst_assembly(name: str, language: str) -> None:
    assert faults(WORST[language][name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_card_is_as_reviewed(name: str) -> None:
    """``HEMICYCLE_GOLDEN=write`` writes the files again, for a person to read the difference."""
    path = GOLDEN / f"{name}.json"
    drawn = json.dumps(CARDS["fr"][name], ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8")


def test_every_golden_file_is_a_card() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == NAMES


def test_buttons_are_named_as_the_guides_name_them() -> None:
    assert {button["title"] for card in CARDS["fr"].values() for button in pressable(card)} >= TITLES


def test_every_sentence_of_the_cards_is_on_some_card() -> None:
    """Titles of buttons are also asked for by verb, wherever a command is offered."""
    marked = _marked()
    cards = [*gallery.golden(marked).values(), *immense.extreme(marked).values(), *dict(variants(marked)).values()]
    drawn = json.dumps(cards, ensure_ascii=False).replace("_", " ")  # headings and facts lose the underscore
    own = {code for code in marked.codes if code.startswith("card.") and not code.startswith("card.button.")}
    assert sorted(code for code in own if f"⟦{code.replace('_', ' ')}⟧" not in drawn) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_variant_is_without_its_sentence(language: str) -> None:
    wrong = {name: faults(card) for name, card in variants(catalogue(language))}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_sentence_of_a_card_is_left_untranslated() -> None:
    french = {code: forms for code, forms in _forms("fr").items() if code.startswith("card.")}
    english = _forms("en")
    same = {code for code, forms in french.items() if forms == english[code] and re.search(r"[a-zé]{4}", forms[0])}
    assert same <= SAME_IN_BOTH, same - SAME_IN_BOTH


SAME_IN_BOTH = {
    "card.button.abstention",
    "card.button.quorum",
    "card.button.exports",
    "card.figure.quorum",
    "card.quorum.title",
    "card.my_votes.poll",
}


def _forms(language: str) -> Mapping[str, tuple[str, ...]]:
    folder = Path(bot.texts.__file__).parent / language
    return {code: forms for path in folder.glob("*.po") for code, forms in read(path, language)}


def _marked() -> Catalogue:
    """A catalogue whose sentences say their own code."""
    marked = {
        code: tuple(f"⟦{code}⟧" + "".join(f"{{{field}}}" for field in sorted(placeholders(form))) for form in forms)
        for code, forms in _forms("fr").items()
    }
    return Catalogue("fr", marked)


def test_what_people_type_is_shown_as_typed() -> None:
    assert "parolle **forte**" in shown(CARDS["fr"]["unknown"])


def test_nothing_typed_reaches_a_button_but_names() -> None:
    card: Card = WORST["fr"]["ballot"]
    assert {button["title"] for button in pressable(card)} == {"Modifier mon vote", "Besoin d'aide"}
