"""What the bot keeps that is not the record: who is behind an account, where to speak, which cards are on screen.

Protocols only; ``bot/storage`` keeps them in the database, tests and other rims bring their own.
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.turn import Conversation, SharedFile
from voting.domain.ids import PersonId, SittingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A person of a sitting's roll and the Entra account behind him. Kept apart from the public journal."""

    sitting: SittingId
    person: PersonId
    tenant_id: str
    account: str | None
    """Entra object id, lower case; None while only the address is known."""
    email: str = ""
    user_id: str | None = None
    """The MRI, learnt when the person first speaks to the bot: an address for this bot alone."""


class Accounts(Protocol):
    """Link between the members of a sitting and their accounts. Look-ups are answered from memory: every vote asks."""

    async def link(self, links: Iterable[Link]) -> None:
        """Add or replace, one per (sitting, person)."""
        ...

    async def met(self, sitting: SittingId, person: PersonId, user_id: str) -> None:
        """Remember the address that Teams uses for that person."""
        ...

    def person(self, sitting: SittingId, tenant_id: str, account: str) -> PersonId | None:
        """Who that account is in that sitting."""
        ...

    def sittings(self, tenant_id: str, account: str) -> tuple[SittingId, ...]:
        """The sittings where that account is on the roll, newest first."""
        ...

    def links(self, sitting: SittingId) -> tuple[Link, ...]:
        """Everybody linked in that sitting."""
        ...

    def awaiting(self, tenant_id: str, address: str) -> tuple[Link, ...]:
        """Whoever is on a roll of that tenant under that address, as long as no account is known."""
        ...

    def awaits_anybody(self, tenant_id: str) -> bool:
        """Whether somebody of that tenant is on a roll under an address alone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Somebody as the tenant's own records show them. Nothing in it was typed by that person."""

    account: str
    """Entra object id."""
    tenant_id: str
    addresses: frozenset[str]
    """Mail and sign-in name."""
    user_id: str | None = None
    """The MRI, where Teams itself was asked."""


class RosterUnavailable(Exception):
    """Teams did not say who is in that chat."""


class Roster(Protocol):
    """Who is in a chat, according to Teams."""

    def people(self, conversation: Conversation) -> AsyncIterator[Seen]:
        """Everybody of it who has an account, page by page. Raises ``RosterUnavailable``."""
        ...


class DirectoryUnavailable(Exception):
    """Entra did not answer: ``reason`` is ``not_granted`` (an administrator must consent) or ``silent``."""

    def __init__(self, reason: str) -> None:
        """``not_granted`` or ``silent``."""
        super().__init__(reason)
        self.reason = reason


class ChatInstall(StrEnum):
    """What became of putting the bot into a chat."""

    DONE = "done"
    THERE = "there"
    """It was there already."""
    NOT_GRANTED = "not_granted"
    """An administrator has not consented, or Teams allows nobody to add it there."""
    NO_CHAT = "no_chat"
    """There is no such chat, or no such app in the catalogue."""
    REFUSED = "refused"
    """What the app in the catalogue asks for is not what this version asks for."""
    SILENT = "silent"
    CLOSED = "closed"
    """The organisation has not opened Graph to the bot, or not said which app of its catalogue is ours."""


class TenantDirectory(Protocol):
    """Who has an account in the tenant, according to Entra. Every method may raise ``DirectoryUnavailable``."""

    @property
    def can_install(self) -> bool:
        """Whether there is an app of ours in the catalogue to install."""
        ...

    async def find(self, addresses: Collection[str], accounts: Collection[str]) -> tuple[Seen, ...]:
        """Whoever bears one of these addresses or is one of these accounts."""
        ...

    async def group(self, identifier: str) -> tuple[Seen, ...]:
        """The people of a group, or of a team, which is one."""
        ...

    async def install(self, account: str) -> bool:
        """Put the bot into that person's Teams; false when it cannot be (no such person, no licence)."""
        ...

    async def install_in_chat(self, chat: str) -> ChatInstall:
        """Put the bot into that chat, a meeting's or another. Raises nothing."""
        ...


