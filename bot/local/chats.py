"""The chats of the local Teams: who is in them, what was posted, and what each person sees of it.

Answers for: state in memory and news of its changes. Leaves HTTP to `connector`, and what people do to `client`.
"""

import asyncio
import base64
import itertools
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.local.drive import drawn
from bot.teams.answers import CARD_TYPE, OFFER_TYPE
from bot.texts import Catalogue, catalogue

Json = Mapping[str, object]
MOST_REFRESHED = 60
"""Teams refreshes for at most so many people, and for everybody in a chat no larger than that."""
REMEMBERED_CHANGES = 4096


class Unknown(Exception):
    """No such chat, message or person. `code` is Teams' word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a client. `account` None: an anonymous guest of a meeting."""

    user_id: str
    account: str | None
    name: str
    tenant_id: str
    email: str = ""
    role: Literal["user", "guest", "anonymous"] = "user"


def new_user_id(account: str) -> str:
    """An MRI as Teams makes them: different for every bot, the same for a person every time."""
    return "29:1" + base64.urlsafe_b64encode(account.encode()).decode().rstrip("=")


@dataclass(slots=True, kw_only=True)
class Chat:
    """A meeting's chat, or a person's own with the bot."""

    id: str
    kind: Literal["groupChat", "personal"]
    title: str
    members: dict[str, Person]
    tenant_id: str
    meeting_id: str | None = None
    organizer: str | None = None
    in_meeting: set[str] = field(default_factory=set)
    """MRIs of those who are in the call, as far as the chat's client said."""


@dataclass(slots=True, kw_only=True)
class _Entry:
    id: str
    chat: Chat
    author: Person | None
    recipient: str | None
    at: float
    text: str = ""
    summary: str = ""
    card: Json | None = None
    offer: Json | None = None
    """Of a file that its reader has not answered yet, as the bot sent it."""
    is_edited: bool = False
    is_deleted: bool = False
    revision: int = 0
    views: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as one person sees it."""

    id: str
    chat_id: str
    author_id: str | None
    """None when it is the bot's."""
    author_name: str
    text: str
    summary: str
    card: Json | None
    at: float
    is_edited: bool
    is_deleted: bool
    is_only_theirs: bool
    """Nobody else in the chat sees the message at all."""
    is_own_view: bool
    """The card is this person's own version, from an answer to their press."""
    wants_refresh: bool
    """A real client would now ask the bot for this person's version."""
    revision: int


