"""The lawful no of the debate: who may ask for what, and when (R58, R59)."""

from dataclasses import dataclass

from voting.domain.refusals import Refusal
from voting.domain.standing_orders import Asker


@dataclass(kw_only=True, eq=False)
class RequestReserved(Refusal):
    """The standing orders keep that request for others (R58)."""

    code = "request_reserved"
    to: Asker


@dataclass(kw_only=True, eq=False)
class ExplanationTooLate(Refusal):
    """An explanation of vote comes before the vote opens (R58)."""

    code = "explanation_too_late"


@dataclass(kw_only=True, eq=False)
class HeardAtTheEnd(Refusal):
    """Only personal statements wait, and they are heard at the end of the item (R58)."""

    code = "heard_at_the_end"


@dataclass(kw_only=True, eq=False)
class NothingToUndo(Refusal):
    """The floor was neither given nor ended since the item was called, the vote opened or the sitting suspended."""

    code = "nothing_to_undo"


@dataclass(kw_only=True, eq=False)
class NothingRequested(Refusal):
    """Nobody asked for what is declined."""

    code = "nothing_requested"


@dataclass(kw_only=True, eq=False)
class ClosureIsVoted(Refusal):
    """The standing orders leave the end of the debate to the assembly (R58)."""

    code = "closure_is_voted"


@dataclass(kw_only=True, eq=False)
class ClosureNotVoted(Refusal):
    """Here the chair decides whether the debate ends: it is not put to the vote (R58)."""

    code = "closure_not_voted"
