"""Agenda, roll and quorum, as lists that fit a card page by page."""

from collections.abc import Sequence

from bot.cards.buttons import execute, press
from bot.cards.course import presence_figures
from bot.cards.elements import (
    NAME,
    SHORT,
    Card,
    Element,
    actions,
    card,
    choice_set,
    clean,
    facts,
    heading,
    line,
    run,
)
from bot.cards.item import state_word
from bot.cards.lines import item_name, people_lines, quorum_text
from bot.cards.pages import Page, page, turning
from bot.texts import Catalogue
from voting.domain.agenda import ItemState
from voting.domain.sitting import Phase
from voting.service.views.board import BoardView, SeatView
from voting.service.views.parts import ItemView

ITEMS_PER_PAGE = 15
SEATS_PER_PAGE = 25
CALLABLE = (ItemState.PENDING, ItemState.CLOSED)
"""States from which an item can be called."""


def agenda(board: BoardView, number: int | None, texts: Catalogue) -> Card:
    """The items and what became of each, by default on the page of the one under discussion."""
    return _agenda(board, _shown(board, number), [], ("home",), texts)


def agenda_to_call(board: BoardView, number: int | None, texts: Catalogue) -> Card:
    """The same for those who run the sitting: any item of the page may be called, the normal course needs only next."""
    shown = _shown(board, number)
    ways = ("sitting",) if board.phase is Phase.CLOSED else ("move_item", "sitting")
    return _agenda(board, shown, _call_another(board, shown.things, texts), ways, texts)


def _shown(board: BoardView, number: int | None) -> Page[ItemView]:
    here = next((n for n, item in enumerate(board.items, start=1) if item == board.item), 1)
    return page(board.items, number or -(-here // ITEMS_PER_PAGE), ITEMS_PER_PAGE)


def _agenda(
    board: BoardView, shown: Page[ItemView], form: list[Element], ways: Sequence[str], texts: Catalogue
) -> Card:
    title = texts("card.agenda.title")
    body = [
        heading(title, large=True),
        line(run(clean(board.title, SHORT), subtle=True), spacing="None"),
        *(_item(item, texts) for item in shown.things),
        *turning("agenda", board, shown, texts),
        *form,
        actions(*(press(verb, board, texts, skips_form=True) for verb in ways)),
    ]
    count = texts.plural("card.agenda.count", len(board.items), n=len(board.items))
    return card(body, spoken=f"{title}. {count}", texts=texts)


def members(board: BoardView, number: int | None, texts: Catalogue) -> Card:
    """The seats with a vote and where each member is; those who run the sitting may note who came or left."""
    title = texts("card.members.title", n=len(board.seats))
    shown = page(board.seats, number, SEATS_PER_PAGE)
    body = [
        heading(title, large=True),
        facts(presence_figures(board, texts)),
        *(_seat(seat, texts) for seat in shown.things),
        *turning("members", board, shown, texts),
        *_note(board, shown.things, texts),
        actions(press("sitting", board, texts, skips_form=True)),
    ]
    return card(body, spoken=f"{title}. {quorum_text(board.quorum, texts)}", texts=texts)


def quorum(board: BoardView, texts: Catalogue) -> Card:
    """The quorum in one sentence and in figures, and who is missing."""
    said = quorum_text(board.quorum, texts)
    missing = [seat.person for seat in board.seats if not seat.presence.is_here and seat.represented_by is None]
    body: list[Element] = [heading(texts("card.quorum.title"), large=True), line(run(said, bold=True))]
    if board.advisory is not None:
        reached = "reached" if board.advisory >= board.quorum.required else "missing"
        told = texts(f"card.quorum.advisory.{reached}", n=board.advisory, required=board.quorum.required)
        body.append(line(told, spacing="Small"))
    body += [
        facts(presence_figures(board, texts)),
        *people_lines("card.console.missing", missing, texts),
        actions(press("home", board, texts), press("need_help", board, texts)),
    ]
    return card(body, spoken=said, texts=texts)


def _item(item: ItemView, texts: Catalogue) -> Element:
    current = item.state is ItemState.UNDER_DISCUSSION
    return line(
        run(f"{'▶ ' if current else ''}{item_name(item, texts)} ", bold=True),
        clean(item.title, SHORT),
        run(f" · {state_word(item, texts)}", bold=current, subtle=not current),
        spacing="Small",
    )


def _call_another(board: BoardView, items: Sequence[ItemView], texts: Catalogue) -> list[Element]:
    choices = [(i.id, f"{item_name(i, texts)} · {clean(i.title, 60)}") for i in items if i.state in CALLABLE]
    if board.phase is not Phase.OPEN or not choices:
        return []
    return [
        choice_set("item", texts("card.agenda.another"), texts("card.agenda.another_missing"), choices),
        actions(execute("item", texts("card.button.item"), sitting=board.sitting)),
    ]


def _note(board: BoardView, seats: Sequence[SeatView], texts: Catalogue) -> list[Element]:
    if board.phase is Phase.CLOSED:
        return []
    choices = [(seat.person.id, clean(seat.person.formal, NAME)) for seat in seats]
    buttons = (("present", "card.choose.present.button"), ("absent", "card.choose.absent.button"))
    return [
        choice_set("person", texts("card.members.note"), texts("card.choose.person_missing"), choices),
        actions(*(execute(verb, texts(code), sitting=board.sitting) for verb, code in buttons)),
    ]


def _seat(seat: SeatView, texts: Catalogue) -> Element:
    where = texts(f"card.presence.{seat.presence.value}")
    if seat.represented_by is not None:
        where = texts("card.presence.represented", name=clean(seat.represented_by.formal, NAME))
    return line(run(clean(seat.person.formal, NAME), bold=True), f" · {where}", spacing="Small")
