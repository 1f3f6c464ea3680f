"""Brings the meeting chats to the state of the journal: compute the cards, compare with what was sent, send the rest.

No queue: what should be on screen is computed again each time, so the newest state is what leaves, a card that was
overtaken is never sent, and a restart carries on from what is known to be on screen.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson

from bot.meeting import Surroundings, Wanted, moving, wanted
from bot.ports import Accounts, Conversations, Leases, SentCard, SentCards
from bot.texts import catalogue
from bot.turn import Conversation, Message, Priority
from voting.domain.events import VoteCast
from voting.domain.ids import PRACTICE, SittingId
from voting.journal.store import KeptCheckpoint
from voting.service.families import Heads, Recorder
from voting.service.live import Recorded, Snapshot

_log = logging.getLogger(__name__)

LIVE_SECONDS = 3.0
"""One edit of a live card per this many seconds at most: Teams allows 1,800 calls an hour in one chat."""

MOST_VIEWERS = 60
"""Addresses that Teams accepts in ``refresh``; with more members, nobody is refreshed automatically."""

REST = 10.0
"""Seconds after which a process that has nothing to send any more lets others speak in that chat."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


class Undeliverable(Exception):
    """The channel will never take this message."""


class NotNow(Exception):
    """The channel may take it later."""


class Speaker(Protocol):
    """The few things that the outbox does in Teams. Raises ``Undeliverable`` or ``NotNow``."""

    def delay(self, conversation: Conversation) -> float:
        """Seconds until something could be sent there: what is worth sending is decided after that wait."""
        ...

    async def send(self, conversation: Conversation, message: Message, priority: Priority) -> str:
        """Post; the activity id."""
        ...

    async def edit(self, conversation: Conversation, activity_id: str, message: Message, priority: Priority) -> None:
        """Put that content in place of an earlier message."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that a sender reads from and writes to."""

    writer: Recorder
    notary: Heads
    speaker: Speaker
    accounts: Accounts
    conversations: Conversations
    sent: SentCards
    leases: Leases
    language: str = "fr"
    board_address: Callable[[SittingId], str | None] = lambda sitting: None
    live_seconds: float = LIVE_SECONDS
    rest: float = REST


class Outbox:
    """One sender per sitting, started by the first change."""

    def __init__(self, desk: Desk) -> None:
        """Nothing is sent before something changes or ``wake`` is called."""
        self._desk = desk
        self._senders: dict[SittingId, _Sender] = {}

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """A writer's listener. Votes move nothing but live figures, which are looked at again when they may be sent."""
        if snapshot.id.startswith(PRACTICE):
            return  # one person's exercises have no meeting
        if all(isinstance(one.event, VoteCast) for one in recorded):
            self._sender(snapshot.id).tick()
        else:
            self.wake(snapshot.id)

    def attested(self, sitting: SittingId, checkpoint: KeptCheckpoint) -> None:
        """A notary's listener."""
        self.wake(sitting)

    def wake(self, sitting: SittingId) -> None:
        """Bring that sitting's chat up to date, soon."""
        self._sender(sitting).wake()

    def orphaned(self, conversation_id: str) -> None:
        """The process that spoke in that chat is gone: see that everything it should have sent is there."""
        sitting = self._desk.conversations.sitting_of(conversation_id)
        if sitting is not None:
            self.wake(sitting)

    def is_busy(self, sitting: SittingId) -> bool:
        """Something of that sitting may have to be sent from here."""
        return sitting in self._senders and self._senders[sitting].is_busy

    async def settled(self, sitting: SittingId) -> None:
        """Wait until that chat shows the newest state."""
        if sitting in self._senders:
            await self._senders[sitting].idle.wait()

    async def forget(self, sitting: SittingId) -> None:
        """That rehearsal is purged: leave its chat alone."""
        sender = self._senders.pop(sitting, None)
        if sender is not None:
            await sender.close()

    async def close(self) -> None:
        """Stop; what is missing on screen is sent after the next start."""
        await asyncio.gather(*(sender.close() for sender in self._senders.values()))

    def _sender(self, sitting: SittingId) -> "_Sender":
        if sitting not in self._senders:
            self._senders[sitting] = _Sender(sitting, self._desk)
        return self._senders[sitting]


