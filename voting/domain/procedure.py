"""What the law wants before and during a sitting, quorum, votes and proxies apart: those are in ``ruleset``."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.citations import Citation, Stance
from voting.domain.standing_orders import MajorityBase, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceRule:
    """Whether taking part in that way counts as presence."""

    stance: Stance
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule:
    """How long before the sitting its papers go out."""

    days: int | None
    """None: neither the law nor the standing orders say."""
    urgent_days: int | None
    """The shortest delay in an emergency, which the assembly then judges; None: no such way."""
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconveningRule:
    """How long after a sitting without quorum the second one may be held."""

    days: int | None
    """None: the text sets no interval."""
    citation: Citation


class ArrangementsSource(StrEnum):
    """Who settles how a sitting from afar is held: identity, recording, ballots."""

    STANDING_ORDERS = "standing_orders"
    FIRST_MEETING = "first_meeting"
    """A vote of the first sitting held from afar."""
    PARENT_OR_BODY = "parent_or_body"
    """The deliberative assembly, or failing that the body itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementsRule:
    """Where the arrangements of a sitting from afar must be written."""

    source: ArrangementsSource
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRule:
    """The most seats that this body may have: that part of its council, rounded down."""

    denominator: int
    citation: Citation

    def limit(self, council_seats: int) -> int:
        """The most seats beside a council of that many."""
        return council_seats // self.denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRule:
    """How many of the members present it takes to ask for a way of voting."""

    threshold: Threshold | None
    """None: one member is enough."""
    citation: Citation

    def needed(self, present: int) -> int:
        """How many it takes among that many."""
        return 1 if self.threshold is None else max(1, self.threshold.of(present))


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraRule:
    """Who may ask that the public leave; the assembly then decides without debate."""

    requesters: int
    """Members who must ask together; the chair may alone."""
    majority_base: MajorityBase
    """More than half of it must agree."""
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRule:
    """Whether the debates may be recorded."""

    is_allowed: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRule:
    """The members who must really have taken part for a decision to be valid, whatever the quorum."""

    threshold: Threshold
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Convening:
    """What the law wants before the sitting."""

    notice: NoticeRule
    reconvening: ReconveningRule
    arrangements: ArrangementsRule | None = None
    """None: nobody is afar."""
    room_each_half_year: Citation | None = None
    """At least one sitting in one place every half-year, where the law wants it (R11)."""
    size: SizeRule | None = None
    """None: no limit drawn from another body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What the law wants during the sitting."""

    remote: PresenceRule
    """Those seen and heard from afar."""
    audio_only: PresenceRule
    """Those only heard."""
    broadcast: Citation | None = None
    """The article that wants the sitting broadcast live; None: no duty."""
    public_ballot: RequestRule | None = None
    """None: every vote is public already, or no text lets members ask."""
    secret_ballot: RequestRule
    in_camera: CameraRule | None = None
    """None: the sitting is not public in the first place, or no text."""
    recording: RecordingRule | None = None
    """None: no text of this body restricts it."""
    participation: ParticipationRule | None = None
