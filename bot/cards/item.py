"""The item under discussion: what it is, who speaks, who waits. Edited as the debate goes."""

from bot.cards.about import About, clock, exact, length
from bot.cards.buttons import press
from bot.cards.elements import (
    NAME,
    SHORT,
    TITLE,
    Card,
    Element,
    actions,
    capital,
    card,
    clean,
    heading,
    line,
    run,
    sentence,
)
from bot.cards.exchange import latest
from bot.cards.lines import item_name, item_place, labelled, wording
from bot.texts import Catalogue
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.speakers import FloorKind
from voting.service.views.board import BoardView, WaitingView
from voting.service.views.parts import ItemView
from voting.service.views.speaking import TimeView, TurnView
from voting.wording.sentences import is_feminine

LISTED = 10
"""Names of the speakers' list shown; the rest is counted."""


def discussion(board: BoardView, texts: Catalogue) -> Card:
    """The item under discussion, or the moment between two items."""
    item = board.item
    if item is None:
        return _between(board, texts)
    body: list[Element] = [
        heading(item_name(item, texts), large=True),
        line(run(capital(item_place(item, texts)), subtle=True), spacing="None"),
        line(run(clean(item.title, TITLE), bold=True)),
        *_papers(item, texts),
        *(latest(board, texts) if board.is_in_writing else _floor(board, texts)),
        *_buttons(board, item, texts),
    ]
    return card(body, spoken=f"{item_name(item, texts)}. {clean(item.title, 300)}", texts=texts)


def _floor(board: BoardView, texts: Catalogue) -> list[Element]:
    return [heading(texts("card.floor.title")), *floor_lines(board, texts)]


def settled(about: About, item: ItemView, texts: Catalogue) -> Card:
    """An item that is over: what became of it, and no button."""
    state = sentence(state_word(item, texts))
    name = item_name(item, texts)
    body = [
        heading(name),
        line(run(clean(item.title, SHORT), bold=True), spacing="Small"),
        line(state, spacing="Small"),
        line(run(clean(about.title, SHORT), subtle=True, size="Small"), spacing="Small"),
    ]
    return card(body, spoken=f"{name}. {state}", texts=texts)


def state_word(item: ItemView, texts: Catalogue) -> str:
    """What became of an item, in one word that agrees with its kind."""
    if item.state not in (ItemState.ADOPTED, ItemState.REJECTED):
        return texts(f"card.item.state.{item.state.value}")
    gender = "f" if is_feminine(wording(texts), item.kind) else "m"
    return wording(texts)(f"outcome.{item.state.value}.{gender}")


def floor_lines(board: BoardView, texts: Catalogue) -> list[Element]:
    """Who speaks, who waits, and whether the list is closed."""
    lines = [*_speaker(board, texts), *_waiting(board.waiting, texts)]
    if board.list_closed:
        closed = "card.floor.debate_closed" if board.debate_closed else "card.floor.closed"
        lines.append(line(run(texts(closed), bold=True), spacing="Small"))
    return lines


def _between(board: BoardView, texts: Catalogue) -> Card:
    done = sum(1 for item in board.items if item.state is not ItemState.PENDING)
    title = texts("card.item.none")
    body = [
        heading(title, large=True),
        line(texts("card.item.progress", done=done, total=len(board.items))),
        actions(press("point_of_order", board, texts), press("need_help", board, texts)),
    ]
    return card(body, spoken=title, texts=texts)


def _papers(item: ItemView, texts: Catalogue) -> list[Element]:
    opinion = texts("card.item.opinion")
    papers = (("card.item.rapporteur", item.rapporteur), ("card.item.commission", item.commission))
    lines = [labelled(texts(code), value, limit=300) for code, value in papers if value]
    if item.opinion.casefold().startswith(opinion.casefold().split()[0]):  # typed with its own label
        lines.append(line(clean(item.opinion, 300), spacing="Small"))
    elif item.opinion:
        lines.append(labelled(opinion, item.opinion, limit=300))
    return lines


def _speaker(board: BoardView, texts: Catalogue) -> list[Element]:
    turn = board.turn
    if turn is None:
        return [line(texts("card.floor.nobody"))]
    said = texts(
        f"card.floor.speaks.{turn.kind.value}",
        since=clock(board, turn.since),
        length=length(turn.budget_seconds, texts),
    )
    lines = [line(run(clean(turn.person.formal, NAME), bold=True), " ", said)]
    told = [clock_line(board, turn, texts)]
    if turn.time is not None:
        told.append(_drawn(turn.time, texts))
    return lines + [line(text, spacing="None") for text in told]


def clock_line(about: About, turn: TurnView, texts: Catalogue) -> str:
    """When the time is up; a card cannot count, so it names the hour."""
    if turn.paused_at is not None:
        used = int((turn.paused_at - turn.counted_from).total_seconds())
        whole = length(turn.budget_seconds, texts)
        return texts("card.floor.paused", used=length(used, texts), length=whole)
    return texts("card.floor.until", time=exact(about, turn.ends_at or turn.counted_from))


def _drawn(time: TimeView, texts: Catalogue) -> str:
    """What this person's group, or he himself, had used of its time."""
    whose = "group" if time.group else "alone"
    name = clean(time.group, NAME)
    if time.used_seconds >= time.allotted_seconds:
        return texts(f"card.floor.{whose}_over", group=name)
    used, whole = length(time.used_seconds, texts), length(time.allotted_seconds, texts)
    return texts(f"card.floor.{whose}", group=name, used=used, length=whole)


def _waiting(waiting: tuple[WaitingView, ...], texts: Catalogue) -> list[Element]:
    if not waiting:
        return [line(texts("card.floor.no_waiting"), spacing="Small")]
    lines = [line(texts.plural("card.floor.waiting", len(waiting), n=len(waiting)), spacing="Small")]
    lines += [_place(n, one, texts) for n, one in enumerate(waiting[:LISTED], start=1)]
    rest = len(waiting) - LISTED
    if rest > 0:
        lines.append(line(texts.plural("card.floor.more", rest, n=rest), spacing="None"))
    return lines


def _place(number: int, one: WaitingView, texts: Catalogue) -> Element:
    runs: list[str | Element] = [f"{number}. {clean(one.person.formal, NAME)}"]
    if one.kind is not FloorKind.INTERVENTION:
        runs.append(run(f" · {texts(f'card.floor.kind.{one.kind.value}')}", bold=True))
    return line(*runs, spacing="None")


def _buttons(board: BoardView, item: ItemView, texts: Catalogue) -> list[Element]:
    """Two rows: what one may say on the text, then the rest."""
    if board.is_in_writing:
        written = [press(verb, board, texts, item=item.id) for verb in ("write", "exchange")]
        return [actions(*written, press("need_help", board, texts))]
    said = ["reply"] if board.list_closed else ["floor", "reply"]
    if item.kind is not ItemKind.INFORMATION:
        said.append("explanation")
    rest = [press(verb, board, texts, item=item.id) for verb in ("point_of_order", "withdraw")]
    return [
        actions(*(press(verb, board, texts, item=item.id) for verb in said)),
        actions(*rest, press("need_help", board, texts)),
    ]
