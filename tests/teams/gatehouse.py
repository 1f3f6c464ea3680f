"""A bot behind a door, and somebody who knocks."""

import json
from typing import Any

import aiohttp
from aiohttp import web

from bot.teams.auth import (
    Door,
)
from bot.teams.endpoint import Apologies, Endpoint, Limits
from bot.turn import ErrorReply, Reply, TextReply, Turn
from tests.kit import teams

Json = dict[str, Any]


def _apology(turn: Turn) -> ErrorReply:
    return ErrorReply("test.apology", turn.kind)


class Bot:
    """An endpoint behind a door, and what came through."""

    def __init__(self, door: Door) -> None:
        self.turns: list[Turn] = []
        self.refusals: list[str] = []
        self.endpoint = Endpoint(
            door,
            self._on_turn,
            respond=self._respond,
            apologies=Apologies(late=_apology, failed=_apology, unreadable=_apology),
            limits=Limits(largest_body=20_000),
            on_refused=lambda refused: self.refusals.append(refused.reason),
        )
        self.app = web.Application()
        self.app.router.add_post("/api/messages", self.endpoint.handle)
        self.app.on_cleanup.append(self.endpoint.close)
        self.url = ""

    async def _on_turn(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        return TextReply("noted")

    async def _respond(self, turn: Turn, reply: Reply) -> None:
        return None


async def knock(session: aiohttp.ClientSession, bot: Bot, token: str | None, wire: Any = None, **headers: str) -> int:
    sent = {"Content-Type": "application/json", **headers}
    if token is not None:
        sent.setdefault("Authorization", f"Bearer {token}")
    data = json.dumps(teams.pressed() if wire is None else wire)
    async with session.post(bot.url, data=data, headers=sent) as response:
        return response.status
