"""The form that takes an item earlier or later than the summons has it."""

from collections.abc import Sequence

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import Card, Element, actions, card, choice_set, clean, heading, line
from bot.cards.lines import item_name
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.views.parts import ItemView

PER_PAGE = 30
"""Items in each of the two lists: more would not fit a card; the words reach them all."""
LAST = "last"
"""Before no item: at the end."""


def order(about: About, items: Sequence[ItemView], number: int | None, texts: Catalogue) -> Card:
    """Which item, before which: its verb comes back with ``item`` and ``before``."""
    title = texts("card.order.title")
    back = press("agenda", about, texts, skips_form=True)
    if len(items) < 2:
        return card([heading(title), line(texts("card.order.nothing")), actions(back)], spoken=title, texts=texts)
    shown = page(items, number, PER_PAGE)
    choices = [(item.id, f"{item_name(item, texts)} · {clean(item.title, 60)}") for item in shown.things]
    places = [(identifier, texts("card.order.before", item=name)) for identifier, name in choices]
    body: list[Element] = [
        heading(title),
        line(texts("card.order.effect")),
        choice_set("item", texts("card.order.item"), texts("card.order.item_missing"), choices),
        choice_set(
            "before",
            texts("card.order.place"),
            texts("card.order.place_missing"),
            [*places, (LAST, texts("card.order.last"))],
        ),
        actions(execute("move_item", texts("card.order.button"), sitting=about.sitting), back),
        *turning("move_item", about, shown, texts),
    ]
    return card(body, spoken=title, texts=texts)
