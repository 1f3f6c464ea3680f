"""The readiness board as a card: how many are ready, who needs a call and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import NAME, SHORT, Card, Element, actions, card, clean, group, heading, line, link, run
from bot.cards.pages import page, turning
from bot.texts import Catalogue

PER_PAGE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """Somebody who is not ready."""

    name: str
    why: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The board in figures."""

    ready: int
    to_call: Sequence[ToCall]
    page_url: str | None
    table_url: str | None
    number: int | None = None
    reminded: int | None = None
    """How many were just reminded."""


def sentence(ready: int, to_call: int, texts: Catalogue) -> str:
    """What one says on the eve: so many ready, so many to call."""
    return f"{texts.plural('readiness.ready', ready, n=ready)}, {texts.plural('readiness.to_call', to_call, n=to_call)}"


def readiness(about: About, shown: Figures, texts: Catalogue) -> Card:
    """The sentence of the eve, then whom to call."""
    title = texts("readiness.title")
    said = sentence(shown.ready, len(shown.to_call), texts)
    body: list[Element] = [heading(title, large=True), line(run(said, bold=True, size="Medium"))]
    if shown.reminded is not None:
        body.append(line(texts.plural("readiness.reminded", shown.reminded, n=shown.reminded), spacing="Small"))
    leaf = page(list(shown.to_call), shown.number, PER_PAGE)
    for one in leaf.things:
        told = [run(clean(one.name, NAME), bold=True), run(f" – {clean(one.why, 2 * SHORT)}")]
        if one.phone:
            told.append(run(f" – {clean(one.phone, NAME)}"))
        body.append(group(line(*told), spacing="Small"))
    body += turning("readiness", about, leaf, texts)
    buttons: list[Element] = []
    if shown.to_call:
        buttons.append(execute("readiness", texts("readiness.remind"), sitting=about.sitting, kind="remind"))
    if shown.page_url is not None:
        buttons.append(link(texts("readiness.page"), shown.page_url))
    if shown.table_url is not None:
        buttons.append(link(texts("readiness.table"), shown.table_url))
    buttons.append(press("help_desk", about, texts))
    body.append(actions(*buttons))
    return card(body, spoken=f"{title}. {said}", texts=texts)
