"""What the pages of those who are signed in share: who asks, what he asks for, how the bot's answer goes out."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from urllib.parse import urlencode

import orjson
from aiohttp import web

from bot.turn import CardReply, ErrorReply, Reply, TextReply
from bot.web.acting_ports import Acts, Deadline, PageAct, Seat
from bot.web.outage import Outages, Where, no_outage, outage_sentence
from bot.web.pages import Assets, absent, headers
from bot.web.sessions import Sessions
from bot.web.streams import json_body, paced
from bot.web.words import Words, visible, wanted
from voting.domain.ids import SittingId

LARGEST = 128 << 10
LONGEST_STAMP = 64


class Desk:
    """The sessions and the bot behind these pages."""

    def __init__(self, sessions: Sessions, acts: Acts, outages: Outages = no_outage) -> None:
        self.sessions, self.acts, self._outages = sessions, acts, outages

    def outage(self, seat: Seat, where: Where, said: Words) -> str:
        """What that person is told while Teams does not answer."""
        return outage_sentence(self._outages(), where, said, seat.time_zone)

    async def seat(self, request: web.Request) -> Seat | None:
        """The place of whoever is signed in; None for nobody, and for who is not on that roll."""
        visitor = self.sessions.visitor(request)
        return await self.acts.seat(visitor, _sitting(request)) if visitor is not None else None

    async def acting(self, request: web.Request) -> Seat:
        """The place of whoever asks for something from a page of ours: session, address, that page's own token."""
        visitor = self.sessions.acting(request)
        if visitor is None:
            raise web.HTTPForbidden
        seat = await self.acts.seat(visitor, _sitting(request))
        if seat is None:
            raise web.HTTPNotFound
        return seat

    def outside(self, request: web.Request, assets: Assets) -> web.Response:
        """Nobody yet: sign in. Somebody who is not on that roll: as if the sitting did not exist."""
        if self.sessions.visitor(request) is not None:
            return absent(wanted(request), assets)
        return to_sign_in(request.path)


def to_sign_in(back: str) -> web.Response:
    """The way in, and back to that page of ours."""
    return web.Response(status=303, headers={**headers(), "Location": "/connexion?" + urlencode({"vers": back})})


async def asked(request: web.Request) -> PageAct:
    """What the page asks for, read with suspicion."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    body = await json_body(request, LARGEST)
    match body:
        case {"stamp": str(stamp), "text": str(text)} if text.strip() and len(stamp) <= LONGEST_STAMP:
            return PageAct(text=visible(text).strip(), stamp=stamp)
        case {"stamp": str(stamp), "verb": str(verb), "data": dict(data)} if len(stamp) <= LONGEST_STAMP:
            return PageAct(verb=verb, data=data, stamp=stamp)
    raise web.HTTPBadRequest


def clock(deadline: Deadline | None, said: Words, *, over: str = "countdown.say.over") -> dict[str, object] | None:
    """The announced end of the vote that runs, for a script of ours; None where there is none."""
    if deadline is None:
        return None
    return {
        "now": deadline.now.timestamp(),
        "until": deadline.until.timestamp(),
        "at": said.texts("countdown.until", time=said.instant(deadline.until, deadline.time_zone)),
        "saySoon": said.texts("countdown.say.soon", number=deadline.number),
        "sayOver": said.texts(over, number=deadline.number),
    }


def answered(reply: Reply, *, clock: dict[str, object] | None = None, outage: str | None = None) -> web.Response:
    """The bot's answer, for a script of ours; with the clock of the vote that runs, and what is to be said of Teams."""
    match reply:
        case CardReply(card=card):
            digest = hashlib.sha256(orjson.dumps(card)).hexdigest()[:16]
            body: dict[str, object] = {"card": card, "digest": digest, **({"clock": clock} if clock else {})}
        case TextReply(text=text, is_no=is_no):
            body = {"say": text, "no": is_no}
        case ErrorReply(message=message):
            body = {"fault": message}
        case _:
            body = {}
    if outage is not None:
        body["outage"] = outage
    response = web.Response(body=orjson.dumps(body), content_type="application/json", headers=headers())
    response.enable_compression()
    return response


async def stream(request: web.Request, changes: AsyncIterator[None], closed: asyncio.Event) -> web.StreamResponse:
    """One word for each move of the sitting, until the page goes or the server stops."""
    response = web.StreamResponse(headers=headers() | {"X-Accel-Buffering": "no"})
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    with suppress(ConnectionResetError):
        await response.prepare(request)
        async with aclosing(_moves(changes, closed)) as moves:
            async for frame in moves:
                await response.write(frame)
    return response


async def _moves(changes: AsyncIterator[None], closed: asyncio.Event) -> AsyncGenerator[bytes, None]:
    """One word for each move, a pulse now and then. What moved is asked for by the page, as this person may see it."""
    yield b"retry: 1000\n\nevent: moved\ndata: {}\n\n"
    async with aclosing(paced(changes, closed)) as news:
        async for one in news:
            yield b"event: pulse\ndata: {}\n\n" if one is None else b"event: moved\ndata: {}\n\n"


def _sitting(request: web.Request) -> SittingId:
    return SittingId(request.match_info["sitting"])
