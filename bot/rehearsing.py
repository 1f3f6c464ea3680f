"""Rehearsals from their opening to their purge: whose roll, in which chat, and back to the real sitting afterwards.

A rehearsal is an ordinary sitting in the rehearsals' own store; nothing here can write to an official one.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot import samples
from bot.cards.exercise import invitation
from bot.cards.marks import marked, purged
from bot.channel import NotNow, Speaker, Undeliverable
from bot.core import Core
from bot.outbox import Outbox
from bot.ports import Accounts, Conversations, Link, SentCards
from bot.texts import catalogue
from bot.turn import Conversation, Message, Priority
from voting.domain.assembly import Member, Role
from voting.domain.commands import ConveneSitting
from voting.domain.events import SittingClosed, SittingConvened
from voting.domain.ids import PRACTICE, REHEARSAL, PersonId, SittingId, is_rehearsal
from voting.domain.refusals import SittingUnknown
from voting.domain.sitting import Phase
from voting.imports import read_agenda, read_members
from voting.service.convene import Summons, convene
from voting.service.live import Recorded, Snapshot
from voting.service.ports import Clock, Ids, Rehearsal, Trainee
from voting.wording import catalogue as shared_catalogue

_log = logging.getLogger(__name__)

WIPED = ("poll/", "live/", "result/", "item/")
"""Cards of the meeting that tell of votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Who opens a rehearsal, as Teams vouches for him."""

    tenant_id: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge took away."""

    rehearsals: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsals:
    """Opens, ends and purges them."""

    core: Core
    accounts: Accounts
    conversations: Conversations
    sent: SentCards
    outbox: Outbox
    speaker: Speaker
    clock: Clock
    ids: Ids
    language: str = "fr"
    days: int = 7
    settle: Callable[[SittingId, SittingId | None], None] = lambda sitting, official: None
    """Tells the local tenant that these people are in that sitting too."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self, facts: SittingConvened | None, opener: Opener, chat: Conversation) -> Rehearsal:
        """A rehearsal in that chat, with the roll of that sitting; without one, the sample and its clerk's seat."""
        known = await self.core.aside.rehearsals.all()
        number = max((r.number for r in known), default=0) + 1
        command = await asyncio.to_thread(self._command, facts, number)
        await self.core.rehearsals.writer.submit(command.sitting, command)
        await self.accounts.link(self._links(command, facts, opener))
        rehearsal = Rehearsal(
            sitting=command.sitting,
            number=number,
            title=command.title,
            opened_at=self.clock.now(),
            official=facts.sitting if facts is not None else None,
            instead_of=_displaced(known, self.conversations.sitting_of(chat.id)),
        )
        await self.core.aside.rehearsals.keep(rehearsal)
        if facts is not None:
            await self.core.aside.help.keep_phones(command.sitting, await self.core.aside.help.phones(facts.sitting))
        await self.core.aside.readiness.enrol(command.sitting, trainees(command.members))
        await self.conversations.bind(command.sitting, chat)
        self.settle(command.sitting, rehearsal.official)
        self.outbox.wake(command.sitting)
        return rehearsal

    async def roll(self, facts: SittingConvened) -> SittingConvened | None:
        """The real sitting that this is, or whose roll this rehearsal has; None for a rehearsal with the sample."""
        if not is_rehearsal(facts.sitting):
            return facts
        known = next((r for r in await self.core.aside.rehearsals.all() if r.sitting == facts.sitting), None)
        if known is None or known.official is None:
            return None
        return (await self.core.writer.snapshot(known.official)).sitting.facts

    def _command(self, facts: SittingConvened | None, number: int) -> ConveneSitting:
        now = self.clock.now()
        texts = shared_catalogue(self.language)
        people = read_members(samples.MEMBERS)
        agenda = read_agenda(samples.REHEARSAL_AGENDA, people)
        sitting = SittingId(f"{REHEARSAL}{number}-{self.ids.new()}")
        summons = Summons(
            sitting=sitting,
            by=_leader(facts.members) if facts is not None else PersonId(people[0].id),
            scheduled_for=now,
            summoned_on=now.date(),
            summons_mentions_remote=True,
            body_name=samples.BODY_NAME,
        )
        if facts is not None:
            summons = replace(
                summons,
                body=facts.body,
                mode=facts.mode,
                body_name=facts.body_name,
                place=facts.place,
                standing_orders=facts.standing_orders,
            )
        command = convene(summons, people, agenda, {}, texts).command
        of = facts.title if facts is not None else command.title
        title = catalogue(self.language)("rehearsal.title", number=number, title=of)
        members = facts.members if facts is not None else command.members
        # A title is also typed and searched for: no no-break space in it.
        return replace(command, title=title.replace("\u00a0", " "), members=members)

    def _links(self, command: ConveneSitting, facts: SittingConvened | None, opener: Opener) -> list[Link]:
        if facts is not None:
            return [replace(link, sitting=command.sitting) for link in self.accounts.links(facts.sitting)]
        clerk = _leader(command.members)
        return [Link(sitting=command.sitting, person=clerk, tenant_id=opener.tenant_id, account=opener.account)]

    async def of(self, sitting: SittingId, *, also_purged: bool = False) -> list[Rehearsal]:
        """Those not purged yet that this is, or that were held for the same sitting, with their exercises."""
        known = [r for r in await self.core.aside.rehearsals.all() if also_purged or r.purged_at is None]
        asked = {s for r in known if r.sitting == sitting for s in (r.official, r.instead_of)}
        asked |= {r.part_of for r in known if r.sitting == sitting}
        real = {sitting, *asked} - {None}
        own = {r.sitting for r in known if real & {r.sitting, r.official, r.instead_of}}
        return [r for r in reversed(known) if r.sitting in own or r.part_of in own]

    # --- the end ------------------------------------------------------------------------------------------------------

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """A writer's listener: once a rehearsal is lifted, the chat is the real sitting's again."""
        if is_rehearsal(snapshot.id) and any(isinstance(one.event, SittingClosed) for one in recorded):
            self._in_background(self._ended(snapshot.id))

    async def _ended(self, sitting: SittingId) -> None:
        for known in await self.core.aside.rehearsals.all():
            if known.sitting == sitting and known.closed_at is None:
                await self.core.aside.rehearsals.keep(replace(known, closed_at=self.clock.now()))
                await self._give_back(known)

    async def _give_back(self, rehearsal: Rehearsal) -> None:
        """The chat goes back to the sitting that it was taken from, unless another holds it by now."""
        chat = self.conversations.meeting_of(rehearsal.sitting)
        real = rehearsal.instead_of
        if chat is None or real is None or self.conversations.sitting_of(chat.id) != rehearsal.sitting:
            return
        home = self.conversations.meeting_of(real)
        if home is not None and home.id == chat.id:
            await self.conversations.bind(real, chat)
            self.outbox.wake(real)

    async def purge(self, rehearsals: Sequence[Rehearsal]) -> Purged:
        """Forget their votes, the cards that told of them, who asked for help, telephones and accounts.

        Who is ready stays.
        """
        lines = 0
        for rehearsal in rehearsals:
            await self._give_back(rehearsal)
            await self.outbox.forget(rehearsal.sitting)
            lines += await self.core.rehearsals.purge(rehearsal.sitting)
            await self.core.aside.help.erase(rehearsal.sitting)
            await self.accounts.link(_unlinked(self.accounts.links(rehearsal.sitting)))
            self.core.feed.changed(rehearsal.sitting)
            now = self.clock.now()
            await self.core.aside.rehearsals.keep(
                replace(rehearsal, purged_at=now, closed_at=rehearsal.closed_at or now)
            )
            self._in_background(self._wipe(rehearsal.sitting))
        return Purged(rehearsals=sum(r.number > 0 for r in rehearsals), lines=lines)

    async def sweep(self) -> Purged:
        """Purge whatever has been over, or left alone, for too long."""
        now = self.clock.now()
        due = [
            rehearsal
            for rehearsal in await self.core.aside.rehearsals.all()
            if rehearsal.purged_at is None and now - await self._last_sign(rehearsal) >= timedelta(days=self.days)
        ]
        return await self.purge(due)

    async def _last_sign(self, rehearsal: Rehearsal) -> datetime:
        """Its end; for one that nobody lifted, the last thing that happened in it."""
        if rehearsal.closed_at is not None:
            return rehearsal.closed_at
        lines = await self.core.rehearsals.store.read(rehearsal.sitting)
        return datetime.fromisoformat(lines[-1].at) if lines else rehearsal.opened_at

    async def _wipe(self, sitting: SittingId) -> None:
        """Take the votes off the cards of the chat. What cannot be reached now stays there: Teams' own copy."""
        chat = self.conversations.meeting_of(sitting)
        if chat is None:
            return
        texts = catalogue(self.language)
        card = marked(purged(texts), texts)
        message = Message(card=card, summary=str(card["speak"]))
        for shown in await self.sent.load(sitting):
            if shown.slot.startswith(WIPED):
                try:
                    await self.speaker.edit(chat, shown.activity_id, message, Priority.NOTICE)
                except (NotNow, Undeliverable) as error:
                    _log.warning("card %s of %s not wiped: %s", shown.slot, sitting, error)

    async def remind(self, rehearsal: Rehearsal, people: Sequence[PersonId]) -> int:
        """A private invitation to the exercises, to each whose chat is known; how many it reached."""
        links = {link.person: link for link in self.accounts.links(rehearsal.sitting)}
        texts = catalogue(self.language)
        try:
            facts = (await self.core.writer.snapshot(rehearsal.sitting)).sitting.facts
        except SittingUnknown:  # purged: there is nothing left to try
            return 0
        card = marked(invitation(facts, texts), texts)
        message = Message(card=card, summary=str(card["speak"]), alert=True)
        reached = 0
        for person in people:
            link = links.get(person)
            chat = self.conversations.personal(link.tenant_id, link.account) if link and link.account else None
            if chat is not None:
                try:
                    await self.speaker.send(chat, message, Priority.NOTICE)
                    reached += 1
                except (NotNow, Undeliverable) as error:
                    _log.warning("reminder not delivered to %s: %s", person, error)
        return reached

    async def close(self) -> None:
        """Let what is under way end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _in_background(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _unlinked(links: Iterable[Link]) -> list[Link]:
    """The same seats, and nobody's account, address or mail behind them."""
    return [Link(sitting=link.sitting, person=link.person, tenant_id="", account=None) for link in links]


def _displaced(known: Sequence[Rehearsal], held: SittingId | None) -> SittingId | None:
    """The real sitting of that chat, through the rehearsals that took it one after the other."""
    if held is None or not is_rehearsal(held):
        return held
    return next((r.instead_of for r in known if r.sitting == held), None)


def trainees(members: Sequence[Member]) -> list[Trainee]:
    """Those who must be ready: whoever votes, or sits for somebody who does."""
    return [
        Trainee(person=m.id, name=m.full_name, group=m.group)
        for m in members
        if m.votes or m.substitute_for is not None
    ]


async def is_over(core: Core, sitting: SittingId) -> bool:
    """A rehearsal that is lifted or purged: its chat is free."""
    if not is_rehearsal(sitting):
        return False
    try:
        return (await core.writer.snapshot(sitting)).sitting.course.phase is Phase.CLOSED
    except SittingUnknown:
        return True


def is_practice(sitting: SittingId) -> bool:
    """The exercises of one member."""
    return sitting.startswith(PRACTICE)


def _leader(members: Sequence[Member]) -> PersonId:
    """The first clerk, else the chair."""
    by_role = {m.role: m.id for m in reversed(members)}
    return by_role.get(Role.CLERK) or by_role[Role.CHAIR]
