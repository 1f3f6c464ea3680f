"""What happens only where one is chosen among several. Part of ``events``, and released like it."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.contests import ContestResult, OptionCount
from voting.domain.ids import ItemId, OptionId, PersonId, PollId


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotUncovered(Event):
    """The assembly unanimously decided not to vote on this item in secret (CGCT L. 4132-14 al. 2)."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPapersCounted(Event):
    """The papers of a secret choice among several, by figures alone. Said again, they replace those said before."""

    poll: PollId
    envelopes: int
    blank: int
    invalid: int
    counts: tuple[OptionCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderStated(Event):
    """Who is the older one of those who are equal, as ``by`` says it."""

    poll: PollId
    option: OptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestProclaimed(Event):
    """The chair makes the result of a round final: who or what is chosen, or that nobody is."""

    poll: PollId
    result: ContestResult


@dataclass(frozen=True, slots=True, kw_only=True)
class UnopposedDeclared(Event):
    """The chair reads out a single candidacy, which takes effect at once (CGCT L. 4132-14 al. 4)."""

    item: ItemId
    label: str
    """The name as it stood that day, or what was typed."""
    person: PersonId | None
    article: str
