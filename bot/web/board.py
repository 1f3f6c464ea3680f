"""The live board over HTTP: the page, its stream of changes, the same as JSON.

Answers for: routes, headers, who is let in. Leaves what a board shows to `fragments`, and the pace to `live`.
"""

from contextlib import aclosing

from aiohttp import web

from bot.web import board_json, drawing
from bot.web.live import Ended, LiveBoards
from bot.web.pages import STATIC, Assets, absent, framed, headers, in_camera, page
from bot.web.ports import Access
from bot.web.seating import seating
from bot.web.words import Words, wanted
from voting.domain.ids import SittingId, is_rehearsal

ASSETS = Assets(
    "/static/board",
    {name: STATIC / name for name in ("board-panels.css", "board.js", "countdown.js", "morph.js")},
)
REFRESH = 10
"""Seconds after which the page asks again by itself where scripts do not run."""
CLOSED = b"event: closed\ndata: {}\n\n"
"""The public is out: the page asks again, and is told so."""
SITTING = "{sitting:[A-Za-z0-9_-]{1,80}}"


def routes(live: LiveBoards, access: Access) -> list[web.RouteDef]:
    """`/seances/…` and its static files. Close `live` on shutdown."""
    pages = _Pages(live, access)
    return [
        web.get(f"/seances/{SITTING}.json", pages.json),
        web.get(f"/seances/{SITTING}/events", pages.events),
        web.get(f"/seances/{SITTING}", pages.html),
        ASSETS.route(),
    ]


class _Pages:
    def __init__(self, live: LiveBoards, access: Access) -> None:
        self._live, self._access = live, access

    async def html(self, request: web.Request) -> web.Response:
        said, sitting = wanted(request), _sitting(request)
        rendered = await self._live.rendered(sitting, said.language) if await self._access(request, sitting) else None
        if rendered is None:
            return await self._denied(said, sitting)
        view = rendered.view
        room = seating(view)
        seats = len(room.places)
        return page(
            "board.html",
            said,
            csp=framed(),
            asset=ASSETS.url,
            title=rendered.title,
            view=view,
            is_rehearsal=is_rehearsal(sitting),
            html=rendered.html,
            version=rendered.version,
            when=said.day(view.scheduled_for, view.time_zone),
            groups=room.groups,
            places=range(seats),
            bands=drawing.bands(room),
            view_box=drawing.view_box(seats),
            events=f"/seances/{sitting}/events?lang={said.language}",
            json=f"/seances/{sitting}.json",
            now=self._live.now().timestamp(),
            drawn=said.instant(self._live.now(), view.time_zone),
            refresh=REFRESH,
            is_still="still" in request.query,
        )

    async def json(self, request: web.Request) -> web.Response:
        sitting = _sitting(request)
        view = await self._live.view(sitting) if await self._access(request, sitting) else None
        if view is None:
            return await self._denied_json(sitting)
        response = web.Response(body=board_json.encode(view), content_type="application/json", headers=headers())
        response.enable_compression()
        return response

    async def events(self, request: web.Request) -> web.StreamResponse:
        said, sitting = wanted(request), _sitting(request)
        view, may_see = await self._live.view(sitting), await self._access(request, sitting)
        if view is None or not (may_see or view.is_in_camera):
            return absent(said, ASSETS)
        response = web.StreamResponse(headers=headers() | {"X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        response.charset = "utf-8"
        seen = request.headers.get("Last-Event-ID") or request.query.get("seen", "")
        try:
            await response.prepare(request)
            async with aclosing(self._live.frames(sitting, said.language, seen)) as frames:
                async for frame in frames:
                    if not await self._access(request, sitting):
                        await response.write(CLOSED)  # a page that was open empties itself
                        break
                    await response.write(frame)
        except (ConnectionResetError, Ended):
            pass
        return response

    async def _denied(self, said: Words, sitting: SittingId) -> web.Response:
        view = await self._live.view(sitting)
        return in_camera(said, ASSETS) if view is not None and view.is_in_camera else absent(said, ASSETS)

    async def _denied_json(self, sitting: SittingId) -> web.Response:
        view = await self._live.view(sitting)
        if view is not None and view.is_in_camera:
            return web.json_response({"error": "in_camera"}, status=403, headers=headers())
        return web.json_response({"error": "not_found"}, status=404, headers=headers())


def _sitting(request: web.Request) -> SittingId:
    return SittingId(request.match_info["sitting"])
