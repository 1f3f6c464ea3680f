"""A Teams client of the local Teams: what people do becomes activities, posted to the bot as Teams posts them.

Answers for: the wire, the token, and showing a person the card that answers their press. Used by the simulated members,
the local room and the tests; decides nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import aiohttp
import orjson

from bot.local.chats import Chat, Chats, Person
from bot.local.drive import ACCEPT, OFFER_VERBS, Drive
from bot.local.identity import LocalIssuer
from bot.local.wire import Writer

CARD_ANSWER = "application/vnd.microsoft.card.adaptive"

Json = Mapping[str, object]


class BotRefused(Exception):
    """The bot answered an activity with something else than 2xx."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LocalClient:
    """Any number of people's clients. Without an issuer no token is sent, as Microsoft's test client does not."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        endpoint: str,
        chats: Chats,
        *,
        service_url: str,
        issuer: LocalIssuer | None,
        locale: str = "fr-FR",
        platform: str = "Web",
        drive: Drive | None = None,
    ) -> None:
        self._session, self._endpoint, self._chats, self._issuer = session, endpoint, chats, issuer
        self._service_url, self._drive = service_url, drive
        self.writer = Writer(service_url, chats.bot_id, chats.bot_name, locale, platform)

    async def say(self, person: Person, chat: Chat, text: str, *, mention: bool | None = None) -> str:
        """Type something: the others see it, the bot gets it; its activity id. The answer comes as a message."""
        activity_id = self._chats.say(chat, person, text)
        await self.post(self.writer.message(person, chat, text, activity_id, mention=mention))
        return activity_id

    async def press(self, person: Person, chat: Chat, activity_id: str, *, verb: str, data: Json) -> Json:
        """Press a button of a card; the body of the invoke response. A card in it is shown to that person."""
        if verb in OFFER_VERBS:
            return await self.answer_offer(person, chat, activity_id, OFFER_VERBS[verb])
        return await self._invoke(person, chat, activity_id, verb=verb, data=data, trigger="manual")

    async def answer_offer(self, person: Person, chat: Chat, activity_id: str, action: str) -> Json:
        """Accept a file that the bot offers, which Teams then has a place for, or decline it."""
        offer = self._chats.offer(chat.id, activity_id) or {}
        content, name = offer.get("content"), str(offer.get("name", ""))
        told = content if isinstance(content, Mapping) else {}
        value: dict[str, object] = {"type": "fileUpload", "action": action, "context": told.get(f"{action}Context")}
        if action == ACCEPT and self._drive is not None:
            value["uploadInfo"] = self._drive.prepare(name)
        return await self.post(self.writer.file_answer(person, chat, activity_id, value))

    async def refresh(self, person: Person, chat: Chat, activity_id: str) -> Json:
        """Do what the client does by itself for a message that `wants_refresh`; {} when its card has no refresh."""
        card = self._chats.base_card(chat.id, activity_id) or {}
        refresh = card.get("refresh")
        action = refresh.get("action") if isinstance(refresh, Mapping) else None
        if not isinstance(action, Mapping):
            return {}
        data = action.get("data")
        return await self._invoke(
            person,
            chat,
            activity_id,
            verb=str(action.get("verb", "")),
            data=data if isinstance(data, Mapping) else {},
            trigger="automatic",
        )

    async def submit(self, person: Person, chat: Chat, activity_id: str, data: Json) -> None:
        """Press a button as a client too old for `Action.Execute` does; the answer comes as a message."""
        await self.post(self.writer.submit(person, chat, activity_id, data))

    async def install(self, person: Person, chat: Chat, action: str = "add") -> None:
        """Add the bot to a chat, or take it away with `remove`."""
        await self.post(self.writer.installation(person, chat, action))

    async def add_members(self, by: Person, chat: Chat, people: Iterable[Person]) -> None:
        """Have people join the chat."""
        joining = list(people)
        self._chats.add(*joining)
        chat.members.update((person.user_id, person) for person in joining)
        await self.post(self.writer.members_changed(by, chat, added=joining))

    async def remove_members(self, by: Person, chat: Chat, people: Iterable[Person]) -> None:
        """Have people leave the chat."""
        leaving = list(people)
        for person in leaving:
            chat.members.pop(person.user_id, None)
        await self.post(self.writer.members_changed(by, chat, removed=leaving))

    async def meeting(self, by: Person, chat: Chat, event: Literal["Start", "End"]) -> None:
        """Begin or end the meeting."""
        if event == "End":
            chat.in_meeting.clear()
        await self.post(self.writer.meeting(by, chat, event))

    async def connect(self, chat: Chat, people: Iterable[Person]) -> None:
        """Have people join the call."""
        joining = list(people)
        chat.in_meeting.update(person.user_id for person in joining)
        await self.post(self.writer.participants(chat, joining, "Join"))

    async def disconnect(self, chat: Chat, people: Iterable[Person]) -> None:
        """Have people leave the call."""
        leaving = list(people)
        chat.in_meeting.difference_update(person.user_id for person in leaving)
        await self.post(self.writer.participants(chat, leaving, "Leave"))

    async def post(self, activity: Json) -> Json:
        """Post any activity; the body of the answer, {} when it has none. `BotRefused` when it is not 2xx."""
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._issuer is not None:
            headers["Authorization"] = f"Bearer {self._issuer.token_for(self._service_url)}"
        async with self._session.post(self._endpoint, data=orjson.dumps(activity), headers=headers) as response:
            content = await response.read()
            if not 200 <= response.status < 300:
                raise BotRefused(response.status)
        body = orjson.loads(content) if content else {}
        return body if isinstance(body, dict) else {}

    async def _invoke(
        self,
        person: Person,
        chat: Chat,
        activity_id: str,
        *,
        verb: str,
        data: Json,
        trigger: Literal["manual", "automatic"],
    ) -> Json:
        body = await self.post(self.writer.press(person, chat, activity_id, verb=verb, data=data, trigger=trigger))
        card = body.get("value")
        if body.get("type") == CARD_ANSWER and isinstance(card, dict):
            self._chats.show(chat.id, activity_id, person, card)
        return body
