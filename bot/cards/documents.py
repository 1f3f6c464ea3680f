"""The papers of a sitting as a card: a link for each that can be fetched, and what the others lack."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.elements import SHORT, Card, Element, card, clean, group, heading, line, run
from bot.texts import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What there is."""

    ready: Sequence[tuple[str, str]]
    """Format and address."""
    missing: Sequence[tuple[str, str]]
    """Format and the sentence that says what is missing."""
    is_closed: bool
    """Else more comes."""


def documents(about: About, shelf: Shelf, texts: Catalogue) -> Card:
    """For the staff alone."""
    title = texts("documents.title")
    body: list[Element] = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), bold=True)),
        line(run(texts("documents.for_staff"), subtle=True, size="Small"), spacing="Small"),
    ]
    for name, url in shelf.ready:
        body.append(line(_linked(texts(f"documents.of.{name}"), url), spacing="Small"))
    for name, why in shelf.missing:
        told = run(texts(f"documents.of.{name}"), bold=True), run(f" – {clean(why, 3 * SHORT)}")
        body.append(group(line(*told), spacing="Small"))
    if not shelf.is_closed:
        body.append(line(run(texts("documents.later")), spacing="Small"))
    return card(body, spoken=f"{title}. {about.title}", texts=texts)


def _linked(title: str, url: str) -> Element:
    """Words to press: a card has room for six buttons, and there are more papers than that."""
    return {**run(title, bold=True), "selectAction": {"type": "Action.OpenUrl", "title": title, "url": url}}
