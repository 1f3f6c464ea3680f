"""A member's own sheet: name, place, proxies, what to write, whom to call. On paper and as a card, the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import SHORT, Card, Element, actions, card, clean, facts, heading, line, link, run
from bot.texts import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is on it, in sentences."""

    name: str
    about: str
    """Office and group."""
    lines: Sequence[str]
    """The seat, or whom a substitute sits for."""
    proxies: Sequence[str]
    typed: Sequence[tuple[str, str]]
    """A word and what it does."""


Links = Sequence[tuple[str, str]]
"""Titles and addresses."""


def own_sheet(about: About, sheet: Sheet, help_: Sequence[str], links: Links, texts: Catalogue) -> Card:
    """For that member alone. ``links``: the same on paper, and everybody's for the staff."""
    body: list[Element] = [
        heading(clean(sheet.name, SHORT), large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="None"),
        *([line(clean(sheet.about, SHORT), spacing="Small")] if sheet.about else []),
        *(line(clean(told), spacing="Small") for told in sheet.lines),
        heading(texts("sheet.proxies")),
        *(line(clean(told), spacing="Small") for told in sheet.proxies),
        heading(texts("sheet.typed")),
        facts(sheet.typed),
        heading(texts("sheet.help")),
        *(line(clean(told), spacing="Small") for told in help_),
        actions(*(link(title, url) for title, url in links), press("need_help", about, texts)),
    ]
    return card(body, spoken=f"{sheet.name}. {' '.join(sheet.lines)}", texts=texts)


def all_sheets(about: About, links: Links, texts: Catalogue) -> Card:
    """For those who have no seat and hand out the sheets of the others."""
    title = texts("sheet.title", title=clean(about.title, SHORT))
    body = [
        heading(title, large=True),
        line(texts("sheet.hand_out")),
        actions(*(link(name, url) for name, url in links)),
    ]
    return card(body, spoken=title, texts=texts)
