"""The three books in memory: what every look-up reads. ``sql`` fills them at the start and writes each change down."""

from collections.abc import Iterable
from dataclasses import replace

from bot.ports import Link, SentCard
from bot.turn import Conversation
from voting.domain.ids import PersonId, SittingId


class MemoryAccounts:
    """Who is behind an account; satisfies ``bot.ports.Accounts``."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._links: dict[SittingId, dict[PersonId, Link]] = {}
        self._persons: dict[tuple[SittingId, str, str], PersonId] = {}
        self._sittings: dict[tuple[str, str], list[SittingId]] = {}

    async def link(self, links: Iterable[Link]) -> None:
        """Add or replace, one per (sitting, person)."""
        for link in links:
            self.put(link)

    def put(self, link: Link) -> None:
        """Remember one link; the account is compared in lower case, as Entra writes it both ways."""
        known = self._links.setdefault(link.sitting, {})
        before = known.get(link.person)
        if before is not None and before.account is not None:
            self._persons.pop((link.sitting, before.tenant_id, before.account.lower()), None)
        known[link.person] = link
        if link.account is None:
            return
        account = (link.tenant_id, link.account.lower())
        self._persons[(link.sitting, *account)] = link.person
        sittings = self._sittings.setdefault(account, [])
        if link.sitting not in sittings:
            sittings.insert(0, link.sitting)

    async def met(self, sitting: SittingId, person: PersonId, user_id: str) -> None:
        """Remember the address that Teams uses for that person."""
        self.put(replace(self._links[sitting][person], user_id=user_id))

    def person(self, sitting: SittingId, tenant_id: str, account: str) -> PersonId | None:
        """Who that account is in that sitting."""
        return self._persons.get((sitting, tenant_id, account.lower()))

    def sittings(self, tenant_id: str, account: str) -> tuple[SittingId, ...]:
        """The sittings where that account is on the roll, newest first."""
        return tuple(self._sittings.get((tenant_id, account.lower()), ()))

    def links(self, sitting: SittingId) -> tuple[Link, ...]:
        """Everybody linked in that sitting."""
        return tuple(self._links.get(sitting, {}).values())


class MemoryConversations:
    """Where the bot may speak; satisfies ``bot.ports.Conversations``."""

    def __init__(self) -> None:
        """Nowhere yet."""
        self._addresses: dict[str, Conversation] = {}
        self._meetings: dict[SittingId, str] = {}
        self._sittings: dict[str, SittingId] = {}
        self._personal: dict[tuple[str, str], str] = {}

    async def bind(self, sitting: SittingId, conversation: Conversation) -> None:
        """That group chat is the meeting of that sitting from now on."""
        self._addresses[conversation.id] = conversation
        self._meetings[sitting] = conversation.id
        self._sittings[conversation.id] = sitting

    async def remember(self, conversation: Conversation, tenant_id: str, account: str | None) -> None:
        """Note the newest address of a conversation; with an account, it is that person's 1:1 chat."""
        self._addresses[conversation.id] = conversation
        if account is not None:
            self._personal[(tenant_id, account.lower())] = conversation.id

    def sitting_of(self, conversation_id: str) -> SittingId | None:
        """The sitting held in that group chat."""
        return self._sittings.get(conversation_id)

    def meeting_of(self, sitting: SittingId) -> Conversation | None:
        """The group chat of that sitting."""
        chat = self._meetings.get(sitting)
        return self._addresses[chat] if chat is not None else None

    def personal(self, tenant_id: str, account: str) -> Conversation | None:
        """The 1:1 chat with that account."""
        chat = self._personal.get((tenant_id, account.lower()))
        return self._addresses[chat] if chat is not None else None

    def is_known(self, conversation: Conversation, tenant_id: str, account: str | None) -> bool:
        """Nothing to write down: the same address for the same person."""
        if self._addresses.get(conversation.id) != conversation:
            return False
        return account is None or self._personal.get((tenant_id, account.lower())) == conversation.id


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
