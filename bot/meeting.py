"""Which cards should be on screen in the meeting chat, as a pure function of the sitting. Sending them is the outbox's.

One card per slot. Only the slots that can still move are computed: the current and the last item, the last two polls.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.cards import course, item, poll, result
from bot.texts import Catalogue
from bot.turn import Priority
from voting.domain.agenda import ItemState
from voting.domain.polls import Poll, PollState
from voting.domain.sitting import Phase
from voting.service.live import Snapshot
from voting.service.views.board import BoardView, board_view
from voting.service.views.member import voice
from voting.service.views.parts import item_view, poll_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A card that should be on screen."""

    slot: str
    card: Mapping[str, object]
    summary: str
    priority: Priority
    is_live: bool = False
    """Figures that tick: edited at a steady pace, never for each vote."""
    is_optional: bool = False
    """An edit that tidies up: not worth a call when the card was never posted."""
    is_still: bool = False
    """Never edited once posted: an edit would wipe what each person sees of it (his receipt)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the cards need beside the sitting."""

    texts: Catalogue
    checkpoint: str
    """The signed head that covers all that is final, or nothing while it is being signed."""
    follow: str | None
    """Address of the live board."""
    viewers: Sequence[str] | None
    """Whose clients may fetch their own version of the voting card."""


def wanted(snapshot: Snapshot, around: Surroundings) -> list[Wanted]:
    """The cards for that sitting, the most pressing first."""
    board = board_view(snapshot.sitting, snapshot.rules)
    cards = [
        *_course(snapshot, board, around),
        *_items(snapshot, board, around),
        *_polls(snapshot, board, around),
    ]
    return sorted(cards, key=lambda w: w.priority)


def _course(snapshot: Snapshot, board: BoardView, around: Surroundings) -> Iterator[Wanted]:
    progress = snapshot.sitting.course
    yield _card("opening", course.opening(board, around.follow, around.texts), Priority.NOTICE)
    if progress.roll_call_open or (snapshot.sitting.register and not snapshot.sitting.polls.all):
        card = course.attendance(board, around.texts)
        yield _card("attendance", card, Priority.LIVE, is_live=True)
    if progress.phase is Phase.SUSPENDED:
        card = course.suspension(board, progress.suspended_for, around.texts)
        yield _card(f"suspension/{progress.suspensions}", card, Priority.URGENT)
    if progress.phase is Phase.CLOSED and around.checkpoint:
        yield _card("closing", course.closing(board, around.checkpoint, around.texts), Priority.URGENT, is_still=True)


def _items(snapshot: Snapshot, board: BoardView, around: Surroundings) -> Iterator[Wanted]:
    sitting = snapshot.sitting
    if board.item is not None:
        yield _card(f"item/{board.item.id}", item.discussion(board, around.texts), Priority.LIVE, is_live=True)
    last = next((p.item for p in reversed(tuple(sitting.polls.all.values())) if p.state is PollState.PROCLAIMED), None)
    if last is not None and sitting.agenda.states[last] is not ItemState.UNDER_DISCUSSION:
        card = item.settled(board, item_view(sitting, sitting.items[last]), around.texts)
        yield _card(f"item/{last}", card, Priority.NOTICE, is_optional=True)


def _polls(snapshot: Snapshot, board: BoardView, around: Surroundings) -> Iterator[Wanted]:
    for one in tuple(snapshot.sitting.polls.all.values())[-2:]:
        yield from _poll(snapshot, board, one, around)


def _poll(snapshot: Snapshot, board: BoardView, one: Poll, around: Surroundings) -> Iterator[Wanted]:
    view = poll_view(snapshot.sitting, one)
    texts = around.texts
    if one.state is PollState.ANNULLED:
        yield _card(f"poll/{one.id}", poll.annulled(board, view, one.annulled_for, texts), Priority.URGENT)
        return
    if one.state is PollState.OPEN:
        yield _card(f"poll/{one.id}", poll.voting(board, view, around.viewers, texts), Priority.URGENT, is_still=True)
    else:
        yield _card(f"poll/{one.id}", poll.closed(board, view, texts), Priority.LIVE)
    yield _card(f"live/{one.id}", poll.live(board, view, texts), Priority.LIVE, is_live=True)
    if one.state is PollState.PROCLAIMED and around.checkpoint:
        voices = [voice(snapshot.sitting, one, m.member, is_proxy=m.is_proxy) for m in one.electorate.values()]
        card = result.result(board, view, voices, around.checkpoint, texts)
        yield _card(f"result/{one.id}", card, Priority.URGENT, is_still=True)


def _card(slot: str, card: Mapping[str, object], priority: Priority, **how: bool) -> Wanted:
    return Wanted(slot=slot, card=card, summary=str(card.get("speak", "")), priority=priority, **how)
