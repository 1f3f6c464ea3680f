"""What the staff records of a vote given in the room. Part of ``events``, where each kind of event is named."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.ids import PersonId, PollId


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCalled(Event):
    """In a vote by name: who is called now; nobody once every name was called, twice if it did not answer."""

    poll: PollId
    member: PersonId | None
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandsCounted(Event):
    """A show of hands: these members by name, and all the others of the electorate for.

    A voice given by proxy is its holder's unless it is named. Said again, it replaces what was said before.
    """

    poll: PollId
    against: tuple[PersonId, ...]
    abstention: tuple[PersonId, ...]
    not_taking_part: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersCounted(Event):
    """The papers of a secret ballot, by figures alone. Said again, they replace those said before."""

    poll: PollId
    envelopes: int
    votes_for: int
    against: int
    blank: int
    invalid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VotersMarked(Event):
    """The marked register of a secret ballot: whose voice went into the box, in the order of the roll."""

    poll: PollId
    members: tuple[PersonId, ...]