class Conversations(Protocol):
    """Where the bot may speak. Answered from memory."""

    async def bind(self, sitting: SittingId, conversation: Conversation) -> None:
        """That group chat is the meeting of that sitting from now on."""
        ...

    async def remember(self, conversation: Conversation, tenant_id: str, account: str | None) -> None:
        """Note the newest address of a conversation; with an account, it is that person's 1:1 chat."""
        ...

    def sitting_of(self, conversation_id: str) -> SittingId | None:
        """The sitting held in that group chat."""
        ...

    def meeting_of(self, sitting: SittingId) -> Conversation | None:
        """The group chat of that sitting."""
        ...

    def personal(self, tenant_id: str, account: str) -> Conversation | None:
        """The 1:1 chat with that account."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCard:
    """A card that is on screen somewhere."""

    sitting: SittingId
    conversation_id: str
    slot: str
    """What the card is for (``poll/p4``, ``live/p4``): one card per slot and conversation."""
    activity_id: str
    digest: str
    """Fingerprint of the content last sent."""


class Overtaken(Exception):
    """Another process speaks in that chat by now, and has written down what is there: ours is older."""


class SentCards(Protocol):
    """What was last put on screen, so that a restart sends only the difference."""

    async def load(self, sitting: SittingId) -> tuple[SentCard, ...]:
        """Everything on screen for that sitting."""
        ...

    async def save(self, card: SentCard) -> None:
        """Add or replace, one per (sitting, conversation, slot). ``Overtaken``: it is not replaced."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that somebody sent to convene a sitting of, until that is done."""

    kind: str
    """``FileKind``: one of each kind is kept for an account, the last one sent."""
    name: str
    content: bytes
    at: datetime


class KeptFiles(Protocol):
    """What people sent to the bot and have not used yet. It names people: nothing is kept longer than a day."""

    async def keep(self, tenant_id: str, account: str, file: KeptFile) -> None:
        """In the place of the one of that kind."""
        ...

    async def of(self, tenant_id: str, account: str) -> tuple[KeptFile, ...]:
        """What that account has sent."""
        ...

    async def forget(self, tenant_id: str, account: str) -> None:
        """Erase it: it was used, or is not wanted any more."""
        ...

    async def expire(self, before: datetime) -> None:
        """Erase what was sent earlier, whoever sent it."""
        ...


class FileNotFetched(Exception):
    """A shared file could not be had: ``reason`` is ``gone``, ``too_big``, ``foreign`` (not Teams' own store) or
    ``silent``.
    """

    def __init__(self, reason: str) -> None:
        """One of the four."""
        super().__init__(reason)
        self.reason = reason


class FileNotPut(Exception):
    """A file could not be put where its reader wants it: ``reason`` is ``foreign`` (not Teams' own store), ``gone``
    (nobody waits for it there any more), ``full`` or ``silent``.
    """

    def __init__(self, reason: str) -> None:
        """One of the four."""
        super().__init__(reason)
        self.reason = reason


class FileShare(Protocol):
    """Where Teams puts the files that people and the bot send each other."""

    async def fetch(self, file: SharedFile) -> bytes:
        """Its content. Raises ``FileNotFetched``."""
        ...

    async def put(self, address: str, content: bytes) -> None:
        """Fill the place that Teams prepared at that address. Raises ``FileNotPut``."""
        ...

    def is_known(self, address: str) -> bool:
        """Whether that address is in that store, and nowhere else."""
        ...


Seated = Mapping[SittingId, frozenset[PersonId]]
"""Who is simulated, by rehearsal."""


class SeatBook(Protocol):
    """Who is simulated in which rehearsal, kept for whichever process plays them next."""

    async def load(self) -> Seated:
        """Everybody who is simulated anywhere."""
        ...

    async def fill(self, sitting: SittingId, people: Collection[PersonId]) -> None:
        """Those, and nobody else, are simulated there."""
        ...

    async def free(self, sitting: SittingId, person: PersonId | None = None) -> None:
        """Nobody plays that member any more; without one, nobody plays there."""
        ...

    def listen(self, changed: Callable[[Seated], None]) -> None:
        """Hear of what other processes change."""
        ...


class Leases(Protocol):
    """Which process speaks in a conversation, among several that could: one at a time, and never none for long."""

    def want(self, name: str, got: Callable[[], None]) -> None:
        """Ask for it, and keep it once it is ours; ``got`` is called each time that it becomes so."""
        ...

    def wants(self, name: str) -> bool:
        """It was asked for, and not left."""
        ...

    def holds(self, name: str) -> bool:
        """It is surely ours for a moment longer."""
        ...

    def doubted_until(self, name: str) -> float:
        """Until when (on the clock of the loop) a call of the process that lost it may still arrive; else 0."""
        ...

    def leave(self, name: str, *, is_sure: bool = True) -> None:
        """It is not needed any more: whoever else wants it may have it, later if a call of ours may still arrive."""
        ...
