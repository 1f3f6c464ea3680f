"""An evening of votes whose cards are followed: two processes, one chat, leases, and a Teams that fails.

Everything of a process is the real thing but its three lines: to the record, to the books, to Teams.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import orjson

from bot.meeting import Surroundings, moving, wanted
from bot.outbox import Outbox
from bot.ports import SentCards
from bot.rim import KeySigner
from bot.sender import Desk, digest
from bot.shown import Shown
from bot.speaker import ConnectorSpeaker
from bot.storage.leases import LATE, TERM, SharedLeases
from bot.storage.memory import MemoryAccounts, MemoryConversations
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceUrls
from bot.teams.pace import Pace
from bot.teams.token import NoToken
from bot.teams.transport import Transport
from bot.texts import catalogue
from bot.turn import Conversation, ConversationKind
from tests.kit import sittings as kit
from tests.kit.journals import KEY
from tests.reliability.books import Books, Wire
from tests.reliability.chat import SILENCE, Chat, Posted, Session
from tests.reliability.evening import Evening, Wrong, check
from tests.reliability.simulated import Line, SimulatedLoop, simulate, within
from tests.service.kit import CODEC
from voting.domain import commands as c
from voting.domain.ids import SittingId
from voting.journal.faults import StoreFault
from voting.service.checkpoints import Notary
from voting.service.follow import EVERY
from voting.service.handle import Writer
from voting.service.live import Live

MEETING = Conversation(
    id="19:meeting", kind=ConversationKind.GROUP, tenant_id="t", service_url="http://127.0.0.1:1", bot_id="28:bot"
)
REST = 80.0
"""Seconds of calm in which everything is shown: the longest wait, a last doubt, a last call."""
AFTER = 150.0
"""Seconds of calm in which everything comes to rest, and the chat is left."""
SOON = 20.0
"""Seconds in which a process that is well has written down what it sent."""


class Process:
    """One process of the bot, as ``bot.app`` and ``bot.replica`` wire it."""

    def __init__(self, evening: "CardEvening", name: str) -> None:
        self.name = name
        self.is_dead = False
        self.troubles: list[float] = []
        """When it was cut off, or died."""
        self._evening = evening
        self.line, self.wire = Line(evening.disk), Wire(evening.books, name)
        self.notary = Notary(self.line, KeySigner(KEY))
        self.writer = evening.writer(self.line, self.notary)
        self.leases = SharedLeases(self.wire, name)
        loop, chance = asyncio.get_running_loop(), evening.chance
        transport = Transport(
            Session(evening.chat, name, self.slot_of, self.speaks, self.struck),  # type: ignore[arg-type]  # as much as is used
            NoToken(),
            clock=loop.time,
            jitter=chance.random,
            wall_clock=loop.time,
        )
        self.shown_class: Callable[[SittingId, SentCards], Shown] = Shown
        self.speaker = ConnectorSpeaker(Connector(transport, ServiceUrls.local(), Pace(clock=loop.time)))
        self.outbox = Outbox(
            Desk(
                writer=self.writer,
                notary=self.notary,
                speaker=self.speaker,
                accounts=MemoryAccounts(),
                conversations=evening.conversations,
                sent=self.wire,
                leases=self.leases,
                shown=lambda sitting, sent: self.shown_class(sitting, sent),
            )
        )
        self.writer.listen(self.outbox.committed)
        self.notary.listen(self.outbox.attested)
        self.writer.watch(self.outbox.is_busy)
        self.leases.orphaned(self.outbox.orphaned)
        if evening.break_process is not None:
            evening.break_process(self)
        self.leases.start()
        self._tasks = [loop.create_task(self._follow()), loop.create_task(self._recover())]

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            self.writer.compare()

    async def _recover(self) -> None:
        """As ``App.start`` does; what cannot be read is tried again, as if the process were started again."""
        while True:
            try:
                await self.writer.recover(kit.SITTING)
                break
            except StoreFault:
                await asyncio.sleep(0.5)
        self.outbox.wake(kit.SITTING)

    def slot_of(self, card: object) -> str:
        """What a card on its way is for."""
        drawn = self.outbox._senders[kit.SITTING]._drawn
        assert drawn is not None
        return next((one.slot for one in drawn[2] if _bytes(one.card) == _bytes(card)), "")

    def speaks(self) -> None:
        """Something leaves for the chat: nobody else may believe to be its only speaker."""
        if self.is_dead:
            raise Wrong("a dead process speaks")
        now = asyncio.get_running_loop().time()
        holders = [one.name for one in self._evening.alive() if one.leases.holds(MEETING.id)]
        if self.name not in holders:
            raise self._evening.found(Wrong(f"{self.name} speaks, {holders} may"))
        if len(holders) > 1 and now - self._evening.books.jumped_at > TERM:
            raise self._evening.found(Wrong(f"{holders} all believe to be alone"))

    def struck(self) -> bool:
        """Whether it dies here, with a call on its way."""
        if self._evening.armed is not self:
            return False
        self._evening.armed = None
        self.kill()
        return True

    def cut_off(self, seconds: float) -> None:
        """From the books, and from nothing else."""
        self.troubles.append(asyncio.get_running_loop().time())
        self.wire.cut_until = self.troubles[-1] + seconds

    async def sleep(self, seconds: float) -> None:
        """Frozen in the middle of whatever it does, for so long."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        self.troubles.append(loop.time())
        loop.freeze(self.name)
        await asyncio.sleep(seconds)
        loop.thaw(self.name)
        self.troubles.append(loop.time())

    def kill(self) -> None:
        """kill -9: nothing of it goes on, but what Teams was told already."""
        self.is_dead = True
        self.troubles.append(asyncio.get_running_loop().time())
        for lane in self.writer._lanes:
            assert lane._task is not None
            lane._task.cancel()
        for sender in self.outbox._senders.values():
            for timer in (sender._timer, sender._resting):
                if timer is not None:
                    timer.cancel()
            sender._task.cancel()
        assert self.leases._task is not None
        for task in (*self._tasks, self.leases._task):
            task.cancel()

    async def retire(self) -> None:
        """A graceful stop, in the order of ``App.close``."""
        self.troubles.append(asyncio.get_running_loop().time())
        for task in self._tasks:
            task.cancel()
        await self.outbox.close()
        await self.leases.close()
        await self.writer.close()
        self.is_dead = True


