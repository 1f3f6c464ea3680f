"""Who is behind the addresses of a roll: matches what the tenant's own records say with what the members file says.

Answers for: never linking anybody on a doubt, and never on anything that a person typed. Leaves asking Teams to
``bot.roster``, asking Entra to ``bot.teams.graph``, and where links are kept to ``bot.storage``.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.ports import Accounts, Link, Roster, RosterUnavailable, Seen
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


class Doubt(StrEnum):
    """Why a line of the roll has no account."""

    NO_ADDRESS = "no_address"
    """The line has neither address nor account."""
    NOT_FOUND = "not_found"
    """Nobody seen so far has that address."""
    SHARED_ADDRESS = "shared_address"
    """Several lines lead to one account: a vote would count for the wrong one."""
    SEVERAL_ACCOUNTS = "several_accounts"
    """Several accounts bear that address."""
    ACCOUNT_TAKEN = "account_taken"
    """The account found is another person's of the same roll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What one look into the tenant's records gave."""

    links: tuple[Link, ...]
    """To be kept: each person under the one account that can be his."""
    doubts: Mapping[tuple[SittingId, PersonId], Doubt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """Somebody of the roll whom the bot would not recognise."""

    person: PersonId
    address: str
    doubt: Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How far a roll is matched to accounts, for the clerk."""

    linked: int
    reached: int
    """Of those, how many have been seen in Teams: the bot knows their address there."""
    unlinked: tuple[Unlinked, ...]


Line = tuple[SittingId, PersonId]


def matched(accounts: Accounts, people: Iterable[Seen]) -> Matching:
    """Give an account to whoever is on a roll under an address that exactly one account of the same tenant bears."""
    lines: dict[Line, Link] = {}
    found: dict[Line, dict[str, Seen]] = {}
    for who in people:
        for link in (link for address in who.addresses for link in accounts.awaiting(who.tenant_id, address)):
            lines[(link.sitting, link.person)] = link
            found.setdefault((link.sitting, link.person), {})[who.account.lower()] = who
    claims = Counter((line[0], account) for line, candidates in found.items() for account in candidates)
    links: list[Link] = []
    doubts: dict[Line, Doubt] = {}
    for line, candidates in found.items():
        account, who = next(iter(candidates.items()))
        doubt = Doubt.SEVERAL_ACCOUNTS if len(candidates) > 1 else None
        if doubt is None and claims[(line[0], account)] > 1:
            doubt = Doubt.SHARED_ADDRESS
        if doubt is None and accounts.person(line[0], who.tenant_id, account) is not None:
            doubt = Doubt.ACCOUNT_TAKEN
        if doubt is None:
            links.append(replace(lines[line], account=account, user_id=who.user_id or lines[line].user_id))
        else:
            doubts[line] = doubt
    return Matching(links=tuple(links), doubts=doubts)


class Directory:
    """Links people as Teams shows them, and keeps the address under which Teams reaches each. One per process."""

    def __init__(self, roster: Roster, accounts: Accounts) -> None:
        """Asks nothing before somebody unknown speaks or a sitting is bound to a chat."""
        self._roster, self._accounts = roster, accounts
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._asked_at: dict[str, float] = {}
        self._doubts: dict[tuple[SittingId, PersonId], Doubt] = {}
        self._heard: dict[tuple[SittingId, PersonId], str] = {}
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

    def report(self, sitting: SittingId, roll: Iterable[Member]) -> Report:
        """Who of that roll would be recognised, and for the others why not."""
        links = {link.person: link for link in self._accounts.links(sitting)}
        known = [link for link in links.values() if link.account is not None]
        unlinked = []
        for member in roll:
            link = links.get(member.id)
            if link is None:
                unlinked.append(Unlinked(person=member.id, address="", doubt=Doubt.NO_ADDRESS))
            elif link.account is None:
                doubt = self._doubts.get((sitting, member.id), Doubt.NOT_FOUND)
                unlinked.append(Unlinked(person=member.id, address=link.email, doubt=doubt))
        reached = sum(1 for link in known if link.user_id)
        return Report(linked=len(known), reached=reached, unlinked=tuple(unlinked))

    async def close(self) -> None:
        """Write down what was learnt; a question under way is dropped."""
        asking = tuple(self._asking.values())
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
