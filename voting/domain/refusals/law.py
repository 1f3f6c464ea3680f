"""Refusals that the law of the body makes before and around the sitting: which law, which notice, who is present."""

from dataclasses import dataclass
from datetime import date, datetime

from voting.domain.assembly import Body, Mode, Regime
from voting.domain.attendance import Presence
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class NoLawWritten(Refusal):
    """No rule set answers to that body in that mode."""

    code = "no_law_written"
    body: Body
    mode: Mode
    regime: Regime = Regime.ORDINARY


@dataclass(kw_only=True, eq=False)
class LawEnded(Refusal):
    """That law no longer governs a sitting of that day (R54)."""

    code = "law_ended"
    last_day: date


@dataclass(kw_only=True, eq=False)
class PresenceNotAdmitted(Refusal):
    """In this kind of sitting, whoever takes part in that way is not present (R08)."""

    code = "presence_not_admitted"
    presence: Presence


@dataclass(kw_only=True, eq=False)
class NoticeTooShort(Refusal):
    """The summons went out too late (R31, R32)."""

    code = "notice_too_short"
    days: int
    required: int


@dataclass(kw_only=True, eq=False)
class ArrangementsMissing(Refusal):
    """The standing orders do not say how a sitting is held from afar (R15)."""

    code = "arrangements_missing"


@dataclass(kw_only=True, eq=False)
class TooManySeats(Refusal):
    """More seats than this body may have beside its council (R30)."""

    code = "too_many_seats"
    seats: int
    limit: int


@dataclass(kw_only=True, eq=False)
class ReconvenedTooEarly(Refusal):
    """The second sitting comes before the day that the law sets (R04)."""

    code = "reconvened_too_early"
    earliest: date


@dataclass(kw_only=True, eq=False)
class OtherItems(Refusal):
    """A second sitting without quorum takes what was on the first summons, nothing else (R04)."""

    code = "other_items"


@dataclass(kw_only=True, eq=False)
class BroadcastNotStarted(Refusal):
    """A remote sitting of a council begins once the public can follow it (R12)."""

    code = "broadcast_not_started"


@dataclass(kw_only=True, eq=False)
class UrgencyNotJudged(Refusal):
    """Convened in an emergency: the assembly must first say whether it was one (R31)."""

    code = "urgency_not_judged"


@dataclass(kw_only=True, eq=False)
class NotAllowedHere(Refusal):
    """The law of this body leaves no room for that."""

    code = "not_allowed_here"


@dataclass(kw_only=True, eq=False)
class QuorumIsReached(Refusal):
    """There is a quorum: the sitting can be opened."""

    code = "quorum_is_reached"


@dataclass(kw_only=True, eq=False)
class WasHeld(Refusal):
    """Only a sitting that was not held for want of a quorum is convened a second time (R04)."""

    code = "was_held"


@dataclass(kw_only=True, eq=False)
class ProxyHoursPast(Refusal):
    """The hour until which that proxy would last is over before it begins."""

    code = "proxy_hours_past"
    until: datetime
