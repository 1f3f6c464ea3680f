"""The queue of those who ask for help: how long they waited, and who of them a poll is about to leave behind. Pure."""

from collections.abc import Iterable, Sequence
from statistics import median

from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting
from voting.service.ports import HelpRequest, HelpState


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
    waits = [(r.taken_at - r.asked_at).total_seconds() for r in requests if r.taken_at is not None]
    return round(median(waits)) if waits else None
