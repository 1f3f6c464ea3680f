"""The fold of a history by somebody who keeps going: votes are put into a box instead of into a copy of the sitting.

Equal to ``evolve`` after every event. In a poll of hundreds, copying every voice for each new one is what costs.
"""

from collections.abc import Sequence

from voting.domain.events import SittingEvent, VoteCast
from voting.domain.evolve import evolve, with_ballots
from voting.domain.ids import PersonId, PollId
from voting.domain.polls import Ballot
from voting.domain.sitting import Sitting


class Fold:
    """A sitting that moves. What ``sitting`` has given away never changes afterwards."""

    def __init__(self, sitting: Sitting | None = None) -> None:
        """Goes on from that sitting; None before its convocation."""
        self._sitting = sitting
        self._box: dict[PersonId, Ballot] = {}
        self._boxed: PollId | None = None
        """The poll whose ballots are in the box, which nobody else has seen; None while there is no box."""

    @property
    def now(self) -> Sitting | None:
        """The sitting as it stands, to look at and let go: the next event may change it under one's eyes."""
        return self._sitting

    def sitting(self) -> Sitting | None:
        """The sitting as it stands, to keep: from now on it is left alone."""
        self._boxed = None
        return self._sitting

    def add(self, events: Sequence[SittingEvent]) -> None:
        """Go on by these events: all of them, or none if one of them cannot be."""
        before = self._sitting if len(events) == 1 else self.sitting()
        try:
            for event in events:
                self._add(event)
        except BaseException:
            self._sitting, self._boxed = before, None
            raise

    def _add(self, event: SittingEvent) -> None:
        if not isinstance(event, VoteCast) or self._sitting is None:
            self._sitting = evolve(self._sitting, event)
            self._boxed = None
            return
        if self._boxed != event.poll:
            self._box = dict(self._sitting.polls.all[event.poll].ballots)
            self._sitting = with_ballots(self._sitting, event.poll, self._box)
            self._boxed = event.poll
        self._box[event.member] = event
