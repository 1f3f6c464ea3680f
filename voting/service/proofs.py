"""The receipts of one member: each of his voices that counted, its line of the journal, the proof that it is there.

Nothing before the proclamation: a proof is made of hashes of its neighbours, which are the voices of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.domain.events import SittingEvent, VoteCast
from voting.domain.ids import PersonId, PollId
from voting.domain.polls import PollState
from voting.domain.sitting import Sitting
from voting.journal.codec import Codec
from voting.journal.merkle import Tree
from voting.journal.receipt import Receipt
from voting.journal.store import Entry, KeptCheckpoint

_VOICES = ("vote.cast/1", "vote.option_chosen/1")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenVoice:
    """A voice of a proclaimed poll, and what anyone can check it with."""

    poll: PollId
    member: PersonId
    """Whose voice; the reader gave it."""
    event: VoteCast
    line: str
    """Of the journal, to the byte."""
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedHead:
    """A signed head as it was posted or printed, and the proof that the newest one continues the same journal."""

    head: KeptCheckpoint
    proof: tuple[bytes, ...]


def published_heads(
    entries: Sequence[Entry], heads: Sequence[KeptCheckpoint], latest: KeptCheckpoint | None
) -> tuple[PublishedHead, ...]:
    """Every signed head up to the newest one. Each was signed as a result was said or at the end: no voice is open."""
    if latest is None:
        return ()
    tree = Tree(entry.leaf for entry in entries[: latest.size])
    known = [head for head in heads if head.size <= latest.size]
    return tuple(PublishedHead(head=head, proof=tree.consistency(head.size, latest.size)) for head in known)


def proven_voices(
    sitting: Sitting,
    entries: Sequence[Entry],
    codec: Codec[SittingEvent],
    head: KeptCheckpoint | None,
    person: PersonId,
) -> tuple[ProvenVoice, ...]:
    """In the order of the polls; those that no signed head covers yet are left out."""
    own = {
        (poll.id, mandate.member)
        for poll in sitting.polls.all.values()
        if poll.state is PollState.PROCLAIMED
        for mandate in poll.mandates_of(person)
    }
    if head is None or not own:
        return ()
    last: dict[tuple[PollId, PersonId], tuple[Entry, VoteCast]] = {}
    for entry in entries[: head.size]:
        if entry.name in _VOICES:
            event = codec.decode(entry.line).event
            if isinstance(event, VoteCast) and (event.poll, event.member) in own:
                last[event.poll, event.member] = entry, event
    tree = Tree(entry.leaf for entry in entries[: head.size])
    return tuple(
        ProvenVoice(
            poll=event.poll,
            member=event.member,
            event=event,
            line=entry.line.decode(),
            receipt=Receipt(index=entry.seq, path=tuple(tree.inclusion(entry.seq, head.size)), checkpoint=head.note),
        )
        for entry, event in last.values()
    )
