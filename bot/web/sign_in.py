"""``/connexion``: the way in for those who come by a browser or by a tab of Teams, and the way out.

Answers for: routes, cookies of the way, and that nobody is sent on to another site. Leaves the proof to
``bot.visitors.Organisation`` and what one may see afterwards to the rolls.
"""

import logging
import re
from collections.abc import Mapping
from urllib.parse import urlencode

import orjson
from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from bot.visitors import Organisation, SignInRefused, SignInUnavailable
from bot.web.pages import STATIC, Assets, framed, headers, page, policy
from bot.web.room_people import benches
from bot.web.sessions import Sessions, is_from_our_page
from bot.web.sign_in_ports import Neighbours
from bot.web.streams import json_body
from bot.web.words import wanted
from voting.domain.ids import PersonId, SittingId

log = logging.getLogger(__name__)

OURS = ("board-panels.css", "room.css", "member.css", "room-people.js", "tab.js")
ASSETS = Assets("/static/sign-in", {name: STATIC / name for name in OURS})
BACK = "/connexion/retour"
FLOW_COOKIE = "hemicycle-connexion"
FLOW_LASTS = 600
LARGEST = 64 << 10
HOME = "/seances"
_OURS = re.compile(r"/seances(/[A-Za-z0-9_-]{1,80}(/[a-z-]{1,20})?)?(\?[a-z]{1,10}=[a-z]{1,10})?")


def destination(wanted_address: str) -> str:
    """Where to go after signing in: a page of ours, or the list of sittings. Never another site."""
    return wanted_address if _OURS.fullmatch(wanted_address) else HOME


class SignIn:
    """The routes of one installation."""

    def __init__(
        self,
        sessions: Sessions,
        *,
        organisation: Organisation | None = None,
        neighbours: Neighbours | None = None,
        origin: str = "",
        flow_key: bytes | None = None,
    ) -> None:
        """``organisation`` None: not set up, and said so. ``neighbours`` only with ``--local``.

        ``origin`` is this server's address as browsers see it; ``flow_key`` a Fernet key, the same on every replica.
        """
        self._sessions = sessions
        self._organisation = organisation
        self._neighbours = neighbours
        self._origin = origin.rstrip("/")
        self._flows = Fernet(flow_key if flow_key is not None else Fernet.generate_key())

    def routes(self) -> list[web.RouteDef]:
        """In, back, out."""
        common = [
            web.get("/connexion", self._enter),
            web.post("/deconnexion", self._leave),
            ASSETS.route(),
        ]
        if self._neighbours is not None:
            return [*common, web.post("/connexion", self._choose)]
        return [
            *common,
            web.get("/onglet", self._tab),
            web.post(BACK, self._return),
            web.post("/connexion/teams", self._vouched),
        ]

    async def _enter(self, request: web.Request) -> web.Response:
        if self._neighbours is not None:
            return await self._people(request, self._neighbours)
        if self._organisation is None:
            return self._say(request, "missing", status=503)
        try:
            address, flow = await self._organisation.begin(self._origin + BACK)
        except SignInUnavailable:
            return self._say(request, "unavailable", status=503)
        kept = {"flow": dict(flow), "to": destination(request.query.get("vers", ""))}
        response = web.Response(status=303, headers={**headers(), "Location": address})
        self._remember(response, self._flows.encrypt(orjson.dumps(kept)).decode(), FLOW_LASTS)
        return response

    async def _return(self, request: web.Request) -> web.Response:
        kept = self._flow(request)
        if kept is None or self._organisation is None:
            return self._say(request, "late", status=400)
        try:
            visitor = await self._organisation.finish(kept["flow"], await _form(request))
        except SignInRefused as refused:
            log.warning("sign-in refused: %s", refused.reason)
            return self._say(request, "refused", status=403)
        except SignInUnavailable:
            return self._say(request, "unavailable", status=503)
        response = web.Response(status=303, headers={**headers(), "Location": str(kept["to"])})
        self._remember(response, "", 0)
        self._sessions.begin(response, visitor)
        return response

    async def _tab(self, request: web.Request) -> web.Response:
        """What a tab of Teams opens first."""
        to = destination(request.query.get("vers", ""))
        return page("tab.html", wanted(request), csp=framed(), asset=ASSETS.url, to=to)

    async def _vouched(self, request: web.Request) -> web.Response:
        """The token that Teams gave a tab: a cookie against it."""
        if self._organisation is None or not is_from_our_page(request):
            raise web.HTTPForbidden
        if request.content_type != "application/json":
            raise web.HTTPBadRequest
        token = _token(await json_body(request, LARGEST))
        try:
            visitor = await self._organisation.vouched(token)
        except SignInRefused as refused:
            log.warning("tab refused: %s", refused.reason)
            raise web.HTTPForbidden from None
        except SignInUnavailable:
            raise web.HTTPServiceUnavailable from None
        response = web.json_response({}, headers=headers())
        self._sessions.begin(response, visitor, is_embedded=True)
        return response

    async def _leave(self, request: web.Request) -> web.Response:
        if not is_from_our_page(request):
            raise web.HTTPForbidden
        response = web.Response(status=303, headers={**headers(), "Location": "/connexion"})
        self._sessions.end(response)
        return response

    async def _people(self, request: web.Request, neighbours: Neighbours) -> web.Response:
        said = wanted(request)
        rooms = [(sitting, benches(sitting, said)) for sitting in await neighbours.sittings()]
        to = destination(request.query.get("vers", ""))
        csp = policy(form_action="'self'")
        return page("sign-in-local.html", said, csp=csp, asset=ASSETS.url, rooms=rooms, to=to)

    async def _choose(self, request: web.Request) -> web.Response:
        if not is_from_our_page(request):
            raise web.HTTPForbidden
        form = await _form(request)
        sitting, person = SittingId(form.get("seance", "")), PersonId(form.get("personne", ""))
        visitor = self._neighbours.visitor(sitting, person) if self._neighbours is not None else None
        if visitor is None:
            raise web.HTTPNotFound
        to = destination(form.get("vers", ""))
        response = web.Response(status=303, headers={**headers(), "Location": to})
        self._sessions.begin(response, visitor)
        return response

    def _flow(self, request: web.Request) -> Mapping[str, dict[str, object]] | None:
        value = request.cookies.get(FLOW_COOKIE, "")
        try:
            kept = orjson.loads(self._flows.decrypt(value.encode(), ttl=FLOW_LASTS))
        except (InvalidToken, orjson.JSONDecodeError):
            return None
        return kept if isinstance(kept, dict) else None

    def _remember(self, response: web.Response, value: str, lasts: int) -> None:
        """Encrypted: it holds the verifier of the exchange (RFC 7636). It comes back with the organisation's form."""
        response.headers.add(
            "Set-Cookie",
            f"{FLOW_COOKIE}={value}; Path=/connexion; Max-Age={lasts}; HttpOnly; Secure; SameSite=None",
        )

    def _say(self, request: web.Request, what: str, *, status: int) -> web.Response:
        said = wanted(request)
        again = "/connexion?" + urlencode({"vers": destination(request.query.get("vers", ""))})
        return page("sign-in.html", said, status=status, asset=ASSETS.url, what=what, again=again)


async def _form(request: web.Request) -> dict[str, str]:
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _token(body: object) -> str:
    token = body.get("token") if isinstance(body, dict) else None
    if not isinstance(token, str):
        raise web.HTTPBadRequest
    return token
