"""Our own view of one incoming activity, of what answers it and of what the bot sends.

Answers for: the words that the rest of the bot uses about Teams. Leaves the wire to `bot.teams`,
and what to do to `bot.activity`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class TurnKind(StrEnum):
    """What happened, as far as the bot is concerned."""

    TEXT = "text"
    PRESS = "press"
    """An `Action.Execute` button: answered in the response, the card may change for that person alone."""
    SUBMIT = "submit"
    """The `Action.Submit` fallback of an old client: a message without text, answered by a message."""
    REFRESH = "refresh"
    """A client asking for its own version of a card. Nobody pressed anything: never a vote."""
    INSTALLED = "installed"
    UNINSTALLED = "uninstalled"
    MEMBERS_CHANGED = "members_changed"
    MEETING_STARTED = "meeting_started"
    MEETING_ENDED = "meeting_ended"
    PARTICIPANTS_JOINED = "participants_joined"
    PARTICIPANTS_LEFT = "participants_left"
    FILE_CONSENT = "file_consent"
    IGNORED = "ignored"
    """Authenticated, but not for us or not readable: acknowledged, logged with `reason`, nothing done."""


class ConversationKind(StrEnum):
    """Who can read what is said in a conversation."""

    PERSONAL = "personal"
    GROUP = "group"
    """A group or meeting chat; also any kind we do not know, since it must then be taken as public."""
    CHANNEL = "channel"


class Trigger(StrEnum):
    """Whether a person or a client caused an invoke."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """All that is needed to speak in a conversation again later."""

    id: str
    kind: ConversationKind
    tenant_id: str
    service_url: str
    """Stable but not for ever: store again what the newest activity says."""
    bot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A person as Teams names them. Only `identity` says who they are."""

    user_id: str
    """The MRI, `29:…`: an address for this bot alone, never the key of a person."""
    account: str | None
    """The Entra object id, lower case; None for an anonymous guest, whatever name they chose."""
    name: str
    tenant_id: str | None

    @property
    def identity(self) -> tuple[str, str] | None:
        """(tenant, Entra object id), the only key of a person; None when Teams vouches for nobody."""
        if self.account and self.tenant_id:
            return self.tenant_id, self.account
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    """A file that somebody sent to the bot in a personal chat."""

    name: str
    download_url: str
    """Short-lived and pre-authorised: fetch it at once, never with the bot's own token."""
    file_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One incoming activity. What it claims about cards, roles or weights is a hint: decide from `sender.identity`."""

    kind: TurnKind
    activity_id: str
    reply_to_id: str | None
    """On a press: the activity id of the card that was pressed."""
    conversation: Conversation
    sender: Sender
    tenant_id: str
    text: str
    """What was said, without the bot's own mention, entities and odd spaces; other mentions are left as names."""
    data: Mapping[str, object]
    """The payload of the button, from a client: untrusted. For meeting events and file consent, the event's value."""
    verb: str
    trigger: Trigger
    locale: str | None
    meeting_id: str | None
    raw: Mapping[str, object] = field(repr=False)
    client: str | None = None
    """The kind of client, as it names itself: `Web`, `Windows`, `iOS`, `Android`…"""
    joined: tuple[Sender, ...] = ()
    left: tuple[Sender, ...] = ()
    files: tuple[SharedFile, ...] = ()
    is_invoke: bool = False
    """The sender's client waits for the answer in the HTTP response."""
    sitting: str | None = None
    """The sitting whose page this comes from, for who is at a page of ours and not in a chat; None from Teams."""
    reason: str = ""
    """Why an IGNORED turn was ignored, for the log."""


@dataclass(frozen=True, slots=True)
class CardReply:
    """A card: for a press it replaces, for that person alone, the card that was pressed; else it is a message."""

    card: Mapping[str, object]
    summary: str = ""
    """What a notification or a screen reader says of it, when it is sent as a message."""
    private: bool = False
    """In a group chat, only the person who asked may see it. An answer to an invoke always is private."""


@dataclass(frozen=True, slots=True)
class TextReply:
    """A sentence; for a press, a short notice that leaves the card as it was."""

    text: str
    private: bool = False
    is_no: bool = False
    """Nothing was done: refused, or not understood."""


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """Something went wrong; a refusal by the law is not an error."""

    code: str
    message: str
    status: int = 500
    """Inside the invoke body only: 400 for what the client sent, 500 for us. The HTTP answer is 200 in any case."""


Reply = CardReply | TextReply | ErrorReply | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOffer:
    """A file that the bot could put into a person's own store. Teams asks that person; only in a 1:1 chat."""

    name: str
    description: str
    size: int
    """In bytes, as the person is told."""
    context: Mapping[str, str]
    """Comes back with the answer, by way of the client: a hint like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStored:
    """A file that is in a person's own store, as Teams shows it."""

    name: str
    address: str
    unique_id: str
    file_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the bot sends or puts in place of an earlier message: a card, a text, or both; or a file."""

    card: Mapping[str, object] | None = None
    text: str = ""
    summary: str = ""
    """For notifications and screen readers, when there is only a card."""
    alert: bool = False
    """Also raise a notification in the activity feed."""
    file: FileOffer | FileStored | None = None


Content = Message | Callable[[], Message]
"""What to send, or how to make it at the moment it leaves: after a wait, and again at every attempt. An exception of
the function cancels the call and reaches the caller."""


class Priority(IntEnum):
    """What goes first when calls must wait for each other: the smallest."""

    URGENT = 0
    """Opening, result, answer to a person."""
    LIVE = 1
    """The live figures."""
    NOTICE = 2
    """Personal notices, anything that can wait."""
