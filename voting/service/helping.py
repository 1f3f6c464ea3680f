"""The queue of those who ask for help: who of them a poll is about to leave behind, and what is told of it afterwards.

Pure: from the sitting and the requests that support has kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.polls import PollState
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Phase, Sitting
from voting.service.ports import HelpRequest, HelpState


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpReport:
    """How a lifted sitting was helped: figures for those who run it and for support, and no names."""

    asked: int
    settled: int
    taken_in: int | None
    """Median of the seconds until somebody took a request; None when nobody took any."""
    settled_in: int | None
    """Median of the seconds until a request was settled; None when none was."""
    voiced: int
    """Voices noted as given aloud in polls that were pressed."""


def help_report(sitting: Sitting, requests: Sequence[HelpRequest]) -> HelpReport | None:
    """None until the sitting is lifted."""
    if sitting.course.phase is not Phase.CLOSED:
        return None
    return HelpReport(
        asked=len(requests),
        settled=sum(r.state is HelpState.CLOSED for r in requests),
        taken_in=median_seconds(requests),
        settled_in=_median(r.closed_at - r.asked_at for r in requests if r.closed_at is not None),
        voiced=_voiced(sitting),
    )


def _voiced(sitting: Sitting) -> int:
    """A vote by name is spoken by its nature, and one that was annulled counts for nothing."""
    pressed = (
        p
        for p in sitting.polls.all.values()
        if p.method is VotingMethod.ELECTRONIC and p.state is not PollState.ANNULLED
    )
    return sum(ballot.source is Source.VOICE for poll in pressed for ballot in poll.ballots.values())


def open_request(requests: Iterable[HelpRequest], person: PersonId) -> HelpRequest | None:
    """The one that this person has made and nobody has closed."""
    return next((r for r in requests if r.person == person and r.state is not HelpState.CLOSED), None)


def troubled(sitting: Sitting, requests: Iterable[HelpRequest]) -> tuple[HelpRequest, ...]:
    """Those who ask for help and whose voice, or that of a proxy, is still awaited in the open poll."""
    poll = sitting.polls.open_poll()
    if poll is None:
        return ()
    awaited = {mandate.voter for mandate in poll.silent()}
    return tuple(r for r in requests if r.state is not HelpState.CLOSED and r.person in awaited)


def median_seconds(requests: Sequence[HelpRequest]) -> int | None:
    """Half of those who were helped waited no longer than that; None when nobody was."""
    return _median(r.taken_at - r.asked_at for r in requests if r.taken_at is not None)


def _median(waits: Iterable[timedelta]) -> int | None:
    seconds = [wait.total_seconds() for wait in waits]
    return round(median(seconds)) if seconds else None
