"""Seats the local tenant's people in the local room: satisfies ``bot.web.room_ports.Room`` over ``bot.local.town``."""

from collections.abc import AsyncIterator, Mapping, Sequence

from bot.commands import COMMANDS
from bot.local.chats import Chat, Person, Shown
from bot.local.client import LocalClient
from bot.local.town import Town
from bot.texts import catalogue
from bot.visitors import Visitor
from bot.web.room import RoomPages
from bot.web.room_ports import RoomSitting
from voting.domain.ids import PersonId, SittingId
from voting.service.families import Recorder


class TownRoom:
    """The sittings of a town and the places in them."""

    def __init__(self, town: Town, writer: Recorder, client: LocalClient) -> None:
        """``client`` posts for everybody; it holds no identity of its own."""
        self._town = town
        self._writer = writer
        self._client = client

    async def sittings(self) -> Sequence[RoomSitting]:
        """Every sitting that has a meeting here, the newest first."""
        found = []
        for sitting in reversed(self._town.meetings):
            facts = (await self._writer.snapshot(sitting)).sitting.facts
            found.append(RoomSitting(sitting=sitting, title=facts.title, members=facts.members))
        return found

    def chair(self, sitting: SittingId, person: PersonId) -> "TownChair | None":
        """The place of that person; None when there is nobody of that id."""
        meeting = self._town.meetings.get(sitting)
        someone = self._town.people(sitting).get(person) if meeting is not None else None
        return TownChair(self._town, self._client, meeting, someone) if meeting and someone else None

    def visitor(self, sitting: SittingId, person: PersonId) -> Visitor | None:
        """The account of that person, for whoever comes by a page (``bot.web.sign_in_ports.Neighbours``)."""
        someone = self._town.people(sitting).get(person) if sitting in self._town.meetings else None
        if someone is None or someone.account is None:
            return None
        return Visitor(tenant_id=someone.tenant_id, account=someone.account, name=someone.name)


class TownChair:
    """One person's two chats, and what he does in them, over the wire."""

    def __init__(self, town: Town, client: LocalClient, meeting: Chat, person: Person) -> None:
        self._town = town
        self._client = client
        self._person = person
        self._chats = {chat.id: chat for chat in (meeting, town.chats.personal(person))}
        self._meeting = meeting

    @property
    def user_id(self) -> str:
        """Whose messages are one's own."""
        return self._person.user_id

    @property
    def meeting(self) -> str:
        """The meeting's chat."""
        return self._meeting.id

    @property
    def own(self) -> str:
        """The 1:1 chat with the bot."""
        return self._town.chats.personal(self._person).id

    def messages(self) -> Sequence[Shown]:
        """Both chats as this person sees them now, oldest first in each."""
        return [shown for chat in self._chats.values() for shown in self._town.chats.transcript(chat, self._person)]

    def changes(self, after: int) -> AsyncIterator[Shown]:
        """Every message that changes for this person from that revision on."""
        return self._town.chats.changes(self._person, after=after)

    async def say(self, chat: str, text: str) -> None:
        """Type something; in the meeting's chat the bot is mentioned."""
        await self._client.say(self._person, self._chats[chat], text)

    async def press(self, chat: str, message: str, verb: str, data: Mapping[str, object]) -> Mapping[str, object]:
        """Press a button: the body of the invoke response."""
        return await self._client.press(self._person, self._chats[chat], message, verb=verb, data=data)

    async def refresh(self, chat: str, message: str) -> Mapping[str, object]:
        """What a Teams client does by itself with a card that wants it."""
        return await self._client.refresh(self._person, self._chats[chat], message)


def room_pages(room: TownRoom, language: str) -> RoomPages:
    """``/salle``, over that town. Its pages are the caller's to close."""
    texts = catalogue(language)
    words = [texts(f"words.{name}").split("|")[0] for name, command in COMMANDS.items() if command.is_offered]
    return RoomPages(room, suggestions=words)
