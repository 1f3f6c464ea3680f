"""Forms that ask why: strike a poll, put an item off. The reason is kept in the minutes."""

from bot.cards.about import About
from bot.cards.buttons import execute
from bot.cards.elements import Card, Element, actions, card, heading, line, text_input
from bot.cards.lines import item_lines, poll_lines
from bot.texts import Catalogue
from voting.service.views.parts import ItemView, PollView


def confirm_annul(about: About, poll: PollView, texts: Catalogue) -> Card:
    """Strike a poll, with its reason."""
    act = execute("annul", texts("card.form.annul.button"), sitting=about.sitting, poll=poll.id)
    return _reason(
        "annul", about, texts("card.form.annul.title", number=poll.number), poll_lines(poll, texts), act, texts
    )


def postpone(about: About, item: ItemView, texts: Catalogue) -> Card:
    """Put the item under discussion off to another sitting, with the reason."""
    act = execute("postpone", texts("card.form.postpone.button"), sitting=about.sitting, item=item.id)
    return _reason("postpone", about, texts("card.form.postpone.title"), item_lines(item, texts), act, texts)


def _reason(verb: str, about: About, title: str, what: list[Element], act: Element, texts: Catalogue) -> Card:
    body = [
        heading(title),
        *what,
        line(texts(f"card.form.{verb}.effect")),
        text_input("text", texts(f"card.form.{verb}.label"), texts("card.form.missing")),
        actions(act, execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting)),
    ]
    return card(body, spoken=title, texts=texts)