@dataclass(slots=True)
class CardEvening(Evening):
    """Two items voted, a debate, a pause, the end; and what everybody saw, in between and after all."""

    voters: ClassVar[int] = 6
    break_process: Callable[[Process], None] | None = None
    processes: list[Process] = field(default_factory=list)
    armed: Process | None = None
    """Whoever dies with its next call under way."""
    is_over: bool = False
    wrong: Exception | None = None
    conversations: MemoryConversations = field(init=False)
    books: Books = field(init=False)
    chat: Chat = field(init=False)

    def __post_init__(self) -> None:
        Evening.__post_init__(self)
        self.books = Books(self.disk)
        self.chat = Chat(self.chance, self.disk.faults)
        self.conversations = MemoryConversations()

    def found(self, wrong: Wrong) -> Wrong:
        """Remember it: the outbox would only try again."""
        self.wrong = self.wrong or wrong
        return wrong

    def set_calm(self, is_calm: bool) -> None:
        """Whether nothing fails."""
        self.disk.is_calm = self.chat.is_calm = is_calm

    # --- two processes ------------------------------------------------------------------------------------------------

    def alive(self) -> list[Process]:
        """Those that run."""
        return [one for one in self.processes if not one.is_dead]

    def birth(self) -> Writer:
        name = f"p{len(self.processes) + 1}"
        self.processes.append(within(name, lambda: Process(self, name)))
        return self.processes[-1].writer

    async def misfortunes(self) -> None:
        """One process after the other dies, at any step or in a call, or is restarted, or is cut off from the books."""
        while not self.is_over:
            await asyncio.sleep(self.chance.uniform(1.0, 12.0))
            if self.disk.is_calm:
                continue
            which = self.chance.randrange(len(self.writers))
            process = next(one for one in self.processes if one.writer is self.writers[which])
            what = self.chance.choice(["crash", "crash in a call", "restart", "cut off from the books", "frozen"])
            self.disk.faults[what] += 1
            if what == "cut off from the books":
                process.cut_off(self.chance.uniform(1.0, 12.0))
                continue
            if what == "frozen":
                await process.sleep(self.chance.uniform(0.1, 30.0))
                continue
            if what == "crash in a call":
                self.armed = process
                await asyncio.sleep(5.0)
            self.writers[which] = self.writers[1 - which]  # nobody new is let in
            if what == "restart":
                await process.retire()
            else:
                process.kill()
                await asyncio.sleep(self.chance.uniform(0.0, 6.0))
            self.writers[which] = self.birth()

    async def silence(self) -> None:
        """In one evening of six, ten minutes without an answer of Teams."""
        if self.seed % 6 == 5:
            await asyncio.sleep(self.chance.uniform(0.0, 30.0))
            self.chat.silent_until = asyncio.get_running_loop().time() + SILENCE

    async def until_answered(self) -> None:
        """The end of the silence."""
        await asyncio.sleep(max(0.0, self.chat.silent_until - asyncio.get_running_loop().time()))

    # --- the sitting --------------------------------------------------------------------------------------------------

    def steps(self) -> Sequence[c.SittingCommand | str]:
        """What the clerk does: commands, polls that everybody votes in, and looks at what is on screen."""
        debate: list[c.SittingCommand] = [kit.ask(kit.m(2)), c.WithdrawFloor(by=kit.m(2), person=kit.m(2))]
        pause: list[c.SittingCommand] = [c.SuspendSitting(by=kit.CHAIR, reason=""), c.ResumeSitting(by=kit.CHAIR)]
        steps: list[c.SittingCommand | str] = [
            *("p1", "look", *kit.settled(), "look"),
            *(kit.call(), *debate, "look", *debate, *debate, "look", *pause, "look"),
            *(kit.open_poll(), "p2", "look", *kit.settled(), c.CloseSitting(by=kit.CHAIR)),
        ]
        return steps

    async def clerk(self) -> None:
        """Leads the sitting to its end, each command until it is acknowledged."""
        for number, step in enumerate(self.steps()):
            if step == "look":
                await self.look()
            elif isinstance(step, str):
                await asyncio.gather(*(self.member(one, step) for one in range(1, self.voters + 1)))
            else:
                await self.insist(step, f"clerk/{number}")
                await asyncio.sleep(self.chance.choice([0.0, 0.0, 1.0, 5.0, 15.0]))

    async def look(self) -> None:
        """Now and then nothing fails for a while: then everybody must see how things stand."""
        if self.chance.random() < 0.5:
            return
        await self.until_answered()
        self.set_calm(True)
        await asyncio.sleep(REST)
        await self.the_newest_state_is_on_screen()
        self.set_calm(False)

    async def play(self) -> None:
        await self.conversations.bind(kit.SITTING, MEETING)
        await self.open()
        self.writers = [self.birth(), self.birth()]
        self.set_calm(False)
        around = [asyncio.create_task(work()) for work in (self.words, self.misfortunes, self.silence)]
        async with asyncio.timeout(5 * SILENCE):
            await self.clerk()
            await asyncio.gather(*self.late)
            await around[2]
            await self.until_answered()
        self.set_calm(True)
        self.is_over = True
        await around[1]  # whoever was killed last is born again
        await asyncio.sleep(AFTER)
        around[0].cancel()
        await self.the_newest_state_is_on_screen()
        for process in self.alive():
            if process.outbox.is_busy(kit.SITTING):
                raise Wrong(f"{process.name} never came to rest")
            await process.retire()
        self.lines = await self.disk.read(kit.SITTING)
        self.lasted = asyncio.get_running_loop().time()

    async def the_newest_state_is_on_screen(self) -> None:
        """Each card as the journal has it now, even those that a process drew that knew less."""
        live = Live(kit.SITTING, CODEC)
        live.replay(await self.disk.read(kit.SITTING))
        notes = self.disk._checkpoints.get(kit.SITTING, {})
        around = Surroundings(
            texts=catalogue("fr"),
            checkpoint=notes[max(notes)] if notes and max(notes) >= live.final_size else "",
            follow=None,
            viewers=[],
            unfinished=moving(slot for _, slot in self.books.cards),
        )
        for card in wanted(live.snapshot(), around):
            kept = self.books.cards.get((MEETING.id, card.slot))
            if kept is None:
                if not card.is_optional:
                    raise Wrong(f"{card.slot} is missing")
            elif not card.is_still and _fingerprint(self.chat.messages[kept.activity_id]) != digest(card):
                raise Wrong(f"{card.slot} does not show the newest state")


