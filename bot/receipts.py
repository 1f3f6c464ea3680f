"""Where each voice of the poll at hand stands in the journal, for the cards. Kept while the poll may be looked at.

Only a convenience: after a restart a card shows the receipt of the press that it answers and no other, and
``mes votes`` reads the journal itself.
"""

from bot.cards.ballot import Receipt
from voting.domain.events import PollOpened, VoteCast
from voting.domain.ids import PersonId, PollId, SittingId
from voting.domain.polls import Poll
from voting.service.live import Recorded, Snapshot


class Receipts:
    """A writer's listener, asked by the activity handler."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._voices: dict[SittingId, tuple[PollId, dict[PersonId, Receipt]]] = {}

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """Note the places of the newest voices; a new poll forgets those of the one before."""
        for one in recorded:
            if isinstance(one.event, PollOpened):
                self._voices[snapshot.id] = (one.event.poll, {})
            elif isinstance(one.event, VoteCast):
                poll, voices = self._voices.setdefault(snapshot.id, (one.event.poll, {}))
                if poll == one.event.poll:
                    voices[one.event.member] = Receipt(seq=one.seq, leaf=one.leaf.hex())

    def repeated(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """Note the place of a voice whose press came again, if it is the one that counts: a restart forgot it."""
        for one in recorded:
            if isinstance(one.event, VoteCast):
                ballot = snapshot.sitting.polls.all[one.event.poll].ballots[one.event.member]
                if ballot.revision == one.event.revision:
                    self.committed(snapshot, (one,))

    def of(self, sitting: SittingId, poll: Poll | None, voter: PersonId) -> dict[PersonId, Receipt]:
        """The receipts of the voices that this person gives in that poll."""
        known, voices = self._voices.get(sitting, (None, {}))
        if poll is None or poll.id != known:
            return {}
        return {m.member: voices[m.member] for m in poll.mandates_of(voter) if m.member in voices}
