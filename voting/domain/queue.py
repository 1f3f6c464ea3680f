"""In which order those who wait get the floor: by kind, then first come or balanced, as the standing orders say (R58).

Pure: the order is a permutation of the requests. The chair may leave it at any moment and give the floor by name.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from voting.domain.assembly import ItemKind
from voting.domain.groups import group_of
from voting.domain.ids import ItemId, PersonId
from voting.domain.sitting import Sitting
from voting.domain.speakers import PRIORITY, FloorKind, FloorRequest
from voting.domain.standing_orders import FloorOrder

BALANCED = (FloorKind.INTERVENTION, FloorKind.REPLY, FloorKind.EXPLANATION)
"""Kinds in which the groups take turns; the others are first come, first served in any case."""

_Rank = tuple[bool, datetime, int]


def queue(sitting: Sitting) -> tuple[FloorRequest, ...]:
    """Everybody who waits, in order."""
    waiting = sorted(sitting.speakers.waiting, key=lambda r: (PRIORITY[r.kind], *_asked(r)))
    if len(waiting) < 2 or sitting.facts.standing_orders.floor_order is FloorOrder.FIRST_COME:
        return tuple(waiting)
    groups = {m.id: group_of(m) for m in sitting.facts.members}
    ordered: list[FloorRequest] = []
    for kind in PRIORITY:
        asked = [r for r in waiting if r.kind is kind]
        ordered += in_turn(asked, _turns(sitting, kind), sitting.speakers.item, groups) if kind in BALANCED else asked
    return tuple(ordered)


def next_request(sitting: Sitting) -> FloorRequest | None:
    """Whom the floor goes to when the chair names nobody; a personal statement waits for the end of the item."""
    waiting = (r for r in queue(sitting) if not sitting.agenda.is_recused(r.person))
    request = next(waiting, None)
    if request is not None and request.kind is FloorKind.PERSONAL_STATEMENT and not is_at_its_end(sitting):
        return None
    return request


def is_at_its_end(sitting: Sitting) -> bool:
    """No item is under discussion any more, or the one that is has no vote to come."""
    item = sitting.current_item()
    return item is None or item.kind is ItemKind.INFORMATION


def in_turn(
    asked: Sequence[FloorRequest],
    turns: Iterable[tuple[PersonId, ItemId | None]],
    item: ItemId | None,
    groups: Mapping[PersonId, str],
) -> Iterator[FloorRequest]:
    """Who has not spoken on the item first; among them the groups in turn, each by who has not spoken today.

    A group's turn comes when it was heard less often on the item than the others, those placed before included; whoever
    belongs to none is a group of his own.
    """
    before = list(turns)
    today = {person for person, _ in before}
    on_item = [person for person, about in before if about == item]

    def bench(person: PersonId) -> str:
        return groups.get(person) or person

    def rank(request: FloorRequest) -> _Rank:
        return (request.person in today, *_asked(request))

    counts = Counter(bench(person) for person in on_item)
    for again in (False, True):
        benches: dict[str, list[FloorRequest]] = {}
        for request in sorted(asked, key=rank, reverse=True):
            if (request.person in on_item) is again:
                benches.setdefault(bench(request.person), []).append(request)
        heads = [(counts[name], rank(line[-1]), name) for name, line in benches.items()]
        heapq.heapify(heads)
        while heads:
            _, _, name = heapq.heappop(heads)
            yield benches[name].pop()
            counts[name] += 1
            if benches[name]:
                heapq.heappush(heads, (counts[name], rank(benches[name][-1]), name))


def _asked(request: FloorRequest) -> tuple[datetime, int]:
    return request.asked_at, int(request.id[1:])


def _turns(sitting: Sitting, kind: FloorKind) -> Iterator[tuple[PersonId, ItemId | None]]:
    """Who has spoken for that reason today, and on which item; whoever speaks now has."""
    speakers = sitting.speakers
    yield from ((h.person, h.item) for h in speakers.heard if h.kind is kind)
    if speakers.turn is not None and speakers.turn.kind is kind:
        yield speakers.turn.person, speakers.item
