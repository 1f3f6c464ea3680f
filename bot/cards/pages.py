"""Long lists in pages: a roll of 720 names does not fit a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.cards.about import About
from bot.cards.buttons import execute
from bot.cards.elements import Element, actions, line, run
from bot.texts import Catalogue

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Thing]):
    """Some of many things."""

    things: Sequence[Thing]
    number: int
    """From 1."""
    total: int

    @property
    def is_alone(self) -> bool:
        """Everything is on it."""
        return self.total == 1


def page(things: Sequence[Thing], number: int | None, size: int) -> Page[Thing]:
    """The page of that number, or the nearest one that exists; the first by default."""
    total = max(1, -(-len(things) // size))
    shown = min(max(1, number or 1), total)
    return Page(things=things[(shown - 1) * size : shown * size], number=shown, total=total)


def turning(verb: str, about: About, shown: Page[Thing], texts: Catalogue) -> list[Element]:
    """Which page this is and the buttons to the pages beside it; nothing when there is one page."""
    if shown.is_alone:
        return []
    number, total = shown.number, shown.total
    buttons = [
        execute(verb, texts(code), skips_form=True, sitting=about.sitting, page=to)
        for code, to in (("card.page.previous", number - 1), ("card.page.next", number + 1))
        if 1 <= to <= total
    ]
    return [line(run(texts("card.page", number=number, total=total), subtle=True)), actions(*buttons)]
