"""Links to the papers of a sitting, for the staff's chat: each gives one paper, for a quarter of an hour."""

import hashlib
import hmac
import time
from collections.abc import Callable

from aiohttp import web

from bot.core import Core
from bot.documents import STAFF, Documents
from bot.papers import LASTS
from bot.web.board import SITTING
from bot.web.download import FORMAT, served
from bot.web.words import wanted
from voting.domain.ids import SittingId


class DocumentLinks:
    """Links to the papers of the staff, signed with a secret that every process with the journal's key has."""

    def __init__(self, core: Core, documents: Documents, origin: str, clock: Callable[[], float] = time.time) -> None:
        """``origin`` is the address of this server as browsers see it."""
        self.documents = documents
        self._origin, self._clock = origin.rstrip("/"), clock
        self._secret = hashlib.sha256(b"links to papers\n" + core.key.private_text().encode()).digest()

    def link(self, sitting: SittingId, format_: str) -> str:
        """An address that gives that one paper for a quarter of an hour."""
        until = int(self._clock()) + LASTS
        key = self._key(sitting, format_, until)
        return f"{self._origin}/seances/{sitting}/papiers/{format_}?until={until}&key={key}"

    def routes(self) -> list[web.RouteDef]:
        """Where the links lead."""
        return [web.get(f"/seances/{SITTING}/papiers/{FORMAT}", self._serve)]

    async def _serve(self, request: web.Request) -> web.Response:
        sitting, format_ = SittingId(request.match_info["sitting"]), request.match_info["format"]
        until, key = request.query.get("until", ""), request.query.get("key", "")
        if not (until.isascii() and until.isdecimal()) or len(until) > 12 or int(until) < self._clock():
            raise web.HTTPNotFound
        if not hmac.compare_digest(self._key(sitting, format_, int(until)).encode(), key.encode()):
            raise web.HTTPNotFound
        return await served(self.documents, sitting, format_, STAFF, wanted(request).language)

    def _key(self, sitting: SittingId, format_: str, until: int) -> str:
        return hmac.new(self._secret, f"{sitting}\n{format_}\n{until}".encode(), hashlib.sha256).hexdigest()
