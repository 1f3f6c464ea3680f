"""Where somebody was a moment ago: words typed in one's own chat go on with the exercise that one is at.

Kept in memory: after a restart one presses a card again, and that is where one is.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.turn import Turn
from voting.domain.ids import SittingId, is_rehearsal
from voting.domain.sitting import Sitting

AT_HAND = timedelta(minutes=30)
"""How long somebody who has turned to an exercise is taken to be at it still."""
SAME_DAY = timedelta(hours=12)
"""How long after its opening a rehearsal goes before the real sitting that is still to come."""


class LastPlace:
    """The rehearsal that each person spoke in last."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Nobody spoke yet."""
        self._now = now
        self._places: dict[tuple[str, str], tuple[SittingId, datetime]] = {}

    def note(self, turn: Turn, sitting: SittingId) -> None:
        """That person spoke in that sitting. Real ones are not kept: they need no help to be found."""
        identity = turn.sender.identity
        if identity is None:
            return
        if is_rehearsal(sitting):
            self._places[identity] = sitting, self._now()
        elif self._places:
            self._places.pop(identity, None)

    def is_at(self, turn: Turn, sitting: SittingId) -> bool:
        """Whether that person is at that rehearsal still."""
        where, when = self._places.get(turn.sender.identity or ("", ""), (None, self._now()))
        return where == sitting and self._now() - when < AT_HAND

    def is_fresh(self, sitting: Sitting) -> bool:
        """Whether that rehearsal was opened today: its date is that of its opening."""
        return self._now() - sitting.facts.scheduled_for < SAME_DAY
