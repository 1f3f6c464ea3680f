"""Cards of the meeting chat on the course of the sitting: convened, roll call, pause, end."""

from collections import Counter

from bot.cards.about import About, clock, day
from bot.cards.buttons import press
from bot.cards.checkpoint import checkpoint_lines
from bot.cards.elements import SHORT, Card, Element, actions, card, clean, facts, heading, line, link, run
from bot.cards.lines import quorum_text
from bot.texts import Catalogue
from voting.domain.agenda import ItemState
from voting.domain.attendance import Presence
from voting.domain.sitting import Phase
from voting.service.views.board import BoardView

STEPS = ("present", "floor", "vote", "help")
HERE = (Presence.IN_ROOM, Presence.REMOTE, Presence.AUDIO_ONLY)
SETTLED = (
    ItemState.ADOPTED,
    ItemState.REJECTED,
    ItemState.CHOSEN,
    ItemState.MOOT,
    ItemState.POSTPONED,
    ItemState.CLOSED,
)


def opening(board: BoardView, follow: str | None, texts: Catalogue) -> Card:
    """The sitting is convened: when, where, and the few gestures. ``follow`` is the address of the live board."""
    when = texts(
        "card.opening.when", day=day(board, board.scheduled_for, texts), time=clock(board, board.scheduled_for)
    )
    buttons = [press("need_help", board, texts)]
    if board.phase is not Phase.CLOSED:
        buttons.insert(0, press("present", board, texts))
    if follow is not None:
        buttons.append(link(texts("card.button.follow"), follow))
    body = [
        heading(board.title, large=True),
        line(run(clean(board.body_name, SHORT), subtle=True), spacing="Small"),
        line(when),
        line(texts(f"card.opening.mode.{board.mode.value}"), spacing="Small"),
        line(run(texts(f"card.phase.{board.phase.value}"), bold=True), spacing="Small"),
        heading(texts("card.opening.steps")),
        *(line(texts(f"card.opening.step.{step}"), spacing="Small") for step in STEPS),
        actions(*buttons),
    ]
    return card(body, spoken=f"{board.title}. {when}", texts=texts)


def attendance(board: BoardView, texts: Catalogue) -> Card:
    """The roll call: who counts so far, and the button that answers it."""
    stage = "open" if board.roll_call_open else "closed"
    title = texts(f"card.attendance.{stage}")
    quorum = quorum_text(board.quorum, texts)
    body: list[Element] = [heading(title, large=True)]
    if board.phase is not Phase.CLOSED:
        body.append(line(texts(f"card.attendance.{stage}.how")))
    body += [
        facts(presence_figures(board, texts)),
        line(quorum),
        actions(press("present", board, texts), press("need_help", board, texts)),
    ]
    return card(body, spoken=f"{title}. {quorum}", texts=texts)


def presence_figures(board: BoardView, texts: Catalogue) -> list[tuple[str, str]]:
    """How many are where, of the seats with a vote."""
    places = Counter(seat.presence for seat in board.seats)
    check = board.quorum
    where = ", ".join(f"{places[p]} {texts(f'card.presence.{p.value}')}" for p in HERE if places[p])
    figures = [(texts("card.figure.present"), f"{check.present} ({where})" if where else str(check.present))]
    if check.represented:
        figures.append((texts("card.figure.represented"), str(check.represented)))
    missing = check.in_office - check.present - check.represented
    return [
        *figures,
        (texts("card.figure.missing"), str(missing)),
        (texts("card.figure.required"), str(check.required)),
    ]


def suspension(about: About, reason: str, texts: Catalogue) -> Card:
    """A pause, with the reason that was given."""
    title = texts("card.suspension.title")
    body = [heading(title, large=True)]
    if reason.strip():
        body.append(line(run(texts("card.reason"), bold=True), f" {clean(reason)}"))
    body += [line(texts("card.suspension.stay")), actions(press("need_help", about, texts))]
    return card(body, spoken=title, texts=texts)


def resumption(about: About, texts: Catalogue) -> Card:
    """What the card of a pause becomes once the sitting goes on."""
    title = texts("card.resumption.title")
    return card([heading(title, large=True), line(texts("card.resumption.go_on"))], spoken=title, texts=texts)


def closing(board: BoardView, checkpoint: str, texts: Catalogue) -> Card:
    """The end: what became of the items, and the head of the journal as a witness."""
    title = texts("card.closing.title" if board.is_held else "card.closing.not_held")
    states = Counter(item.state for item in board.items)
    counted = [(texts(f"card.items.{state.value}"), str(states[state])) for state in SETTLED if states[state]]
    if states[ItemState.PENDING]:
        counted.append((texts("card.items.pending"), str(states[ItemState.PENDING])))
    body = [
        heading(title, large=True),
        line(run(clean(board.title, SHORT), bold=True)),
        facts(counted),
        line(texts("card.closing.minutes" if board.is_held else "card.closing.again")),
        *checkpoint_lines(checkpoint, texts),
        actions(press("my_votes", board, texts), press("need_help", board, texts)),
    ]
    return card(body, spoken=f"{title} {board.title}", texts=texts)
