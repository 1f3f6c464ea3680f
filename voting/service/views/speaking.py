"""The time of speech: the running turn and its clock, what each group may still use, who spoke how long today.

Instants, never a countdown: whoever shows them has a clock of his own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from voting.domain.groups import group_of
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting
from voting.domain.speakers import FloorKind, HeardTurn, SpeakingTurn
from voting.domain.speaking_time import (
    Account,
    account_of,
    draws_on_account,
    ends_at,
    group_account,
    groups,
    item_account,
    turn_seconds,
)
from voting.service.views.parts import PersonView, person_view


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """A time to be used, in whole seconds: of a group, of an unattached member, or of all groups on the item."""

    group: str
    allotted_seconds: int
    used_seconds: int
    """By turns that are over."""
    is_running: bool
    """The running turn uses it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """Who has the floor."""

    person: PersonView
    kind: FloorKind
    since: datetime
    budget_seconds: int
    counted_from: datetime
    """Time used = now, or ``paused_at``, less this instant."""
    paused_at: datetime | None
    ends_at: datetime | None
    """When the time is up; None while the clock stands still."""
    warns_at: datetime | None
    """When the speaker is warned; None without warning, or while the clock stands still."""
    warning_seconds: int
    time: TimeView | None
    """What this person may draw on in this turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenView:
    """How long a person or a group has spoken in the sitting, the running turn apart."""

    person: PersonView | None
    """None for a group."""
    group: str
    turns: int
    seconds: int


def turn_view(sitting: Sitting, turn: SpeakingTurn) -> TurnView:
    """That turn with its clock."""
    orders = sitting.facts.standing_orders
    end, warning = ends_at(orders, turn), orders.speaking.warning
    account = account_of(sitting, turn.person) if draws_on_account(turn.kind) else None
    return TurnView(
        person=person_view(sitting.roll[turn.person]),
        kind=turn.kind,
        since=turn.since,
        budget_seconds=turn_seconds(orders, turn.kind),
        counted_from=turn.counted_from,
        paused_at=turn.paused_at,
        ends_at=end,
        warns_at=end - timedelta(seconds=warning) if end is not None and warning else None,
        warning_seconds=warning,
        time=_time(account, is_running=True) if account is not None else None,
    )


def item_time(sitting: Sitting) -> TimeView | None:
    """The time of all groups together on the item; None where there is none."""
    account = item_account(sitting)
    return _time(account, is_running=_draws(sitting) is not None) if account is not None else None


def group_times(sitting: Sitting) -> tuple[TimeView, ...]:
    """The time of each group on the item, in the order of the roll; nothing where it is not shared out."""
    if sitting.speakers.item is None:
        return ()
    speaks = _draws(sitting)
    running = group_of(sitting.roll[speaks]) if speaks is not None else ""
    accounts = (group_account(sitting, group) for group in groups(sitting))
    return tuple(_time(a, is_running=a.group == running) for a in accounts if a is not None)


def spoken_by_person(sitting: Sitting) -> tuple[SpokenView, ...]:
    """Each who has spoken, longest first."""
    turns = _by(sitting, lambda h: h.person)
    found = [
        _spoken(turns[m.id], person=person_view(m), group=group_of(m)) for m in sitting.facts.members if m.id in turns
    ]
    return tuple(sorted(found, key=lambda s: -s.seconds))


def spoken_by_group(sitting: Sitting) -> tuple[SpokenView, ...]:
    """Each group, in the order of the roll, the silent ones too."""
    turns = _by(sitting, lambda h: group_of(sitting.roll[h.person]))
    return tuple(_spoken(turns.get(group, []), person=None, group=group) for group in groups(sitting))


def _by(sitting: Sitting, key: Callable[[HeardTurn], str]) -> dict[str, list[HeardTurn]]:
    found: dict[str, list[HeardTurn]] = {}
    for heard in sitting.speakers.heard:
        found.setdefault(key(heard), []).append(heard)
    return found


def _spoken(turns: list[HeardTurn], *, person: PersonView | None, group: str) -> SpokenView:
    whole = sum((h.spoken for h in turns), timedelta())
    return SpokenView(person=person, group=group, turns=len(turns), seconds=int(whole.total_seconds()))


def _draws(sitting: Sitting) -> PersonId | None:
    turn = sitting.speakers.turn
    return turn.person if turn is not None and draws_on_account(turn.kind) else None


def _time(account: Account, *, is_running: bool) -> TimeView:
    return TimeView(
        group=account.group,
        allotted_seconds=int(account.allotted.total_seconds()),
        used_seconds=int(account.used.total_seconds()),
        is_running=is_running,
    )
