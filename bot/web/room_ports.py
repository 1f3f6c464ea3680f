"""What the local room needs from the local Teams: who is there, what each sees, what each can do.

Every act goes over the wire protocol; the room itself never speaks to the bot.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from voting.domain.assembly import Member
from voting.domain.ids import PersonId, SittingId


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSitting:
    """A sitting that has a meeting on this machine."""

    sitting: SittingId
    title: str
    members: tuple[Member, ...]
    """The whole roll: everybody that one can be."""


class Message(Protocol):
    """A message as one person sees it."""

    @property
    def id(self) -> str:
        """The activity id."""
        ...

    @property
    def chat_id(self) -> str:
        """The conversation it is in."""
        ...

    @property
    def author_id(self) -> str | None:
        """None when the bot wrote it."""
        ...

    @property
    def author_name(self) -> str:
        """As shown."""
        ...

    @property
    def text(self) -> str:
        """Plain text; empty when there is only a card."""
        ...

    @property
    def card(self) -> Mapping[str, object] | None:
        """The Adaptive Card, in this person's version of it."""
        ...

    @property
    def at(self) -> float:
        """Seconds since the epoch."""
        ...

    @property
    def is_edited(self) -> bool:
        """The bot has changed it since."""
        ...

    @property
    def is_deleted(self) -> bool:
        """The bot has taken it away."""
        ...

    @property
    def is_only_theirs(self) -> bool:
        """Nobody else in the chat sees it."""
        ...

    @property
    def wants_refresh(self) -> bool:
        """A Teams client would now ask the bot for this person's version, without being told to."""
        ...

    @property
    def revision(self) -> int:
        """Grows with every change of any message."""
        ...


class Chair(Protocol):
    """A person's place in the room: two chats, and what can be done in them."""

    @property
    def user_id(self) -> str:
        """Whose messages are one's own."""
        ...

    @property
    def meeting(self) -> str:
        """The conversation id of the meeting's chat."""
        ...

    @property
    def own(self) -> str:
        """The conversation id of the 1:1 chat with the bot."""
        ...

    def messages(self) -> Sequence[Message]:
        """Both chats as this person sees them now, oldest first in each."""
        ...

    def changes(self, after: int) -> AsyncIterator[Message]:
        """Every message that changes for this person from that revision on."""
        ...

    async def say(self, chat: str, text: str) -> None:
        """Type something; in the meeting's chat the bot is mentioned."""
        ...

    async def press(self, chat: str, message: str, verb: str, data: Mapping[str, object]) -> Mapping[str, object]:
        """Press an `Action.Execute` button: the body of the invoke response."""
        ...

    async def refresh(self, chat: str, message: str) -> Mapping[str, object]:
        """Do what a Teams client does by itself with a card that `wants_refresh`."""
        ...


class Room(Protocol):
    """The local Teams, as the pages see it."""

    async def sittings(self) -> Sequence[RoomSitting]:
        """The sittings that have a meeting on this machine, the newest first."""
        ...

    def chair(self, sitting: SittingId, person: PersonId) -> Chair | None:
        """The place of that person; None when the meeting has nobody of that name."""
        ...
