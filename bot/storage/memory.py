"""The three books in memory: what every look-up reads. ``sql`` fills them at the start and writes each change down."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime

from bot.ports import KeptFile, Link, Seated, SentCard
from bot.turn import Conversation
from voting.domain.ids import PersonId, SittingId

Account = tuple[str, str]
"""Tenant and Entra object id, both in lower case."""


class AccountTaken(Exception):
    """Two people of one sitting under one account: nothing was linked, since votes would count for the wrong one."""

    def __init__(self, sitting: SittingId, person: PersonId, holder: PersonId) -> None:
        """``person`` was to get the account that ``holder`` has."""
        super().__init__(f"{sitting}: {person} and {holder}")
        self.sitting = sitting
        self.person = person
        self.holder = holder


class MemoryAccounts:
    """Who is behind an account; satisfies ``bot.ports.Accounts``."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._links: dict[SittingId, dict[PersonId, Link]] = {}
        self._persons: dict[tuple[SittingId, Account], PersonId] = {}
        self._sittings: dict[Account, set[SittingId]] = {}
        self._awaited: dict[Account, dict[tuple[SittingId, PersonId], None]] = {}
        self._order: dict[SittingId, int] = {}

    async def link(self, links: Iterable[Link]) -> None:
        """Add or replace, one per (sitting, person); all of them, or none when an account would be shared."""
        self.put(self.checked(links))

    async def met(self, sitting: SittingId, person: PersonId, user_id: str) -> None:
        """Remember the address that Teams uses for that person."""
        self.put([replace(self._links[sitting][person], user_id=user_id)])

    def person(self, sitting: SittingId, tenant_id: str, account: str) -> PersonId | None:
        """Who that account is in that sitting."""
        return self._persons.get((sitting, _account(tenant_id, account)))

    def sittings(self, tenant_id: str, account: str) -> tuple[SittingId, ...]:
        """The sittings where that account is on the roll, newest first."""
        found = self._sittings.get(_account(tenant_id, account), set())
        return tuple(sorted(found, key=self._order.__getitem__, reverse=True))

    def links(self, sitting: SittingId) -> tuple[Link, ...]:
        """Everybody linked in that sitting."""
        return tuple(self._links.get(sitting, {}).values())

    def awaiting(self, tenant_id: str, address: str) -> tuple[Link, ...]:
        """Whoever is on a roll of that tenant under that address, as long as no account is known."""
        found = self._awaited.get(_account(tenant_id, address), {})
        return tuple(self._links[sitting][person] for sitting, person in found)

    def awaits_anybody(self, tenant_id: str) -> bool:
        """Whether somebody of that tenant is on a roll under an address alone."""
        return any(tenant == tenant_id.lower() for tenant, _ in self._awaited)

    def checked(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """The same with ids in lower case, as Entra writes them both ways. Raises ``AccountTaken``."""
        after = {(link.sitting, link.person): _lowered(link) for link in links}
        wanted = {(link.sitting, key): link.person for link in after.values() if (key := _key(link)) is not None}
        for link in after.values():
            if (key := _key(link)) is None:
                continue
            holder = self._persons.get((link.sitting, key))
            if holder is None or (link.sitting, holder) in after:
                holder = wanted[(link.sitting, key)]
            if holder != link.person:
                raise AccountTaken(link.sitting, link.person, holder)
        return tuple(after.values())

    def put(self, links: Iterable[Link]) -> None:
        """Take in what was checked."""
        for link in links:
            self._order.setdefault(link.sitting, len(self._order))
            known = self._links.setdefault(link.sitting, {})
            self._part(known.get(link.person))
            known[link.person] = link
            if (key := _key(link)) is not None:
                self._persons[(link.sitting, key)] = link.person
                self._sittings.setdefault(key, set()).add(link.sitting)
            elif link.email:
                self._awaited.setdefault(_account(link.tenant_id, link.email), {})[(link.sitting, link.person)] = None

    def _part(self, link: Link | None) -> None:
        """Forget the account of a link that is replaced, unless somebody else of the batch has it already."""
        if link is not None and (awaited := self._awaited.get(_account(link.tenant_id, link.email))) is not None:
            awaited.pop((link.sitting, link.person), None)
            if not awaited:
                del self._awaited[_account(link.tenant_id, link.email)]
        if link is None or (key := _key(link)) is None or self._persons[(link.sitting, key)] != link.person:
            return
        del self._persons[(link.sitting, key)]
        self._sittings[key].discard(link.sitting)


class MemoryConversations:
    """Where the bot may speak; satisfies ``bot.ports.Conversations``."""

    def __init__(self) -> None:
        """Nowhere yet."""
        self._addresses: dict[str, Conversation] = {}
        self._meetings: dict[SittingId, str] = {}
        self._sittings: dict[str, SittingId] = {}
        self._personal: dict[Account, str] = {}

    async def bind(self, sitting: SittingId, conversation: Conversation) -> None:
        """That group chat is the meeting of that sitting from now on, and the sitting has left any other chat."""
        self._addresses[conversation.id] = conversation
        self.hold(sitting, conversation.id, is_held=True)

    async def remember(self, conversation: Conversation, tenant_id: str, account: str | None) -> None:
        """Note the newest address of a conversation; with an account, it is that person's 1:1 chat."""
        self._addresses[conversation.id] = conversation
        if account is not None:
            self._personal[_account(tenant_id, account)] = conversation.id

    def sitting_of(self, conversation_id: str) -> SittingId | None:
        """The sitting held in that group chat."""
        return self._sittings.get(conversation_id)

    def meeting_of(self, sitting: SittingId) -> Conversation | None:
        """The group chat of that sitting."""
        chat = self._meetings.get(sitting)
        return self._addresses[chat] if chat is not None else None

    def personal(self, tenant_id: str, account: str) -> Conversation | None:
        """The 1:1 chat with that account."""
        chat = self._personal.get(_account(tenant_id, account))
        return self._addresses[chat] if chat is not None else None

    def hold(self, sitting: SittingId, conversation_id: str, *, is_held: bool) -> None:
        """That chat is the sitting's; ``is_held`` is false once it has become the meeting of another one."""
        before = self._meetings.get(sitting)
        if before is not None and self._sittings.get(before) == sitting:
            del self._sittings[before]
        self._meetings[sitting] = conversation_id
        if is_held:
            self._sittings[conversation_id] = sitting

    def is_known(self, conversation: Conversation, tenant_id: str, account: str | None) -> bool:
        """Nothing to write down: the same address for the same person."""
        if self._addresses.get(conversation.id) != conversation:
            return False
        return account is None or self._personal.get(_account(tenant_id, account)) == conversation.id


class MemorySentCards:
    """What is on screen; satisfies ``bot.ports.SentCards``."""

    def __init__(self) -> None:
        """Nothing on screen."""
        self._cards: dict[SittingId, dict[tuple[str, str], SentCard]] = {}

    async def load(self, sitting: SittingId) -> tuple[SentCard, ...]:
        """Everything on screen for that sitting."""
        return tuple(self._cards.get(sitting, {}).values())

    async def save(self, card: SentCard) -> None:
        """Add or replace, one per (sitting, conversation, slot)."""
        self._cards.setdefault(card.sitting, {})[(card.conversation_id, card.slot)] = card


class MemoryFiles:
    """What people sent to convene with; satisfies ``bot.ports.KeptFiles``."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._files: dict[Account, dict[str, KeptFile]] = {}

    async def keep(self, tenant_id: str, account: str, file: KeptFile) -> None:
        """In the place of the one of that kind."""
        self._files.setdefault(_account(tenant_id, account), {})[file.kind] = file

    async def of(self, tenant_id: str, account: str) -> tuple[KeptFile, ...]:
        """What that account has sent, by kind."""
        found = self._files.get(_account(tenant_id, account), {})
        return tuple(found[kind] for kind in sorted(found))

    async def forget(self, tenant_id: str, account: str) -> None:
        """Erase it."""
        self._files.pop(_account(tenant_id, account), None)

    async def expire(self, before: datetime) -> None:
        """Erase what was sent earlier, whoever sent it."""
        for files in self._files.values():
            for kind in [kind for kind, file in files.items() if file.at < before]:
                del files[kind]


class MemorySeats:
    """Who is simulated in which rehearsal, for as long as the process lives; satisfies ``bot.ports.SeatBook``."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._seats: dict[SittingId, frozenset[PersonId]] = {}

    async def load(self) -> Seated:
        """Everybody who is simulated anywhere."""
        return dict(self._seats)

    async def fill(self, sitting: SittingId, people: Collection[PersonId]) -> None:
        """Those, and nobody else, are simulated there."""
        await self.free(sitting)
        if people:
            self._seats[sitting] = frozenset(people)

    async def free(self, sitting: SittingId, person: PersonId | None = None) -> None:
        """Nobody plays that member any more; without one, nobody plays there."""
        left = self._seats.pop(sitting, frozenset()) - {person}
        if person is not None and left:
            self._seats[sitting] = left

    def listen(self, changed: Callable[[Seated], None]) -> None:
        """There is no other process."""


class SoleLeases:
    """The leases of a process that is alone: all of them; satisfies ``bot.ports.Leases``."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self._wanted: set[str] = set()

    def want(self, name: str, got: Callable[[], None]) -> None:
        """It is ours at once."""
        if name not in self._wanted:
            self._wanted.add(name)
            got()

    def wants(self, name: str) -> bool:
        """It was asked for, and not left."""
        return name in self._wanted

    def holds(self, name: str) -> bool:
        """Nobody else is there."""
        return name in self._wanted

    def doubted_until(self, name: str) -> float:
        """Nobody ever lost it."""
        return 0.0

    def leave(self, name: str, *, is_sure: bool = True) -> None:
        """It is not needed any more."""
        self._wanted.discard(name)


def _account(tenant_id: str, account: str) -> Account:
    return tenant_id.lower(), account.lower()


def _key(link: Link) -> Account | None:
    return None if link.account is None else _account(link.tenant_id, link.account)


def _lowered(link: Link) -> Link:
    account = None if link.account is None else link.account.lower()
    return replace(link, tenant_id=link.tenant_id.lower(), account=account)
