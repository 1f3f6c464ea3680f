"""The papers of a sitting as a card: a link for each that can be fetched, or a file, and what the others lack."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import execute
from bot.cards.elements import SHORT, Card, Element, actions, card, choice_set, clean, group, heading, line, run
from bot.texts import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What there is."""

    ready: Sequence[tuple[str, str | None]]
    """Format and address; none where this server has none."""
    missing: Sequence[tuple[str, str]]
    """Format and the sentence that says what is missing."""
    is_closed: bool
    """Else more comes."""
    gives_files: bool = False
    """In one's own chat, Teams puts a paper into one's own store."""


def documents(about: About, shelf: Shelf, texts: Catalogue) -> Card:
    """For the staff alone."""
    title = texts("documents.title")
    body: list[Element] = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), bold=True)),
        line(run(texts(_told(shelf)), subtle=True, size="Small"), spacing="Small"),
    ]
    for name, url in shelf.ready:
        title_of = texts(f"documents.of.{name}")
        body.append(line(_linked(title_of, url) if url else run(title_of, bold=True), spacing="Small"))
    for name, why in shelf.missing:
        told = run(texts(f"documents.of.{name}"), bold=True), run(f" – {clean(why, 3 * SHORT)}")
        body.append(group(line(*told), spacing="Small"))
    if not shelf.is_closed:
        body.append(line(run(texts("documents.later")), spacing="Small"))
    if shelf.gives_files and shelf.ready:
        body += _as_files(about, shelf, texts)
    return card(body, spoken=f"{title}. {about.title}", texts=texts)


def _told(shelf: Shelf) -> str:
    """What holds for all of them."""
    return "documents.for_staff" if any(url for _, url in shelf.ready) else "documents.without_links"


def _as_files(about: About, shelf: Shelf, texts: Catalogue) -> list[Element]:
    """Choose one, and have it put into one's own OneDrive."""
    choices = [(name, texts(f"documents.of.{name}")) for name, _ in shelf.ready]
    return [
        choice_set("paper", texts("documents.receive.label"), texts("documents.receive.missing"), choices),
        line(run(texts("documents.receive.how"), subtle=True, size="Small"), spacing="Small"),
        actions(execute("exports", texts("documents.receive.button"), sitting=about.sitting)),
    ]


def _linked(title: str, url: str) -> Element:
    """Words to press: a card has room for six buttons, and there are more papers than that."""
    return {**run(title, bold=True), "selectAction": {"type": "Action.OpenUrl", "title": title, "url": url}}
