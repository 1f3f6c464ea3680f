"""The OneDrive of everybody in the local tenant: a file that the bot offered is put there once its reader accepts it.

Answers for: upload sessions as Teams hands them out, and how a client draws an offer and a stored file.
In memory, the newest files alone; for this machine only, as the connector is.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.cards.elements import Element, actions, card, heading, line, link, run
from bot.teams.answers import OFFER_TYPE, STORED_TYPE
from bot.teams.files import PART
from bot.teams.hosts import is_from_here
from bot.teams.streams import TooLong, read_at_most
from bot.texts import Catalogue

MOST_FILES = 50
ACCEPT, DECLINE = "accept", "decline"
OFFER_VERBS: Mapping[str, str] = {f"fileConsent/{answer}": answer for answer in (ACCEPT, DECLINE)}
"""Of the two buttons below an offer, which belong to the client: the bot never hears them as presses."""
_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")

Json = Mapping[str, object]


@dataclass(slots=True)
class _Stored:
    name: str
    content: bytearray = field(default_factory=bytearray)
    size: int | None = None
    """Once the first part has said it; complete when the content is that long."""


class Drive:
    """Routes over the files: ``app.add_routes(drive.routes())``."""

    def __init__(self, origin: str, prefix: str) -> None:
        """``origin`` and ``prefix``: where its routes are served."""
        self._base, self._prefix = f"{origin}{prefix}/drive", f"{prefix}/drive"
        self._files: dict[str, _Stored] = {}

    def prepare(self, name: str) -> dict[str, str]:
        """A place for a file of that name, as it is told to the bot: ``uploadInfo``."""
        identifier = secrets.token_hex(16)
        self._files[identifier] = _Stored(name)
        while len(self._files) > MOST_FILES:
            self._files.pop(next(iter(self._files)))
        return {
            "contentUrl": f"{self._base}/{identifier}",
            "name": name,
            "uploadUrl": f"{self._base}/{identifier}/upload?tempauth={secrets.token_hex(8)}",
            "uniqueId": identifier,
            "fileType": name.rpartition(".")[2],
        }

    def names(self) -> list[str]:
        """The identifiers of all places, oldest first."""
        return list(self._files)

    def content(self, identifier: str) -> bytes | None:
        """What was put there, once it is whole."""
        stored = self._files.get(identifier)
        return bytes(stored.content) if stored is not None and len(stored.content) == stored.size else None

    def routes(self) -> list[web.RouteDef]:
        """Where a file is put and where it is read again."""
        return [
            web.put(self._prefix + "/{file}/upload", self._put),
            web.get(self._prefix + "/{file}", self._get),
        ]

    async def _put(self, request: web.Request) -> web.Response:
        stored = self._files.get(request.match_info["file"])
        if not is_from_here(request) or stored is None or stored.size == len(stored.content):
            raise web.HTTPNotFound
        try:
            part = await read_at_most(request.content, PART)
        except TooLong:
            raise web.HTTPRequestEntityTooLarge(max_size=PART, actual_size=PART + 1) from None
        said = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
        first, last, size = (int(figure) for figure in said.groups()) if said else (-1, -1, -1)
        if first != len(stored.content) or last - first + 1 != len(part) or stored.size not in (None, size):
            raise web.HTTPRequestRangeNotSatisfiable
        stored.size = size
        stored.content += part
        return web.json_response({}, status=201 if len(stored.content) == size else 202)

    async def _get(self, request: web.Request) -> web.Response:
        identifier = request.match_info["file"]
        content = self.content(identifier)
        if not is_from_here(request) or content is None:
            raise web.HTTPNotFound
        name = re.sub(r"[^A-Za-z0-9._-]", "_", self._files[identifier].name)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type="application/octet-stream", headers=headers)


def drawn(attachment: Json, texts: Catalogue) -> Json | None:
    """The card that a client shows for such an attachment; None for another one."""
    name, content = str(attachment.get("name", "")), attachment.get("content")
    told = content if isinstance(content, Mapping) else {}
    match attachment.get("contentType"):
        case str(kind) if kind == OFFER_TYPE:
            buttons: list[Element] = [
                {"type": "Action.Execute", "title": texts(f"drive.{answer}"), "verb": verb, "data": {"name": name}}
                for verb, answer in OFFER_VERBS.items()
            ]
            weight = run(texts("drive.weight", kilobytes=_kilobytes(told.get("sizeInBytes"))), subtle=True)
            body = [heading(name), line(str(told.get("description", ""))), line(weight), actions(*buttons)]
            return card(body, spoken=name, texts=texts)
        case str(kind) if kind == STORED_TYPE:
            address = str(attachment.get("contentUrl", ""))
            opening = link(texts("drive.open"), address)
            return card([heading(name), line(texts("drive.stored")), actions(opening)], spoken=name, texts=texts)
        case _:
            return None


def _kilobytes(size: object) -> int:
    return max(1, round(size / 1000)) if isinstance(size, int) else 0