class Chats:
    """Everything that a local Teams remembers, which is nothing after the process ends."""

    def __init__(
        self,
        *,
        bot_id: str,
        bot_name: str,
        tenant_id: str,
        clock: Callable[[], float] = time.time,
        texts: Catalogue | None = None,
    ) -> None:
        """``texts``: in which clients draw what is theirs to draw."""
        self._texts = texts or catalogue("fr")
        self.bot_id, self.bot_name, self.tenant_id = bot_id, bot_name, tenant_id
        self._clock = clock
        self._people: dict[str, Person] = {}
        self._chats: dict[str, Chat] = {}
        self._entries: dict[str, dict[str, _Entry]] = {}
        self._last_id = 0
        self._revision = 0
        self._changed = asyncio.Event()
        self._changes: deque[_Entry] = deque(maxlen=REMEMBERED_CHANGES)

    @property
    def revision(self) -> int:
        """The number of the newest change."""
        return self._revision

    def add(self, *people: Person) -> None:
        """Make people known."""
        self._people.update((person.user_id, person) for person in people)

    def person(self, identifier: str) -> Person:
        """By MRI or Entra object id, as the routes allow both."""
        if (person := self._people.get(identifier)) is not None:
            return person
        wanted = identifier.casefold()
        for person in self._people.values():
            if person.account is not None and person.account.casefold() == wanted:
                return person
        raise Unknown("UserNotFound")

    def open_meeting(self, title: str, members: Iterable[Person], *, organizer: Person | None = None) -> Chat:
        """A new meeting chat, with an id and a meeting id as Teams makes them."""
        thread = f"19:meeting_{base64.urlsafe_b64encode(secrets.token_bytes(36)).decode()}@thread.v2"
        everybody = {person.user_id: person for person in members}
        self.add(*everybody.values())
        chat = Chat(
            id=thread,
            kind="groupChat",
            title=title,
            members=everybody,
            tenant_id=self.tenant_id,
            meeting_id=base64.b64encode(f"0#{thread}#0".encode()).decode(),
            organizer=organizer.account if organizer else None,
        )
        return self._open(chat)

    def personal(self, person: Person) -> Chat:
        """The person's own chat with the bot, always the same."""
        self.add(person)
        identifier = "a:1" + base64.urlsafe_b64encode(person.user_id.encode()).decode().rstrip("=")
        if identifier in self._chats:
            return self._chats[identifier]
        members = {person.user_id: person}
        return self._open(
            Chat(id=identifier, kind="personal", title=person.name, members=members, tenant_id=self.tenant_id)
        )

    def chat(self, chat_id: str) -> Chat:
        """By conversation id."""
        if (chat := self._chats.get(chat_id)) is None:
            raise Unknown("ConversationNotFound")
        return chat

    def chats_of(self, person: Person) -> list[Chat]:
        """Those the person is in."""
        return [chat for chat in self._chats.values() if person.user_id in chat.members]

    def meeting(self, meeting_id: str) -> Chat:
        """The chat of a meeting."""
        for chat in self._chats.values():
            if chat.meeting_id == meeting_id:
                return chat
        raise Unknown("MeetingNotFound")

    def say(self, chat: Chat, author: Person, text: str) -> str:
        """A message that a person typed; its id."""
        entry = self._entry(chat, author, None)
        entry.text = text
        return self._record(entry)

    def post(self, chat_id: str, activity: Json) -> str:
        """A message of the bot, perhaps for one member alone; its id."""
        chat, recipient = self.chat(chat_id), activity.get("recipient")
        only_for = recipient.get("id") if isinstance(recipient, Mapping) else None
        if only_for is not None and only_for not in chat.members:
            raise Unknown("BotNotInConversationRoster")
        entry = self._entry(chat, None, str(only_for) if only_for is not None else None)
        self._fill(entry, activity)
        return self._record(entry)

    def edit(self, chat_id: str, activity_id: str, activity: Json) -> None:
        """Another content for a message of the bot; what single persons saw of the old one is gone."""
        entry = self._own(chat_id, activity_id)
        self._fill(entry, activity)
        entry.is_edited = True
        entry.views.clear()
        self._record(entry)

    def delete(self, chat_id: str, activity_id: str) -> None:
        """Take a message of the bot away."""
        entry = self._own(chat_id, activity_id)
        entry.is_deleted, entry.card, entry.text = True, None, ""
        entry.views.clear()
        self._record(entry)

    def show(self, chat_id: str, activity_id: str, person: Person, card: Json) -> None:
        """Let one person see another card in place of a message, as the answer to a press does."""
        entry = self._own(chat_id, activity_id)
        entry.views[person.user_id] = card
        self._record(entry)

    def base_card(self, chat_id: str, activity_id: str) -> Json | None:
        """The card of a message as the bot posted it."""
        return self._own(chat_id, activity_id).card

    def offer(self, chat_id: str, activity_id: str) -> Json | None:
        """The file that this message offers."""
        return self._own(chat_id, activity_id).offer

    def transcript(self, chat: Chat, viewer: Person | None) -> list[Shown]:
        """What a person sees, oldest first; None sees every message as posted."""
        return [
            _shown(entry, viewer, self.bot_name) for entry in self._entries[chat.id].values() if _may_see(entry, viewer)
        ]

    async def changes(self, viewer: Person | None, *, after: int | None = None) -> AsyncIterator[Shown]:
        """Every message that changes for that person, from now or from a revision on; slow readers miss no state.

        A message that changed several times meanwhile comes once, in its newest state.
        """
        seen = self._revision if after is None else after
        while True:
            # Taken before looking: what changes while a reader is busy wakes it at once.
            changed = self._changed
            fresh, seen = self._since(seen), self._revision
            for entry in fresh:
                if _may_see(entry, viewer):
                    yield _shown(entry, viewer, self.bot_name)
            await changed.wait()

    def _since(self, revision: int) -> list[_Entry]:
        missed = self._revision - revision
        entries: Iterable[_Entry] = itertools.islice(reversed(self._changes), missed)  # one place per revision
        if missed > len(self._changes):
            entries = (entry for chat in self._entries.values() for entry in chat.values())
        newer = {(entry.chat.id, entry.id): entry for entry in entries if entry.revision > revision}
        return sorted(newer.values(), key=lambda entry: entry.revision)

    def _open(self, chat: Chat) -> Chat:
        self._chats[chat.id] = chat
        self._entries[chat.id] = {}
        return chat

    def _own(self, chat_id: str, activity_id: str) -> _Entry:
        self.chat(chat_id)
        entry = self._entries[chat_id].get(activity_id)
        if entry is None or entry.author is not None or entry.is_deleted:
            raise Unknown("ActivityNotFoundInConversation")
        return entry

    def _entry(self, chat: Chat, author: Person | None, recipient: str | None) -> _Entry:
        now = self._clock()
        # Teams' message ids are the milliseconds of their arrival.
        self._last_id = max(self._last_id + 1, int(now * 1000))
        return _Entry(id=str(self._last_id), chat=chat, author=author, recipient=recipient, at=now)

    def _fill(self, entry: _Entry, activity: Json) -> None:
        text, summary, attachments = activity.get("text"), activity.get("summary"), activity.get("attachments")
        entry.text = text if isinstance(text, str) else ""
        entry.summary = summary if isinstance(summary, str) else ""
        attached = [one for one in attachments if isinstance(one, Mapping)] if isinstance(attachments, list) else []
        cards = (self._card(one) for one in attached)
        entry.card = next((card for card in cards if card is not None), None)
        entry.offer = next((one for one in attached if one.get("contentType") == OFFER_TYPE), None)

    def _card(self, attachment: Json) -> Json | None:
        if attachment.get("contentType") != CARD_TYPE:
            return drawn(attachment, self._texts)
        content = attachment.get("content")
        return content if isinstance(content, Mapping) else None

    def _record(self, entry: _Entry) -> str:
        self._revision += 1
        entry.revision = self._revision
        self._entries[entry.chat.id][entry.id] = entry
        self._changes.append(entry)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        return entry.id


