"""The sitting itself: convened, opened, suspended, closed."""

from dataclasses import dataclass
from datetime import date, datetime

from voting.domain.assembly import AgendaItem, Body, Member, Mode, Regime
from voting.domain.base import Command
from voting.domain.ids import ItemId, SittingId
from voting.domain.remarks import FirstConvocation
from voting.domain.ruleset import StandingOrders
from voting.domain.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveneSitting(Command):
    """Call the assembly: the roll, the agenda and the law are frozen here."""

    sitting: SittingId
    title: str
    body: Body
    mode: Mode
    body_name: str
    standing_orders: StandingOrders
    scheduled_for: datetime
    summoned_on: date | None
    summons_mentions_remote: bool
    place: str
    members: tuple[Member, ...]
    items: tuple[AgendaItem, ...]
    body_siret: str = ""
    second_convocation_of: SittingId | None = None
    regime: Regime = Regime.ORDINARY
    """Which law is asked for; its name is written into the first event."""
    is_urgent: bool = False
    """Convened in an emergency, with the shorter delay (R31)."""
    lacks_room_sitting: bool = False
    """The register holds no sitting of this body in one place in this half-year (R11)."""
    first_convocation: FirstConvocation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSitting(Command):
    """Open, if the quorum is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBlock(Command):
    """Put these items to one vote."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutOfBlock(Command):
    """Have one of the items voted together voted apart."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeStatement(Command):
    """State a fact of the sitting, or the chair's own judgement."""

    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNoQuorum(Command):
    """The quorum did not come: the sitting is not held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendSitting(Command):
    """Pause."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSitting(Command):
    """Go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSitting(Command):
    """Lift the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassHour(Command):
    """Write what the hours gone by have brought. Nobody's wish: the clock's."""
