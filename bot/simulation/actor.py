"""One person's client: finds buttons in the cards on its screen, presses them, types, waits for what comes.

Answers for: seeing and acting as a Teams client does. Leaves the reasons to members, chair and clerk.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import aiohttp

from bot.local.chats import Chat, Shown
from bot.local.client import CARD_ANSWER, BotRefused
from bot.simulation.hall import Hall
from bot.simulation.looks import Button, Json, buttons
from bot.texts import Catalogue, catalogue, language_of
from voting.domain.ids import PersonId

ATTEMPTS = 4
"""Presses of somebody whose client says that something went wrong."""
REPLY_SECONDS = 15.0
"""How long somebody looks out for the answer to what he typed, on the clock on the wall: replies are paced."""

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back after a press."""

    is_card: bool
    text: str = ""
    """The notice, when it is not a card."""


class Actor:
    """A person at a screen."""

    def __init__(self, hall: Hall, person: PersonId) -> None:
        """Everybody has a place in the meeting's chat and a chat of his own with the bot."""
        self.id = person
        self.hall = hall
        self.person = hall.people[person]
        self.own = hall.chats.personal(self.person)
        self.texts: Catalogue = catalogue(language_of(hall.client.writer.locale))

    # --- seeing -------------------------------------------------------------------------------------------------------

    def screen(self, chat: Chat) -> Iterator[Shown]:
        """The messages of a chat, the newest first."""
        return reversed(self.hall.chats.transcript(chat, self.person))

    def message(self, chat: Chat, message: str) -> Shown | None:
        """One message as it stands now."""
        return next((shown for shown in self.screen(chat) if shown.id == message), None)

    def button(self, verb: str, chat: Chat) -> Button | None:
        """The newest button of that verb in a chat, on a card of this sitting: one's own chat has seen others."""
        found = (b for shown in self.screen(chat) for b in buttons_of(shown) if b.verb == verb)
        return next((b for b in found if b.sitting in (None, self.hall.sitting)), None)

    async def until(self, find: Callable[[], _Found | None], seconds: float) -> _Found | None:
        """What ``find`` finds now or as soon as something changes on the screen; None after so many real seconds."""
        revision = self.hall.chats.revision
        found = find()
        if found is not None:
            return found
        try:
            async with asyncio.timeout(seconds):
                async for _ in self.hall.chats.changes(self.person, after=revision):
                    found = find()
                    if found is not None:
                        return found
        except TimeoutError:
            return None
        return None

    # --- acting -------------------------------------------------------------------------------------------------------

    async def press(self, button: Button) -> Answer:
        """Press it, again when the client says that something went wrong."""
        chat = self.own if button.chat == self.own.id else self.hall.meeting
        for attempt in range(1, ATTEMPTS + 1):
            body = await self._try_press(chat, button)
            if body is not None:
                return self._answer(body)
            self.hall.answers["retry"] += 1
            await asyncio.sleep(0.1 * attempt)
        self.hall.answers["lost"] += 1
        return Answer(is_card=False)

    async def type(self, text: str, seconds: float = REPLY_SECONDS) -> Shown | None:
        """Write that to the bot in one's own chat; its answer there, None when none came in so many real seconds."""
        before = self.hall.chats.revision
        await self.hall.client.say(self.person, self.own, text)
        self.hall.answers["typed"] += 1

        def answer() -> Shown | None:
            newest = next(self.screen(self.own), None)
            return newest if newest is not None and newest.author_id is None and newest.revision > before else None

        return await self.until(answer, seconds)

    async def use(self, verb: str, *, in_words: bool = False) -> None:
        """Give that command: by its button where one is on screen, else in words."""
        button = self.button(verb, self.hall.meeting) or self.button(verb, self.own)
        if button is None or in_words:
            await self.type(self.word(verb))
        else:
            await self.press(button)

    async def refresh(self, shown: Shown) -> None:
        """What the client does by itself with a card that wants it."""
        await self.hall.client.refresh(self.person, self.hall.meeting, shown.id)

    def word(self, verb: str) -> str:
        """The first words that mean that command."""
        return self.texts(f"words.{verb}").split("|")[0]

    async def _try_press(self, chat: Chat, button: Button) -> Json | None:
        try:
            return await self.hall.client.press(
                self.person, chat, button.message, verb=button.verb, data=dict(button.data)
            )
        except (BotRefused, aiohttp.ClientError):
            return None

    def _answer(self, body: Json) -> Answer:
        if body.get("type") == CARD_ANSWER:
            self.hall.answers["card"] += 1
            return Answer(is_card=True)
        self.hall.answers["notice" if body.get("statusCode") == 200 else "error"] += 1
        return Answer(is_card=False, text=str(body.get("value", "")))


def buttons_of(shown: Shown) -> list[Button]:
    """The buttons that this person sees on that message."""
    return buttons(shown.chat_id, shown.id, shown.card)
