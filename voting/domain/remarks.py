"""What the law has to say of a convocation that it does not forbid: kept in the first event, told to the clerk."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.ids import ItemId, SittingId


class RemarkCode(StrEnum):
    """One remark; its sentence is in the catalogues."""

    SUMMONS_UNDATED = "summons_undated"
    """Nobody said when the summons went out: its delay cannot be judged (R31, R32)."""
    NOTICE_UNKNOWN = "notice_unknown"
    """Neither the law nor the standing orders that were given set a delay (R32)."""
    URGENT = "urgent"
    """Convened in an emergency: the assembly judges of it at the opening (R31)."""
    SUMMONS_LACKS_REMOTE = "summons_lacks_remote"
    """The summons does not say that one may take part from afar: the sitting could not be opened (R14)."""
    ARRANGEMENTS_TO_VOTE = "arrangements_to_vote"
    """How the sitting is held from afar is to be voted by the first one (R55)."""
    RECORDING_UNSETTLED = "recording_unsettled"
    """No rule on recording the debates was voted: none may be made (R48)."""
    ROOM_SITTING_DUE = "room_sitting_due"
    """The register holds no sitting of this half-year in one single place (R11)."""
    SIZE_UNKNOWN = "size_unknown"
    """How many seats the council has was not said: the size of its committee cannot be judged (R30)."""


FOR_THE_MINUTES = frozenset({RemarkCode.URGENT, RemarkCode.ARRANGEMENTS_TO_VOTE})
"""What the assembly itself has to answer, so that the minutes must say it; the rest is for whoever prepares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark with its article as cited that day."""

    code: RemarkCode
    article: str
    is_confirmed: bool = True
    """The article was read in a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstConvocation:
    """The sitting that could not be held for want of a quorum, as its own journal ended (R04)."""

    sitting: SittingId
    scheduled_on: str
    """The day for which it had been convened, ``2026-11-20``."""
    lines: int
    """How many lines its journal had."""
    root: str
    """The root of those lines, in hexadecimal: this sitting vouches for that journal."""
    items: tuple[ItemId, ...]
    """What was on its summons: nothing else may be taken the second time."""
