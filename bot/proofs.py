"""One person's receipts for a page: each voice in words, and the file with which anyone checks it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import Core
from voting.domain.events import OptionChosen
from voting.domain.ids import PersonId, SittingId, is_rehearsal
from voting.domain.sitting import Sitting
from voting.journal.keys import to_base64
from voting.service.proofs import ProvenVoice, proven_voices, published_heads
from voting.service.views.parts import PersonView, PollView, person_view, poll_view

FORMAT = "hemicycle-receipt/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReceipt:
    """One voice."""

    poll: PollView
    member: PersonView
    is_own: bool
    """False: given for somebody whose proxy the reader held."""
    choice: str
    """``for``, ``against``…, or the name of what was chosen."""
    option: str
    """The id of what was chosen, as the line has it; empty where the question is for or against."""
    number: int
    """Of the line in the journal, from 1."""
    file: dict[str, str]
    """What is downloaded and checked: everything in it can be read."""


class Proofs:
    """Makes them from the journal, one person at a time."""

    def __init__(self, core: Core) -> None:
        """The store and the keys are its."""
        self._core = core
        self._one_at_a_time = asyncio.Semaphore(1)

    def key(self, sitting: SittingId) -> str:
        """The public key (vkey) that signs the heads of that journal."""
        pair = self._core.key.for_rehearsals() if is_rehearsal(sitting) else self._core.key
        return str(pair.vkey)

    async def of(self, sitting: SittingId, person: PersonId) -> tuple[VoiceReceipt, ...]:
        """Those of the proclaimed polls, the newest first."""
        async with self._one_at_a_time:
            snapshot = await self._core.writer.snapshot(sitting)
            head = await self._core.notary.latest(sitting)
            entries = await self._core.writer.history(sitting)
            state, codec = snapshot.sitting, self._core.codec
            found = await asyncio.to_thread(proven_voices, state, entries, codec, head, person)
        return tuple(_receipt(state, person, voice, self.key(sitting)) for voice in reversed(found))

    async def heads(self, sitting: SittingId) -> tuple[Mapping[str, object], ...]:
        """What was published of that journal, the oldest first: each signed note, and what ties it to the newest."""
        async with self._one_at_a_time:
            latest = await self._core.notary.latest(sitting)
            shelf = self._core.rehearsals if is_rehearsal(sitting) else self._core.official
            kept = await shelf.store.checkpoints(sitting)
            entries = await self._core.writer.history(sitting)
            found = await asyncio.to_thread(published_heads, entries, kept, latest)
        return tuple({"note": x.head.note, "proof": [to_base64(h) for h in x.proof]} for x in found)


def _receipt(sitting: Sitting, person: PersonId, voice: ProvenVoice, key: str) -> VoiceReceipt:
    poll, event = sitting.polls.all[voice.poll], voice.event
    chosen = poll.contest.option(event.option) if poll.contest and isinstance(event, OptionChosen) else None
    return VoiceReceipt(
        poll=poll_view(sitting, poll),
        member=person_view(sitting.roll[voice.member]),
        is_own=voice.member == person,
        choice=chosen.label if chosen is not None else event.choice.value,
        option=chosen.id if chosen is not None else "",
        number=voice.receipt.index + 1,
        file={"format": FORMAT, "line": voice.line, "proof": voice.receipt.text(), "key": key},
    )