# --- what must be true ------------------------------------------------------------------------------------------------


def check_cards(evening: CardEvening) -> None:
    """Everything that holds of the record, and of what everybody saw. Raises ``Wrong``."""
    if evening.wrong is not None:
        raise evening.wrong
    check(evening)
    every_further_copy_has_its_cause(evening)
    nobody_posts_into_silence(evening)


def every_further_copy_has_its_cause(evening: CardEvening) -> None:
    """Shown once; twice only if its sender was not told, could not write it down, or was overtaken in between."""
    landed = [post for post in evening.chat.posts if post.identifier]
    kept = {card.activity_id for card in evening.books.cards.values()}
    if any(not post.slot for post in landed):
        raise Wrong("a card that nobody wanted")
    evening.disk.faults["card twice"] += len(landed) - len(kept)
    for post in landed:
        if post.identifier not in kept and not _has_cause(post, landed, evening):
            raise Wrong(f"{post} was shown again without a cause")


def _has_cause(post: Posted, landed: Sequence[Posted], evening: CardEvening) -> bool:
    sender = next(one for one in evening.processes if one.name == post.asked.by)
    had_trouble = any(post.asked.at - SOON < trouble < post.asked.at + SOON for trouble in sender.troubles)
    return had_trouble or not post.asked.is_told or any(_overlap(post, other) for other in landed)


def _overlap(post: Posted, other: Posted) -> bool:
    """Two processes sent the same, one while the call of the other could still be under way."""
    is_same = post.slot == other.slot and post.asked.by != other.asked.by
    return is_same and abs(post.asked.at - other.asked.at) < LATE


def nobody_posts_into_silence(evening: CardEvening) -> None:
    """After a message of which nothing was heard, no process sends another one before Teams has answered anything."""
    waiting: dict[str, bool] = {}
    for request in evening.chat.requests:
        if request.method == "POST" and waiting.get(request.by):
            raise Wrong(f"{request.by} posts into the silence at {request.at:.0f} s")
        waiting[request.by] = not request.is_answered and (request.method == "POST" or waiting.get(request.by, False))


def _fingerprint(card: object) -> str:
    return hashlib.sha256(_bytes(card)).hexdigest()[:32]


def _bytes(card: object) -> bytes:
    return orjson.dumps(card, option=orjson.OPT_SORT_KEYS)


def card_evening_of(seed: int, break_process: Callable[[Process], None] | None = None) -> CardEvening:
    """That evening, played and checked."""
    evening = CardEvening(seed, break_process=break_process)
    simulate(evening.play(), seed)
    check_cards(evening)
    return evening
