"""How long one may speak: per turn by kind, per group on an item, per item (R58). It stops nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from voting.domain.groups import group_of
from voting.domain.ids import ItemId, PersonId
from voting.domain.ruleset import StandingOrders
from voting.domain.sitting import Sitting
from voting.domain.speakers import FloorKind, HeardTurn, SpeakingTurn

NOTHING = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The time of a group, of an unattached member or of the item: what it may use, what turns now over have used."""

    group: str
    """Nothing for the unattached and for the item."""
    allotted: timedelta
    used: timedelta

    @property
    def left(self) -> timedelta:
        """What remains before the running turn; never less than nothing."""
        return max(self.allotted - self.used, NOTHING)


def turn_seconds(orders: StandingOrders, kind: FloorKind) -> int:
    """What the standing orders give one turn of that kind."""
    times = orders.speaking
    return {
        FloorKind.POINT_OF_ORDER: times.point_of_order,
        FloorKind.ANSWER: orders.turn_seconds,
        FloorKind.INTERVENTION: orders.turn_seconds,
        FloorKind.REPLY: times.right_of_reply,
        FloorKind.EXPLANATION: times.explanation_of_vote,
        FloorKind.PERSONAL_STATEMENT: times.personal_statement,
    }[kind]


def ends_at(orders: StandingOrders, turn: SpeakingTurn) -> datetime | None:
    """When the time of the running turn is up; None while its clock stands still."""
    if turn.paused_at is not None:
        return None
    return turn.counted_from + timedelta(seconds=turn_seconds(orders, turn.kind))


def groups(sitting: Sitting) -> tuple[str, ...]:
    """The groups with a voting member, in the order of the roll."""
    return tuple(dict.fromkeys(g for m in sitting.voting_members() if (g := group_of(m))))


def group_account(sitting: Sitting, group: str) -> Account | None:
    """The time of that group on the item under discussion; None where the standing orders share none out."""
    rule = sitting.facts.standing_orders.group_time
    if not rule.item_seconds:
        return None
    members = sitting.voting_members()
    size = sum(group_of(m) == group for m in members)
    if not size:
        return None
    seconds = rule.allotted(size, len(members))
    used = [h for h in _on_item(sitting) if group_of(sitting.roll[h.person]) == group]
    return Account(group=group, allotted=timedelta(seconds=seconds), used=_sum(used))


def account_of(sitting: Sitting, person: PersonId) -> Account | None:
    """The time that this person may draw on: his group's, or his own if he is unattached; None without any."""
    member = sitting.roll[person]
    rule = sitting.facts.standing_orders.group_time
    group = group_of(member)
    if group:
        account = group_account(sitting, group)
        if account is None or rule.is_shareable:
            return account
        return _alone(sitting, person, account)
    if not (member.votes and rule.item_seconds and rule.unattached_seconds):
        return None
    own = [h for h in _on_item(sitting) if h.person == person]
    return Account(group="", allotted=timedelta(seconds=rule.unattached_seconds), used=_sum(own))


def item_account(sitting: Sitting) -> Account | None:
    """The time of all the groups together on the item; None where there is none."""
    seconds = sitting.facts.standing_orders.group_time.item_seconds
    if not seconds or sitting.speakers.item is None:
        return None
    return Account(group="", allotted=timedelta(seconds=seconds), used=_sum(list(_on_item(sitting))))


def draws_on_account(kind: FloorKind) -> bool:
    """Whether a turn of that kind uses the time of a group: the others have theirs, whoever speaks."""
    return kind is FloorKind.INTERVENTION


def _alone(sitting: Sitting, person: PersonId, account: Account) -> Account:
    """A time that may not be shared belongs to the first of the group who used it."""
    first = next((h for h in _on_item(sitting) if group_of(sitting.roll[h.person]) == account.group), None)
    if first is None or first.person == person:
        return account
    return Account(group=account.group, allotted=NOTHING, used=NOTHING)


def _on_item(sitting: Sitting) -> list[HeardTurn]:
    item: ItemId | None = sitting.speakers.item
    return [h for h in sitting.speakers.heard if item is not None and h.item == item and draws_on_account(h.kind)]


def _sum(turns: list[HeardTurn]) -> timedelta:
    return sum((h.spoken for h in turns), NOTHING)
