"""Who is connected to the call of a meeting, as far as Teams said: a hint for the clerk, never an attendance.

In memory alone: after a restart nobody is known to be connected until Teams says something or is asked.
"""

from dataclasses import dataclass, field

from bot.turn import Conversation, Turn, TurnKind

Identity = tuple[str, str]
MOST_CALLS = 1024


@dataclass(slots=True)
class Call:
    """One meeting's call."""

    conversation: Conversation
    meeting_id: str | None = None
    """From ``channelData.meeting``, the only one that Teams answers to."""
    here: set[Identity] = field(default_factory=set)
    gone: set[Identity] = field(default_factory=set)
    nameless: set[str] = field(default_factory=set)
    """Addresses of those for whom nobody vouches: guests without an account."""
    is_told: bool = False
    """Teams sends arrivals and departures of this meeting; otherwise silence means nothing."""


class Calls:
    """Every meeting that has said something to this process."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        self._calls: dict[str, Call] = {}

    def heard(self, turn: Turn) -> None:
        """Take in what an activity says of its meeting; most say nothing but its id."""
        if turn.meeting_id is None and turn.kind not in _MOVES:
            return
        call = self._calls.get(turn.conversation.id)
        if call is None:
            if len(self._calls) >= MOST_CALLS:
                self._calls.pop(next(iter(self._calls)))
            call = self._calls[turn.conversation.id] = Call(turn.conversation)
        call.conversation, call.meeting_id = turn.conversation, turn.meeting_id or call.meeting_id
        if turn.kind in (TurnKind.MEETING_STARTED, TurnKind.MEETING_ENDED):
            call.here, call.gone, call.nameless = set(), set(), set()
        elif turn.kind in (TurnKind.PARTICIPANTS_JOINED, TurnKind.PARTICIPANTS_LEFT):
            _moved(call, turn)

    def of(self, conversation_id: str) -> Call | None:
        """What is known of the call of that chat."""
        return self._calls.get(conversation_id)


_MOVES = (
    TurnKind.MEETING_STARTED,
    TurnKind.MEETING_ENDED,
    TurnKind.PARTICIPANTS_JOINED,
    TurnKind.PARTICIPANTS_LEFT,
)


def _moved(call: Call, turn: Turn) -> None:
    call.is_told = True
    for who in turn.joined:
        if who.identity is not None:
            call.here.add(who.identity)
            call.gone.discard(who.identity)
        else:
            call.nameless.add(who.user_id)
    for who in turn.left:
        if who.identity is not None:
            call.here.discard(who.identity)
            call.gone.add(who.identity)
        else:
            call.nameless.discard(who.user_id)