def _may_see(entry: _Entry, viewer: Person | None) -> bool:
    if viewer is None:
        return True
    return viewer.user_id in entry.chat.members and entry.recipient in (None, viewer.user_id)


def _shown(entry: _Entry, viewer: Person | None, bot_name: str) -> Shown:
    own = entry.views.get(viewer.user_id) if viewer else None
    return Shown(
        id=entry.id,
        chat_id=entry.chat.id,
        author_id=entry.author.user_id if entry.author else None,
        author_name=entry.author.name if entry.author else bot_name,
        text=entry.text,
        summary=entry.summary,
        card=own or entry.card,
        at=entry.at,
        is_edited=entry.is_edited,
        is_deleted=entry.is_deleted,
        is_only_theirs=entry.recipient is not None,
        is_own_view=own is not None,
        wants_refresh=own is None and viewer is not None and _is_refreshed_for(entry, viewer),
        revision=entry.revision,
    )


def _is_refreshed_for(entry: _Entry, viewer: Person) -> bool:
    refresh = entry.card.get("refresh") if entry.card else None
    if not isinstance(refresh, Mapping):
        return False
    users = refresh.get("userIds")
    if users is None:
        return len(entry.chat.members) <= MOST_REFRESHED
    return isinstance(users, list) and viewer.user_id in users[:MOST_REFRESHED]