class _Sender:
    """Keeps one meeting chat up to date, one call at a time."""

    def __init__(self, sitting: SittingId, desk: Desk) -> None:
        self.idle = asyncio.Event()
        self._sitting = sitting
        self._desk = desk
        self._news = asyncio.Event()
        self._on_screen: dict[tuple[str, str], SentCard] | None = None
        self._refused: set[tuple[str, str]] = set()
        self._unfinished: set[str] = set()
        """Slots on screen that may not have come to their last state: looked after however old they are."""
        self._live_at: dict[str, float] = {}
        self._looked_at = 0.0
        self._drawn: tuple[Snapshot, Surroundings, Sequence[Wanted]] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._lease = ""
        """The conversation in which we asked to speak."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name=f"outbox-{sitting}")

    def wake(self) -> None:
        """Compute the cards now."""
        self.idle.clear()
        self._news.set()

    def tick(self) -> None:
        """Compute them at the pace of the live cards: hundreds of votes come between two edits."""
        self.idle.clear()
        self._later(self._looked_at + self._desk.live_seconds - asyncio.get_running_loop().time())

    @property
    def is_busy(self) -> bool:
        return self._desk.leases.wants(self._lease)

    async def close(self) -> None:
        for timer in (self._timer, self._resting):
            if timer is not None:
                timer.cancel()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._leave()

    async def _run(self) -> None:
        wait = _FIRST_WAIT
        while True:
            await self._news.wait()
            self._news.clear()
            self._stay()
            try:
                pause = await self._reconcile()
                wait = _FIRST_WAIT
            except NotNow as later:
                _log.warning("chat of %s not up to date yet: %s", self._sitting, later)
                pause, wait = wait, min(wait * 2, _LONGEST_WAIT)
            except Exception:
                _log.exception("outbox of %s failed, tries again", self._sitting)
                pause, wait = wait, min(wait * 2, _LONGEST_WAIT)
            if pause is None:
                if not self._news.is_set() and self._timer is None:
                    self._settle()
                continue
            # sleep, but hear of anything new at once: an opening does not wait for live figures
            self._later(pause)

    def _settle(self) -> None:
        """Nothing to do: the chat is up to date, or another process is to bring it there."""
        if not self._lease or self._desk.leases.holds(self._lease):
            self.idle.set()
            self._resting = asyncio.get_running_loop().call_later(self._desk.rest, self._leave)

    def _stay(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    def _leave(self) -> None:
        """Let others speak there, who may send something before we do again."""
        self._desk.leases.leave(self._lease)
        self._on_screen = None

    def _may_speak(self, chat: Conversation) -> bool:
        """Only one process speaks in a chat. Asks to be it; once it is so, everything is looked at again."""
        if chat.id != self._lease:
            self._leave()
            self._lease = chat.id
        if self._desk.leases.holds(chat.id):
            return True
        self._on_screen = None
        self._desk.leases.want(chat.id, self.wake)
        return self._desk.leases.holds(chat.id)

    def _later(self, delay: float) -> None:
        """Wake then; sooner if that was said before."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if self._timer.when() <= loop.time() + delay:
                return
            self._timer.cancel()
        self._timer = loop.call_later(max(delay, 0.0), self._due)

    def _due(self) -> None:
        self._timer = None
        self._news.set()

    async def _reconcile(self) -> float | None:
        """Send the differences one by one, always from the newest state; seconds until the next live edit, or None."""
        chat = self._desk.conversations.meeting_of(self._sitting)
        if chat is None:
            return None
        while self._may_speak(chat):
            due, pause = await self._next(chat)
            if due is None:
                return pause
            if wait := self._desk.speaker.delay(chat):
                await asyncio.sleep(wait)  # then look again: what was due may be overtaken
                continue
            if self._may_speak(chat):
                await self._put(chat, due)
        return None

    async def _next(self, chat: Conversation) -> tuple[Wanted | None, float | None]:
        snapshot = await self._desk.writer.snapshot(self._sitting)
        on_screen = await self._known()
        now = self._looked_at = asyncio.get_running_loop().time()
        pause: float | None = None
        for card in self._cards(snapshot, await self._around(snapshot, chat)):
            shown = on_screen.get((chat.id, card.slot))
            fingerprint = digest(card)
            if _is_settled(card, shown, fingerprint) or (card.slot, fingerprint) in self._refused:
                if card.is_final:
                    self._unfinished.discard(card.slot)
                continue
            ready_in = self._live_at.get(card.slot, 0.0) + self._desk.live_seconds - now
            if shown is not None and card.is_live and ready_in > 0:
                pause = ready_in if pause is None else min(pause, ready_in)
                continue
            return card, None
        return None, pause

    async def _put(self, chat: Conversation, card: Wanted) -> None:
        on_screen = await self._known()
        shown = on_screen.get((chat.id, card.slot))
        message = Message(card=card.card, summary=card.summary)
        self._live_at[card.slot] = asyncio.get_running_loop().time()
        try:
            if shown is None:
                activity_id = await self._desk.speaker.send(chat, message, card.priority)
            else:
                activity_id = shown.activity_id
                await self._desk.speaker.edit(chat, activity_id, message, card.priority)
        except Undeliverable as refused:
            _log.error("card %s of %s not delivered: %s", card.slot, self._sitting, refused)
            self._refused.add((card.slot, digest(card)))
            return
        kept = SentCard(
            sitting=self._sitting,
            conversation_id=chat.id,
            slot=card.slot,
            activity_id=activity_id,
            digest=digest(card),
        )
        on_screen[(chat.id, card.slot)] = kept
        self._unfinished |= moving([card.slot])
        await self._desk.sent.save(kept)

    async def _known(self) -> dict[tuple[str, str], SentCard]:
        if self._on_screen is None:
            kept = await self._desk.sent.load(self._sitting)
            self._on_screen = {(card.conversation_id, card.slot): card for card in kept}
            self._unfinished |= moving(card.slot for card in kept)
        return self._on_screen

    def _cards(self, snapshot: Snapshot, around: Surroundings) -> Sequence[Wanted]:
        """What should be on screen, not drawn again for the next of several cards to send."""
        if self._drawn is None or self._drawn[0] is not snapshot or self._drawn[1] != around:
            self._drawn = snapshot, around, wanted(snapshot, around)
        return self._drawn[2]

    async def _around(self, snapshot: Snapshot, chat: Conversation) -> Surroundings:
        latest = await self._desk.notary.latest(self._sitting)
        is_covered = latest is not None and latest.size >= snapshot.final_size
        poll = snapshot.sitting.polls.open_poll()
        voters = {mandate.voter for mandate in poll.electorate.values()} if poll is not None else set()
        links = self._desk.accounts.links(self._sitting) if voters else ()
        viewers = [link.user_id for link in links if link.user_id and link.person in voters]
        return Surroundings(
            texts=catalogue(self._desk.language),
            checkpoint=latest.note if latest is not None and is_covered else "",
            follow=self._desk.board_address(self._sitting),
            viewers=viewers if len(voters) <= MOST_VIEWERS else [],
            unfinished=frozenset(self._unfinished),
            results=frozenset(s for c, s in await self._known() if c == chat.id and s.startswith("result/")),
        )


def _is_settled(card: Wanted, shown: SentCard | None, fingerprint: str) -> bool:
    """Nothing to send for that slot."""
    if shown is None:
        return card.is_optional
    return card.is_still or shown.digest == fingerprint


def digest(card: Wanted) -> str:
    """The fingerprint of what a card shows."""
    return hashlib.sha256(orjson.dumps(card.card, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
