"""The minutes are made: where they are, and the fingerprint that tells them from any other file."""

from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import SHORT, Card, actions, card, clean, code, heading, line, link, run
from bot.texts import Catalogue
from voting.service.shelf import DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file of minutes."""

    name: str
    """File name or path, as the clerk finds it."""
    url: str | None
    """Where to fetch it, if it can be fetched."""
    fingerprint: str
    """SHA-256 in hexadecimal."""
    is_given: bool = False
    """In one's own chat, Teams also puts the file into one's own store."""


def minutes_ready(about: About, document: Document, texts: Catalogue) -> Card:
    """Where the file is, how to check it, and how the minutes are signed: never here."""
    title = texts("card.minutes.title")
    buttons = [press("exports", about, texts), press("need_help", about, texts)]
    if document.is_given:
        buttons.insert(0, execute("exports", texts("documents.receive.button"), sitting=about.sitting, paper=DRAFT))
    if document.url is not None:
        buttons.insert(0, link(texts("card.minutes.open"), document.url))
    body = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), bold=True)),
        line(run(texts("card.minutes.file"), bold=True), f" {clean(document.name)}"),
        line(run(texts("card.minutes.fingerprint"), bold=True)),
        code(document.fingerprint),
        line(run(texts("card.minutes.check"), subtle=True, size="Small"), spacing="Small"),
        line(run(texts("card.minutes.sign"), subtle=True, size="Small"), spacing="Small"),
        actions(*buttons),
    ]
    return card(body, spoken=f"{title}. {about.title}", texts=texts)
