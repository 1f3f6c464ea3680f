"""The account while it is being drawn up: an item with what happened in it, and places kept for what still goes on."""

from dataclasses import dataclass, field

from voting.domain import events as e
from voting.domain.ids import PollId, RequestId
from voting.minutes.facts import Entry


@dataclass(frozen=True, slots=True)
class PollMark:
    """The place of a poll in the account, while the poll goes on."""

    poll: PollId


@dataclass(frozen=True, slots=True)
class TurnMark:
    """The place of a speaking turn."""

    request: RequestId


@dataclass(slots=True, kw_only=True)
class Section:
    """The item being told, or the preamble when ``called`` is None."""

    called: e.ItemCalled | None = None
    entries: list[Entry | PollMark | TurnMark] = field(default_factory=list)
