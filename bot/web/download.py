"""A paper as a file that the browser keeps, never as a page that it runs; or why there is none."""

import re
from urllib.parse import quote

from aiohttp import web

from bot.documents import Documents, NotOffered, Reader
from bot.web.pages import headers
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.minutes.exports.paper import ExportBlocked, Paper
from voting.minutes.official import NotOfficial
from voting.wording import catalogue

FORMAT = "{format:[a-z-]{1,12}}"


def download(paper: Paper) -> web.Response:
    """Its bytes under its own name (RFC 6266), for that person alone and that once."""
    kind = f"{paper.kind}; charset=utf-8" if paper.kind.startswith("text/") else paper.kind
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", paper.name)
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name, safe='')}"
    return web.Response(body=paper.content, headers={**headers(), "Content-Type": kind, "Content-Disposition": said})


async def served(documents: Documents, sitting: SittingId, format_: str, reader: Reader, language: str) -> web.Response:
    """The paper as a download; a sentence when something is missing; nothing there when it is not for that reader."""
    try:
        paper = await documents.fetch(sitting, format_, reader)
    except (NotOffered, NotOfficial, SittingUnknown):
        raise web.HTTPNotFound from None
    except ExportBlocked as blocked:
        return web.Response(status=409, text=blocked.sentence(catalogue(language)), headers=headers())
    return download(paper)
