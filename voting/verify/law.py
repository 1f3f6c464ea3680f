"""The few figures of the law that the other checks hang on, from the first line of the journal alone.

Written a second time here, in whole numbers: the rule sets are what is being checked.
"""

from voting.verify.faults import Malformed
from voting.verify.record import Record, Row

_HALF = (1, 2, True)
_THIRD = (1, 3, False)
_TWO_THIRDS = (2, 3, False)
_COMMITTEES = frozenset({"cpr", "department_committee"})
_COUNCILS = frozenset({"council", "department", "epci"})
_IN_CAMERA = 5
_ELECTING_IN_ONE_ROOM = ("council-room/", "department-room/")


def proxies_per_holder(record: Record) -> int:
    """One (CGCT L. 4132-15), two under the law of 2020, none in a tender committee, as it likes in an association."""
    convened = record.convened
    body = convened.text("body")
    if body == "cao":
        return 0
    if _is_emergency(convened):
        return 2
    orders = convened.row("standing_orders")
    if body == "association" and orders.values.get("proxies_per_holder") is not None:
        return orders.number("proxies_per_holder")
    return 1


def in_camera_requesters(record: Record) -> int | None:
    """Members who must ask together that the public leave: five in a council (L. 4132-10, L. 3121-11, L. 5211-11)."""
    return _IN_CAMERA if record.convened.text("body") in _COUNCILS else None


def quorum(record: Record, seats: int, subject: str) -> tuple[str, int]:
    """Who counts, and how many are needed for an item of that subject; nobody on a second summons."""
    convened = record.convened
    base, (part, whole, strict) = _base(convened), _part(convened)
    if subject == "presidency_election" and convened.text("rule_set").startswith(_ELECTING_IN_ONE_ROOM):
        base, (part, whole, strict) = "present", _TWO_THIRDS  # L. 4133-1, L. 3122-1
    if convened.optional("second_convocation_of") is not None:
        return base, 0
    return base, seats * part // whole + 1 if strict else -(-seats * part // whole)


def _base(convened: Row) -> str:
    """Committees count the represented (L. 4132-13-1, L. 3121-14-1); from afar their orders may say otherwise."""
    body, said = convened.text("body"), convened.row("standing_orders").optional("quorum_base")
    if body == "association":
        return said or "present"
    if body not in _COMMITTEES or _is_emergency(convened):
        return "present"
    from_afar = convened.text("rule_set").rpartition("/")[0].endswith("-remote")
    return said or "present_or_represented" if from_afar else "present_or_represented"


def _part(convened: Row) -> tuple[int, int, bool]:
    if _is_emergency(convened):
        return _THIRD  # loi n° 2020-290, art. 10
    orders = convened.row("standing_orders")
    if convened.text("body") == "association" and orders.values.get("quorum") is not None:
        own = orders.row("quorum")
        if own.number("denominator") < 1:
            raise Malformed(convened.seq, "quorum")
        return own.number("numerator"), own.number("denominator"), own.truth("is_strict")
    return _HALF


def _is_emergency(convened: Row) -> bool:
    return convened.text("rule_set").startswith("emergency-2020")
