"""Keeps one meeting chat up to date: compute the cards, compare with what was sent, send the rest, one call at a time.

No queue: what should be on screen is computed again each time, so the newest state is what leaves, a card that was
overtaken is never sent, and a restart carries on from what is known to be on screen.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from contextvars import Context
from dataclasses import dataclass

import orjson

from bot.channel import NotNow, Speaker, Undeliverable, Unsure
from bot.meeting import Surroundings, Wanted, wanted
from bot.ports import Accounts, Conversations, Leases, Overtaken, SentCard, SentCards
from bot.shown import Shown
from bot.texts import catalogue
from bot.turn import Conversation, Message
from voting.domain.ids import SittingId
from voting.service.families import Heads, Recorder
from voting.service.live import Snapshot

_log = logging.getLogger(__name__)

LIVE_SECONDS = 3.0
"""One edit of a live card per this many seconds at most: Teams allows 1,800 calls an hour in one chat."""

MOST_VIEWERS = 60
"""Addresses that Teams accepts in ``refresh``; with more members, nobody is refreshed automatically."""

REST = 10.0
"""Seconds after which a process that has nothing to send any more lets others speak in that chat."""

LAST_CALL = 5.0
"""Seconds in which a process that stops still hears what became of a message: cut off, it would be sent twice."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


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
    shown: Callable[[SittingId, SentCards], Shown] = Shown


