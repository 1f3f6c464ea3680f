"""What must be true of the journal after everything that happened, said as naively as possible."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.reliability.crowd import Press, Receipt
from tests.service.kit import CODEC
from voting.domain.events import SittingEvent, VoteCast
from voting.domain.evolve import fold
from voting.domain.ids import PollId
from voting.domain.polls import PollState
from voting.journal.checkpoint import open_checkpoint, origin_of
from voting.journal.keys import SigningKey
from voting.journal.merkle import leaf_hash, root
from voting.journal.store import Entry, KeptCheckpoint


@dataclass(frozen=True, slots=True)
class Record:
    """What is on the disk."""

    entries: Sequence[Entry]
    checkpoints: Sequence[KeptCheckpoint]

    @property
    def events(self) -> list[SittingEvent]:
        """Every line, read."""
        return [CODEC.decode(entry.line).event for entry in self.entries]

    def votes(self) -> list[tuple[Press, Receipt]]:
        """Every vote with its place."""
        return [
            (Press(e.poll, e.by, e.member, e.revision, e.choice), Receipt(entry.seq, leaf_hash(entry.line).hex()))
            for entry, e in zip(self.entries, self.events, strict=True)
            if isinstance(e, VoteCast)
        ]


def acknowledged_votes_are_recorded(record: Record, told: Mapping[Press, Receipt]) -> None:
    """Each one once, with its content, at the line that its voter was told, with the hash that he was told."""
    recorded = record.votes()
    places = dict(recorded)
    assert len(places) == len(recorded), "the same vote twice"
    missing = [press for press, receipt in told.items() if places.get(press) != receipt]
    assert not missing, f"{len(missing)} votes lost, moved or changed: {missing[:3]}"


def nobody_votes_twice(record: Record) -> None:
    """One line for each state of a voice, without a gap."""
    states = Counter((press.poll, press.member, press.revision) for press, _ in record.votes())
    assert set(states.values()) <= {1}
    for poll, member in {(poll, member) for poll, member, _ in states}:
        revisions = sorted(r for p, m, r in states if (p, m) == (poll, member))
        assert revisions == list(range(len(revisions)))


def nothing_comes_from_nowhere(record: Record, sent: set[Press]) -> None:
    """Every vote was sent by its voter."""
    unknown = {press for press, _ in record.votes()} - sent
    assert not unknown


def the_journal_holds_together(record: Record, key: SigningKey, sitting: str, results: int) -> None:
    """No gap, hours that do not go back, every hash right, every signed head over these very lines."""
    assert [entry.seq for entry in record.entries] == list(range(len(record.entries)))
    assert all(entry.leaf == leaf_hash(entry.line) for entry in record.entries)
    times = [event.at for event in record.events]
    assert times == sorted(times)
    assert len(record.checkpoints) >= results
    for checkpoint in record.checkpoints:
        status = open_checkpoint(checkpoint.note, [key.vkey], origin_of(sitting))
        assert status.holds
        assert status.claimed is not None
        assert status.claimed.size == checkpoint.size
        assert status.claimed.root == root([entry.leaf for entry in record.entries[: checkpoint.size]])


def results_count_the_last_voices(record: Record, polls: Sequence[PollId]) -> None:
    """What was proclaimed is the sum of the last vote of each member, as recorded."""
    sitting = fold(record.events)
    assert list(sitting.polls.all) == list(polls)
    for poll in sitting.polls.all.values():
        last = {press.member: press.choice.value for press, _ in record.votes() if press.poll == poll.id}
        count = Counter(last.values())
        assert poll.state is PollState.PROCLAIMED
        assert poll.tally is not None
        assert (poll.tally.votes_for, poll.tally.against) == (count["for"], count["against"])
        assert (poll.tally.abstention, poll.tally.not_taking_part) == (count["abstention"], count["not_taking_part"])
