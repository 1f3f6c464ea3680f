"""A connector, and the local Teams at the other end of it."""

from typing import Any

import aiohttp
from aiohttp import web

from bot.local.chats import Chat, Chats, Person
from bot.local.connector import Behaviour, LocalConnector
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceUrls
from bot.teams.pace import Limit, Pace
from bot.teams.token import NoToken
from bot.teams.transport import Retry, Transport
from bot.turn import Conversation, ConversationKind
from tests.kit import teams

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Scrutin n° 4"}]}
FREE = (Limit(10_000, 1),)


def person(number: int) -> Person:
    return Person(
        user_id=f"29:1p{number}",
        account=f"00000000-0000-4000-8000-{number:012d}",
        name=f"Élu {number}",
        tenant_id=teams.TENANT,
        email=f"elu{number}@region.example",
    )


class Local:
    """A connector, and the local Teams at the other end."""

    def __init__(self, people: int = 3) -> None:
        self.chats = Chats(bot_id=teams.BOT_ID, bot_name=teams.BOT_NAME, tenant_id=teams.TENANT)
        self.people = [person(number) for number in range(people)]
        self.meeting: Chat = self.chats.open_meeting("CPR", self.people, organizer=self.people[0])
        self.server = LocalConnector(self.chats, behaviour=Behaviour(is_throttled=False))
        self.app = web.Application()
        self.app.add_routes(self.server.routes("/teams"))
        self.service_url = ""
        self.slept: list[float] = []
        self.now = 0.0

    @property
    def conversation(self) -> Conversation:
        return self.in_chat(self.meeting)

    def in_chat(self, chat: Chat) -> Conversation:
        return Conversation(
            id=chat.id,
            kind=ConversationKind.GROUP,
            tenant_id=teams.TENANT,
            service_url=self.service_url,
            bot_id=teams.BOT_ID,
        )

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def shown(self) -> list[tuple[str, Any]]:
        return [(message.text, message.card) for message in self.chats.transcript(self.meeting, None)]


def connect(local: Local, session: aiohttp.ClientSession, **options: Any) -> Connector:
    transport = Transport(
        session,
        options.pop("tokens", NoToken()),
        retry=Retry(**options),
        clock=lambda: local.now,
        sleep=local.sleep,
        jitter=lambda: 1.0,
        wall_clock=lambda: 1_000_000_000.0,
    )
    return Connector(transport, ServiceUrls.local(), Pace(writes=FREE, reads=FREE, application=FREE))
