"""An exchange of writings: what was written, page by page, and the forms that write, open and prolong (R50)."""

from bot.cards.about import About, clock, day, local
from bot.cards.buttons import execute, press
from bot.cards.elements import (
    NAME,
    SHORT,
    Card,
    Element,
    actions,
    card,
    clean,
    heading,
    line,
    long_text,
    moment_inputs,
    run,
)
from bot.cards.lines import item_lines
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.domain.exchange import LONGEST
from voting.service.views.board import BoardView
from voting.service.views.exchange import ExchangeView, MessageView

PER_PAGE = 3
"""Messages of the greatest length that fit on a card."""
LATEST = 3
"""Messages that the card of the item shows, each cut."""


def exchange(board: BoardView, number: int | None, leads: bool, texts: Catalogue) -> Card:
    """All that was written, the last page first; the chair finds there what opens, prolongs and closes it."""
    view, title = board.exchange, texts("card.exchange.title")
    messages = view.messages if view is not None else ()
    shown = page(messages, number or -(-len(messages) // PER_PAGE), PER_PAGE)
    told = state(board, view, texts)
    body = [
        heading(title, large=True),
        *(item_lines(board.item, texts) if board.item is not None else ()),
        line(run(told, bold=True)),
        *(element for one in shown.things for element in _whole(board, one, texts)),
        *turning("exchange", board, shown, texts),
        *(_leading(board, view, texts) if leads and board.item is not None else ()),
        actions(
            *([press("write", board, texts, skips_form=True)] if view is not None and view.is_open else ()),
            press("home", board, texts, skips_form=True),
        ),
    ]
    return card(body, spoken=f"{title}. {told}", texts=texts)


def write(board: BoardView, texts: Catalogue) -> Card:
    """Write to all the others."""
    title = texts("card.exchange.write")
    body = [
        heading(title, large=True),
        *(item_lines(board.item, texts) if board.item is not None else ()),
        line(texts("card.exchange.effect")),
        long_text("text", texts("card.exchange.label"), texts("card.exchange.missing"), most=LONGEST),
        actions(press("write", board, texts), press("exchange", board, texts, skips_form=True)),
    ]
    return card(body, spoken=title, texts=texts)


def latest(board: BoardView, texts: Catalogue) -> list[Element]:
    """On the card of the item: how long one may write, and the last words."""
    view = board.exchange
    told: list[Element] = [heading(texts("card.exchange.title")), line(run(state(board, view, texts), bold=True))]
    if view is None:
        return told
    for one in view.messages[-LATEST:]:
        told.append(_head(board, one, texts))
        told.append(line(clean(one.text, SHORT), spacing="None"))
    return told


def state(about: About, view: ExchangeView | None, texts: Catalogue) -> str:
    """Whether one may write, until when at least, and how much was written."""
    if view is None:
        return texts("card.exchange.none")
    count = texts.plural("card.exchange.count", len(view.messages), n=len(view.messages))
    if not view.is_open:
        return f"{texts('card.exchange.closed')} {count}"
    return f"{texts('card.exchange.open', until=_moment(about, view, texts))} {count}"


def _moment(about: About, view: ExchangeView, texts: Catalogue) -> str:
    until = clock(about, view.until)
    if local(about, view.until).date() == local(about, about.scheduled_for).date():
        return until
    return texts("card.exchange.day", day=day(about, view.until, texts), hour=until)


def _whole(board: BoardView, one: MessageView, texts: Catalogue) -> list[Element]:
    return [_head(board, one, texts), line(clean(one.text, LONGEST), spacing="None")]


def _head(board: BoardView, one: MessageView, texts: Catalogue) -> Element:
    said = texts("card.exchange.wrote", name=clean(one.person.formal, NAME), hour=clock(board, one.at))
    return line(run(said, bold=True), spacing="Small")


def _leading(board: BoardView, view: ExchangeView | None, texts: Catalogue) -> list[Element]:
    is_open = view is not None and view.is_open
    labels = (("day", texts("card.form.new_sitting.day")), ("hour", texts("card.form.new_sitting.hour")))
    title = texts("card.exchange.prolong" if is_open else "card.exchange.begin")
    buttons = [execute("exchange", title, sitting=board.sitting)]
    if is_open:
        buttons.append(press("close_exchange", board, texts, skips_form=True))
    return [
        line(texts("card.exchange.until"), separator=True),
        *moment_inputs(*labels, texts("card.exchange.no_hour")),
        actions(*buttons),
    ]
