"""The lawful no of whoever writes the minutes."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.ids import PersonId
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class TurnUnknown(Refusal):
    """Nobody has spoken yet, or there is no such turn."""

    code = "turn_unknown"


@dataclass(kw_only=True, eq=False)
class NoteExists(Refusal):
    """Something is written of that turn already, and nobody said to replace it."""

    code = "note_exists"
    person: PersonId
    """Who spoke."""


@dataclass(kw_only=True, eq=False)
class NoteTooLong(Refusal):
    """More than a note holds."""

    code = "note_too_long"
    length: int
    most: int


@dataclass(kw_only=True, eq=False)
class MinutesSettled(Refusal):
    """They are approved, or signed: nothing is written into them any more."""

    code = "minutes_settled"


@dataclass(kw_only=True, eq=False)
class NoApprovalHere(Refusal):
    """The minutes of this body are signed as they are drawn up."""

    code = "no_approval_here"


@dataclass(kw_only=True, eq=False)
class MinutesNotSubmitted(Refusal):
    """They must be laid before the assembly first."""

    code = "minutes_not_submitted"


@dataclass(kw_only=True, eq=False)
class MinutesNotApproved(Refusal):
    """They are signed once the next sitting has approved them (R36)."""

    code = "minutes_not_approved"


@dataclass(kw_only=True, eq=False)
class MinutesNotSigned(Refusal):
    """What is published or archived is the signed file."""

    code = "minutes_not_signed"


@dataclass(kw_only=True, eq=False)
class MinutesStayPrivate(Refusal):
    """The minutes of this body are not published."""

    code = "minutes_stay_private"


class ApprovalBar(StrEnum):
    """Why a vote does not approve those minutes."""

    SAME_SITTING = "same_sitting"
    OTHER_BODY = "other_body"
    EARLIER = "earlier"
    """It was not opened after the other one was closed."""
    NO_ITEM = "no_item"
    NOT_ADOPTED = "not_adopted"
    """No vote on that item was proclaimed adopted."""


@dataclass(kw_only=True, eq=False)
class ApprovalNotVoted(Refusal):
    """The other sitting did not approve them."""

    code = "approval_not_voted"
    why: ApprovalBar
