"""The sitting itself: convened, opened, suspended, closed."""

from dataclasses import dataclass
from datetime import date, datetime

from voting.domain.assembly import AgendaItem, Body, Member, Mode
from voting.domain.base import Event
from voting.domain.ids import PersonId, SittingId
from voting.domain.quorum import QuorumCheck
from voting.domain.remarks import FirstConvocation, Remark
from voting.domain.ruleset import StandingOrders
from voting.domain.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingConvened(Event):
    """The first event: everything that a replay needs, law of the day included."""

    sitting: SittingId
    title: str
    body: Body
    mode: Mode
    body_name: str
    rule_set: str
    standing_orders: StandingOrders
    scheduled_for: datetime
    summoned_on: date | None
    summons_mentions_remote: bool
    place: str
    members: tuple[Member, ...]
    items: tuple[AgendaItem, ...]
    body_siret: str = ""
    second_convocation_of: SittingId | None = None
    time_zone: str = "Europe/Paris"
    is_urgent: bool = False
    """Convened in an emergency, with the shorter delay (R31)."""
    remarks: tuple[Remark, ...] = ()
    """What the law had to say of this convocation without forbidding it."""
    first_convocation: FirstConvocation | None = None
    """The journal of the sitting that was not held, where this is the second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingOpened(Event):
    """The chair opens; from here on the sitting may deliberate."""

    chair: PersonId
    quorum: QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingSuspended(Event):
    """A pause."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingResumed(Event):
    """The pause ends; the quorum is looked at again."""

    quorum: QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingClosed(Event):
    """The chair lifts the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorded(Event):
    """A fact that no machine can see, or the chair's judgement, stated by ``by``."""

    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingNotHeld(Event):
    """The quorum did not come: nothing was deliberated, the sitting is over (R04)."""

    quorum: QuorumCheck
    missing: tuple[PersonId, ...]
    """The members in office who were not there."""
