"""A choice among several as the staff sees it before it is proclaimed: what the count chooses, and what is missing."""

from dataclasses import dataclass

from voting.domain.contests import ContestResult, Option, OptionCount, TieBreak, tied_first
from voting.domain.decide.contests import last_round, result_of
from voting.domain.polls import Poll, PollState
from voting.domain.sitting import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestView:
    """A closed round, for the chair's eyes."""

    counts: tuple[OptionCount, ...]
    result: ContestResult
    tied: tuple[Option, ...]
    """Those among whom the older one must still be named; nobody as a rule."""


def contest_view(sitting: Sitting, poll: Poll | None) -> ContestView | None:
    """That poll when it is a closed round that waits for its proclamation."""
    if poll is None or poll.contest is None or poll.state is not PollState.CLOSED:
        return None
    waits = poll.contest.tie is TieBreak.ELDER and poll.elder is None
    tied = tied_first(poll.contest, poll.counts) if waits else ()
    return ContestView(
        counts=poll.counts,
        result=result_of(sitting, poll),
        tied=tuple(o for o in poll.contest.options if o.id in tied),
    )


def next_round(sitting: Sitting) -> Poll | None:
    """The round of the item under discussion that chose nobody and waits for another."""
    item = sitting.current_item()
    return last_round(sitting, item) if item is not None else None
