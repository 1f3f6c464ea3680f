"""Which cards should be on screen in the meeting chat, as a pure function of the sitting. Sending them is the outbox's.

One card per slot. Only the slots that can still move are computed: the current and the last item, the last two polls,
and older ones still on screen as they stood before they were settled.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.cards import course, item, poll, result
from bot.cards.marks import marked
from bot.texts import Catalogue
from bot.turn import Priority
from voting.domain.ids import ItemId, PollId, is_rehearsal
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
    is_final: bool = False
    """Its last state: once on screen, it needs no more looking after."""


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
    unfinished: Collection[str] = ()
    """Slots on screen that were not in their last state when last seen."""
    results: Collection[str] = ()
    """Slots of the results on screen: such a card names everybody and is never edited, so it is drawn once."""


def moving(slots: Iterable[str]) -> set[str]:
    """Those among these slots whose card changes in the course of the sitting and then comes to rest."""
    return {slot for slot in slots if slot.partition("/")[0] in ("attendance", "item", "poll", "live")}


def wanted(snapshot: Snapshot, around: Surroundings) -> list[Wanted]:
    """The cards for that sitting, the most pressing first."""
    board = board_view(snapshot.sitting, snapshot.rules)
    cards = [
        *_course(snapshot, board, around),
        *_items(snapshot, board, around),
        *_polls(snapshot, board, around),
    ]
    if is_rehearsal(snapshot.id):
        cards = [_marked(one, around.texts) for one in cards]
    return sorted(cards, key=lambda w: w.priority)


def _course(snapshot: Snapshot, board: BoardView, around: Surroundings) -> Iterator[Wanted]:
    progress = snapshot.sitting.course
    yield _card("opening", course.opening(board, around.follow, around.texts), Priority.NOTICE)
    over = not progress.roll_call_open and (bool(snapshot.sitting.polls.all) or progress.phase is Phase.CLOSED)
    if "attendance" in around.unfinished or ((progress.roll_call_open or snapshot.sitting.register) and not over):
        card = course.attendance(board, around.texts)
        yield _card("attendance", card, Priority.LIVE, is_live=True, is_final=over)
    if progress.phase is Phase.SUSPENDED:
        card = course.suspension(board, progress.suspended_for, around.texts)
        yield _card(f"suspension/{progress.suspensions}", card, Priority.URGENT)
    elif progress.suspensions:
        card = course.resumption(board, around.texts)
        yield _card(f"resumption/{progress.suspensions}", card, Priority.URGENT, is_still=True)
    if progress.phase is Phase.CLOSED and around.checkpoint:
        yield _card("closing", course.closing(board, around.checkpoint, around.texts), Priority.URGENT, is_still=True)


def _items(snapshot: Snapshot, board: BoardView, around: Surroundings) -> Iterator[Wanted]:
    sitting = snapshot.sitting
    if board.item is not None:
        yield _card(f"item/{board.item.id}", item.discussion(board, around.texts), Priority.LIVE, is_live=True)
    last = next((p.item for p in reversed(tuple(sitting.polls.all.values())) if p.state is PollState.PROCLAIMED), None)
    left = {ItemId(name) for name in _names("item", around.unfinished)} | ({last} if last is not None else set())
    for one in sorted(left - {board.item.id if board.item is not None else ItemId("")}):
        card = item.settled(board, item_view(sitting, sitting.items[one]), around.texts)
        yield _card(f"item/{one}", card, Priority.NOTICE, is_optional=True, is_final=True)


def _polls(snapshot: Snapshot, board: BoardView, around: Surroundings) -> Iterator[Wanted]:
    polls = snapshot.sitting.polls.all
    recent = tuple(polls.values())[-2:]
    for one in recent:
        yield from _poll(snapshot, board, one, around)
    names = _names("poll", around.unfinished) | _names("live", around.unfinished)
    for old in sorted({PollId(name) for name in names} - {one.id for one in recent}):
        for card in _poll(snapshot, board, polls[old], around):
            if card.slot in around.unfinished:
                yield replace(card, priority=Priority.NOTICE)


def _names(kind: str, slots: Collection[str]) -> set[str]:
    return {name for start, _, name in (slot.partition("/") for slot in slots) if start == kind}


def _poll(snapshot: Snapshot, board: BoardView, one: Poll, around: Surroundings) -> Iterator[Wanted]:
    view = poll_view(snapshot.sitting, one)
    texts = around.texts
    settled = one.state in (PollState.PROCLAIMED, PollState.ANNULLED)
    after = {"is_optional": True, "is_final": settled}
    live = poll.live(board, view, texts)
    if one.state is PollState.OPEN:
        yield _card(f"poll/{one.id}", poll.voting(board, view, around.viewers, texts), Priority.URGENT, is_still=True)
        yield _card(f"live/{one.id}", live, Priority.LIVE, is_live=True)
    elif one.state is PollState.ANNULLED:
        yield _card(
            f"poll/{one.id}", poll.annulled(board, view, one.annulled_for, texts), Priority.URGENT, is_final=True
        )
        yield _card(f"live/{one.id}", live, Priority.NOTICE, **after)
    else:
        yield _card(f"poll/{one.id}", poll.closed(board, view, texts), Priority.LIVE, **after)
        yield _card(f"live/{one.id}", live, Priority.LIVE, is_live=True, **after)
    if one.state is PollState.PROCLAIMED and around.checkpoint and f"result/{one.id}" not in around.results:
        voices = [voice(snapshot.sitting, one, m.member, is_proxy=m.is_proxy) for m in one.electorate.values()]
        card = result.result(board, view, voices, around.checkpoint, texts)
        yield _card(f"result/{one.id}", card, Priority.URGENT, is_still=True)


def _card(slot: str, card: Mapping[str, object], priority: Priority, **how: bool) -> Wanted:
    return Wanted(slot=slot, card=card, summary=str(card.get("speak", "")), priority=priority, **how)


def _marked(one: Wanted, texts: Catalogue) -> Wanted:
    card = marked(one.card, texts)
    return replace(one, card=card, summary=str(card["speak"]))