class Sender:
    """Keeps one meeting chat up to date, one call at a time."""

    def __init__(self, sitting: SittingId, desk: Desk) -> None:
        self.idle = asyncio.Event()
        self._sitting = sitting
        self._desk = desk
        self._news = asyncio.Event()
        self._shown = desk.shown(sitting, desk.sent)
        self._refused: set[tuple[str, str]] = set()
        self._is_unsure = False
        """A message may have been posted that we do not know of."""
        self._closing = False
        self._behind_since: float | None = None
        self._live_at: dict[str, float] = {}
        self._looked_at = 0.0
        self._drawn: tuple[Snapshot, Surroundings, Sequence[Wanted]] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._lease = ""
        """The conversation in which we asked to speak."""
        self._doubted = 0.0
        """The end of the doubt, after a process that lost the chat, that was cleared already."""
        self._task = asyncio.get_running_loop().create_task(
            self._run(),
            name=f"outbox-{sitting}",
            context=Context(),  # it outlives the activity that woke it, and is no part of it
        )

    def wake(self) -> None:
        """Compute the cards now."""
        self._fall_behind()
        self._news.set()

    def tick(self) -> None:
        """Compute them at the pace of the live cards: hundreds of votes come between two edits."""
        self._fall_behind()
        self._later(self._looked_at + self._desk.live_seconds - asyncio.get_running_loop().time())

    def lag(self) -> float:
        """Seconds for which what is on screen has not been the newest state, as far as it is for us to send."""
        return 0.0 if self._behind_since is None else asyncio.get_running_loop().time() - self._behind_since

    def _fall_behind(self) -> None:
        self.idle.clear()
        if self._behind_since is None:
            self._behind_since = asyncio.get_running_loop().time()

    @property
    def is_busy(self) -> bool:
        """Something may have to be sent from here."""
        return self._desk.leases.wants(self._lease)

    async def close(self) -> None:
        """Hear of the last call, and let others speak."""
        for timer in (self._timer, self._resting):
            if timer is not None:
                timer.cancel()
        self._closing = True
        self._news.set()
        _, cut = await asyncio.wait([self._task], timeout=LAST_CALL)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._leave(is_sure=not cut)

    async def _run(self) -> None:
        wait = _FIRST_WAIT
        while not self._closing:
            await self._news.wait()
            self._news.clear()
            self._stay()
            try:
                pause = await self._reconcile()
                wait = _FIRST_WAIT
            except (NotNow, Overtaken) as later:
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
        self._behind_since = None
        if not self._lease or self._desk.leases.holds(self._lease):
            self.idle.set()
            self._resting = asyncio.get_running_loop().call_later(self._desk.rest, self._leave)

    def _stay(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    def _leave(self, *, is_sure: bool = True) -> None:
        """Let others speak there, who may send something before we do again."""
        self._desk.leases.leave(self._lease, is_sure=is_sure)
        self._shown.forget()

    def _may_speak(self, chat: Conversation) -> bool:
        """Only one process speaks in a chat. Asks to be it; once it is so, everything is looked at again."""
        if chat.id != self._lease:
            self._leave()
            self._lease = chat.id
        if self._desk.leases.holds(chat.id):
            return True
        self._shown.forget()
        self._doubted = 0.0
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
        while not self._closing and self._may_speak(chat):
            doubt = await self._doubt(chat)
            await self._shown.write_down()
            due, pause = await self._next(chat, doubt)
            if due is None:
                return pause if doubt is None else min(doubt, pause or doubt)
            if wait := self._desk.speaker.delay(chat):
                await asyncio.sleep(wait)  # then look again: what was due may be overtaken
                continue
            if self._is_unsure:
                await self._desk.speaker.probe(chat)
                self._is_unsure = False
                continue
            if self._may_speak(chat):
                await self._put(chat, due)
        return None

    async def _doubt(self, chat: Conversation) -> float | None:
        """Seconds for which a call of the process that lost the chat may still arrive, and be written down by it.

        Meanwhile the book is read each time; afterwards, every card is edited once more.
        """
        until = self._desk.leases.doubted_until(chat.id)
        if until <= self._doubted:
            return None
        self._shown.forget()
        left = until - asyncio.get_running_loop().time()
        if left > 0:
            return left
        await self._shown.doubt(chat.id)
        self._doubted = until
        return None

    async def _next(self, chat: Conversation, doubt: float | None) -> tuple[Wanted | None, float | None]:
        snapshot = await self._desk.writer.snapshot(self._sitting)
        on_screen = await self._shown.cards()
        now = self._looked_at = asyncio.get_running_loop().time()
        pause: float | None = None
        for card in self._cards(snapshot, await self._around(snapshot, chat)):
            shown = on_screen.get((chat.id, card.slot))
            fingerprint = digest(card)
            if _is_settled(card, shown, fingerprint) or (card.slot, fingerprint) in self._refused:
                if card.is_final and doubt is None:
                    self._shown.unfinished.discard(card.slot)
                continue
            ready_in = self._live_at.get(card.slot, 0.0) + self._desk.live_seconds - now
            if shown is not None and card.is_live and ready_in > 0:
                pause = ready_in if pause is None else min(pause, ready_in)
                continue
            return card, None
        return None, pause

    async def _put(self, chat: Conversation, card: Wanted) -> None:
        shown = (await self._shown.cards()).get((chat.id, card.slot))
        self._live_at[card.slot] = asyncio.get_running_loop().time()
        try:
            activity_id = await self._say(chat, card, shown)
        except Undeliverable as refused:
            _log.error("card %s of %s not delivered: %s", card.slot, self._sitting, refused)
            self._refused.add((card.slot, digest(card)))
            return
        await self._shown.put(
            SentCard(
                sitting=self._sitting,
                conversation_id=chat.id,
                slot=card.slot,
                activity_id=activity_id,
                digest=digest(card),
            )
        )

    async def _say(self, chat: Conversation, card: Wanted, shown: SentCard | None) -> str:
        """Post it, or put it in place of what is shown; the activity id. Each attempt asks whether it may speak."""
        message = Message(card=card.card, summary=card.summary)

        def ours() -> Message:
            if not self._desk.leases.holds(chat.id):
                raise NotNow("another process speaks there")
            return message

        if shown is not None:
            await self._shown.edits((chat.id, card.slot))
            await self._desk.speaker.edit(chat, shown.activity_id, ours, card.priority)
            return shown.activity_id
        try:
            return await self._desk.speaker.send(chat, ours, card.priority)
        except Unsure:
            self._is_unsure = True
            raise

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
            unfinished=frozenset(self._shown.unfinished),
            results=self._shown.results(chat.id),
        )


def _is_settled(card: Wanted, shown: SentCard | None, fingerprint: str) -> bool:
    """Nothing to send for that slot."""
    if shown is None:
        return card.is_optional
    return card.is_still or shown.digest == fingerprint


def digest(card: Wanted) -> str:
    """The fingerprint of what a card shows."""
    return hashlib.sha256(orjson.dumps(card.card, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
