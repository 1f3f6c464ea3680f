"""Who is behind the addresses of a roll: matches what the tenant's own records say with what the members file says.

Answers for: never linking anybody on a doubt, and never on anything that a person typed. Leaves asking Teams to
``bot.roster``, asking Entra to ``bot.teams.graph``, and where links are kept to ``bot.storage``.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from bot.matching import Asked, Doubt, Installed, Matching, Report, Unlinked, matched
from bot.ports import (
    Accounts,
    ChatInstall,
    DirectoryUnavailable,
    Link,
    Roster,
    RosterUnavailable,
    Seen,
    TenantDirectory,
)
from bot.turn import Conversation, Turn
from voting.domain.assembly import Member
from voting.domain.ids import PersonId, SittingId

_log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that somebody unknown may wait for Teams' answer; a late answer is taken in all the same."""
ASK_AGAIN_AFTER = 30.0
"""Strangers cost at most one reading of a chat in that time, however often they press."""
LEARN_TOGETHER = 1.0
"""Addresses learnt within that time are written down at once, after the votes that brought them."""
MOST_CHATS = 4096


class Directory:
    """Links people as Teams shows them, and keeps the address under which Teams reaches each. One per process."""

    def __init__(self, roster: Roster, accounts: Accounts, entra: TenantDirectory | None = None) -> None:
        """Asks nothing before somebody unknown speaks or a sitting is bound to a chat.

        ``entra`` where the organisation has opened its directory to the bot.
        """
        self._roster, self._accounts, self._entra = roster, accounts, entra
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._asked_at: dict[str, float] = {}
        self._doubts: dict[tuple[SittingId, PersonId], Doubt] = {}
        self._heard: dict[tuple[SittingId, PersonId], str] = {}
        self._searching: dict[SittingId, asyncio.Task[Asked]] = {}
        self._to_learn: dict[tuple[SittingId, PersonId], str] = {}
        self._learning: asyncio.Task[None] | None = None

    async def recognise(self, turn: Turn) -> None:
        """Somebody unknown speaks: have Teams say who is in that chat. Returns soon, whatever Teams does."""
        if turn.sender.identity is None or not self._accounts.awaits_anybody(turn.sender.identity[0]):
            return
        task = self._ask(turn.conversation, None)
        if task is not None:
            await asyncio.wait([task], timeout=PATIENCE)

    def look_around(self, conversation: Conversation, sitting: SittingId | None) -> asyncio.Task[None]:
        """Read that chat's roster now, behind the scenes: a sitting begins there, or somebody has joined it."""
        self._asked_at.pop(conversation.id, None)
        task = self._ask(conversation, sitting)
        return task if task is not None else self._asking[conversation.id]

    def met(self, sitting: SittingId, person: PersonId, user_id: str) -> None:
        """That person has just spoken from that address. Costs nothing when it is known."""
        key = sitting, person
        if not user_id or self._heard.get(key) == user_id:
            return
        if key not in self._heard:
            self._heard |= {(link.sitting, link.person): link.user_id or "" for link in self._accounts.links(sitting)}
            if self._heard.get(key) == user_id:
                return
        self._heard[key] = self._to_learn[key] = user_id
        if self._learning is None:
            self._learning = asyncio.get_running_loop().create_task(self._learn())

    async def take(self, people: Iterable[Seen]) -> Matching:
        """Link whom these records identify without a doubt."""
        matching = matched(self._accounts, people)
        await self._accounts.link(matching.links)
        for link in matching.links:
            self._doubts.pop((link.sitting, link.person), None)
        self._doubts |= matching.doubts
        return matching

    @property
    def has_entra(self) -> bool:
        """Whether the organisation has opened its directory to the bot."""
        return self._entra is not None

    @property
    def can_install(self) -> bool:
        """Whether the bot may put itself into people's Teams."""
        return self._entra is not None and self._entra.can_install

    def look_up(self, sitting: SittingId) -> asyncio.Task[Asked]:
        """A search of that roll, or the one under way."""
        if (under_way := self._searching.get(sitting)) is not None:
            return under_way
        task = self._searching[sitting] = asyncio.get_running_loop().create_task(self.search(sitting))
        task.add_done_callback(lambda done: self._searching.pop(sitting, None))
        return task

    async def search(self, sitting: SittingId) -> Asked:
        """Look in Entra for everybody of that roll whose account is not known, and check those that are."""
        links = self._accounts.links(sitting)
        addresses = {link.email for link in links if link.account is None and link.email}
        known = {link.account: link for link in links if link.account is not None}
        return await self._look_up(lambda entra: entra.find(addresses, known), known)

    async def search_group(self, identifier: str) -> Asked:
        """Link whoever is in that group or team and on a roll."""
        return await self._look_up(lambda entra: entra.group(identifier), {})

    async def install(self, sitting: SittingId, has_chat: Callable[[Link], bool]) -> Installed:
        """Put the bot into the Teams of whoever of that roll it could not write to; Teams then says where."""
        waiting = [link for link in self._accounts.links(sitting) if link.account is not None and not has_chat(link)]
        if self._entra is None:
            return Installed(done=0, refused=(), left=tuple(link.person for link in waiting), asked=Asked.TEAMS)
        done, refused = 0, list[PersonId]()
        for number, link in enumerate(waiting):
            try:
                is_there = await self._entra.install(link.account or "")
            except DirectoryUnavailable as unavailable:
                left = tuple(one.person for one in waiting[number:])
                return Installed(done=done, refused=tuple(refused), left=left, asked=Asked(unavailable.reason))
            done += is_there
            if not is_there:
                refused.append(link.person)
        return Installed(done=done, refused=tuple(refused))

    async def install_in_chat(self, chat: str) -> ChatInstall:
        """Put the bot into that chat; Teams then says that it is there, as after an installation by hand."""
        return ChatInstall.CLOSED if self._entra is None else await self._entra.install_in_chat(chat)

    async def _look_up(
        self, ask: Callable[[TenantDirectory], Awaitable[tuple[Seen, ...]]], known: Mapping[str, Link]
    ) -> Asked:
        if self._entra is None:
            return Asked.TEAMS
        try:
            people = await ask(self._entra)
        except DirectoryUnavailable as unavailable:
            return Asked(unavailable.reason)
        await self.take(people)
        there = {who.account for who in people}
        for account, link in known.items():
            self._doubts.pop((link.sitting, link.person), None)
            if account not in there:
                self._doubts[(link.sitting, link.person)] = Doubt.UNKNOWN_ACCOUNT
        return Asked.ENTRA

    def report(self, sitting: SittingId, roll: Iterable[Member], asked: Asked = Asked.TEAMS) -> Report:
        """Who of that roll would be recognised, and for the others why not."""
        links = {link.person: link for link in self._accounts.links(sitting)}
        found = [(member.id, links.get(member.id)) for member in roll]
        unlinked = [
            Unlinked(person=person, address=link.email if link else "", doubt=doubt)
            for person, link in found
            if (doubt := self._doubt(sitting, person, link)) is not None
        ]
        known = [link for _, link in found if link is not None and link.account is not None]
        reached = sum(1 for link in known if link.user_id)
        return Report(linked=len(found) - len(unlinked), reached=reached, unlinked=tuple(unlinked), asked=asked)

    def _doubt(self, sitting: SittingId, person: PersonId, link: Link | None) -> Doubt | None:
        if link is not None and link.account is not None:
            doubt = self._doubts.get((sitting, person))
            return doubt if doubt is Doubt.UNKNOWN_ACCOUNT else None
        if link is None or not link.email:
            return Doubt.NO_ADDRESS
        return self._doubts.get((sitting, person), Doubt.NOT_FOUND)

    async def close(self) -> None:
        """Write down what was learnt; a question under way is dropped."""
        asking: tuple[asyncio.Task[object], ...] = (*self._asking.values(), *self._searching.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        if self._learning is not None:
            self._learning.cancel()
            await asyncio.gather(self._learning, return_exceptions=True)
        await self._write_down()

    def _ask(self, conversation: Conversation, sitting: SittingId | None) -> asyncio.Task[None] | None:
        loop = asyncio.get_running_loop()
        if (under_way := self._asking.get(conversation.id)) is not None:
            return under_way
        if loop.time() < self._asked_at.get(conversation.id, float("-inf")) + ASK_AGAIN_AFTER:
            return None
        if len(self._asked_at) >= MOST_CHATS:
            self._asked_at.clear()
        self._asked_at[conversation.id] = loop.time()
        task = self._asking[conversation.id] = loop.create_task(self._read(conversation, sitting))
        task.add_done_callback(lambda done: self._asking.pop(conversation.id, None))
        return task

    async def _read(self, conversation: Conversation, sitting: SittingId | None) -> None:
        try:
            people = [who async for who in self._roster.people(conversation)]
            matching = await self.take(people)
        except RosterUnavailable as silent:
            _log.warning("roster of %s not read: %s", conversation.id, silent)
            return
        except Exception:
            _log.exception("roster of %s not taken in", conversation.id)
            return
        if matching.links:
            _log.info("%d people linked from the roster of %s", len(matching.links), conversation.id)
        if sitting is not None:
            self._meet_all(sitting, people)

    def _meet_all(self, sitting: SittingId, people: Iterable[Seen]) -> None:
        for who in people:
            person = self._accounts.person(sitting, who.tenant_id, who.account)
            if person is not None and who.user_id is not None:
                self.met(sitting, person, who.user_id)

    async def _learn(self) -> None:
        await asyncio.sleep(LEARN_TOGETHER)
        self._learning = None
        await self._write_down()

    async def _write_down(self) -> None:
        learnt, self._to_learn = self._to_learn, {}
        links = {(link.sitting, link.person): link for s in {s for s, _ in learnt} for link in self._accounts.links(s)}
        batch = [replace(links[key], user_id=user_id) for key, user_id in learnt.items() if key in links]
        try:
            await self._accounts.link(batch)
        except Exception:
            _log.exception("addresses learnt were not written down")
