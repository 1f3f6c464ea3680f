"""``/guides/…``: the guides as pages, and each reader's as PDF. Open to all: they say nothing of anybody.

Answers for: addresses, and HTML made of the blocks of a guide. Leaves reading the Markdown to ``bot.handouts``.
"""

import asyncio
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from markupsafe import Markup, escape

from bot.handouts import markdown
from bot.handouts.markdown import Block, Code, Grid, Heading, Listing, Paragraph, Picture, Run, Runs
from bot.handouts.printing import PAPERS, print_guide
from bot.handouts.shelf import FOLDER, guide, guides
from bot.web.pages import STATIC, Assets, absent, framed, headers, page
from bot.web.words import wanted

PATH = "{path:[A-Za-z0-9_/-]{1,80}}"
KEPT = 64
_STYLED = {
    "plain": Markup("{}"),
    "bold": Markup("<strong>{}</strong>"),
    "emph": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
}
_LOCAL = re.compile(r"^(?P<path>[A-Za-z0-9_./-]*)(?P<anchor>#.*)?$")


class GuidePages:
    """One per process."""

    def __init__(self) -> None:
        self._assets = Assets("/static/guides", {"guides.css": STATIC / "guides.css"})

    def routes(self) -> list[web.RouteDef]:
        """The list, the pages, their pictures, the PDF."""
        return [
            web.get("/guides", self._index),
            web.get("/guides/images/{name:[a-z0-9-]+}.png", self._picture),
            web.get("/guides/{name:[a-z]+}.pdf", self._pdf),
            web.get(f"/guides/{PATH}", self._html),
            self._assets.route(),
        ]

    async def _index(self, request: web.Request) -> web.Response:
        said = wanted(request)
        listed = [(one, title_of(one.path)) for one in guides(said.language)]
        return page("guides.html", said, csp=framed(), asset=self._assets.url, guides=listed)

    async def _html(self, request: web.Request) -> web.Response:
        said, path = wanted(request), request.match_info["path"]
        one = guide(path, said.language)
        file = one.path if one is not None else FOLDER / f"{path}.md"
        if not file.is_file():
            return absent(said, self._assets)
        body = html(file, one.name if one is not None else path)
        return page(
            "guide.html",
            said,
            csp=framed(),
            asset=self._assets.url,
            title=title_of(file),
            body=body,
            printed=one.name if one is not None else "",
            spoken=one.language if one is not None else "fr",
        )

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        path = FOLDER / "images" / f"{request.match_info['name']}.png"
        if not path.is_file():
            return web.Response(status=404, headers=headers())
        return web.Response(body=await asyncio.to_thread(path.read_bytes), content_type="image/png", headers=headers())

    async def _pdf(self, request: web.Request) -> web.Response:
        said = wanted(request)
        one, paper = guide(request.match_info["name"], said.language), request.query.get("paper", PAPERS[0])
        if one is None or paper not in PAPERS:
            return absent(said, self._assets)
        pdf = await asyncio.to_thread(print_guide, one, paper)
        return web.Response(body=pdf, content_type="application/pdf", headers=headers())


@lru_cache(KEPT)
def html(file: Path, path: str) -> Markup:
    """The body of that guide, whose address is ``/guides/<path>``."""
    base = path.rpartition("/")[0]
    return Markup("\n").join(_block(block, base) for block in markdown.read(file.read_text("utf-8")))


@lru_cache(KEPT)
def title_of(file: Path) -> str:
    """Its heading."""
    found = (b for b in markdown.read(file.read_text("utf-8")) if isinstance(b, Heading))
    return markdown.words(next(found).runs)


def _block(block: Block, base: str) -> Markup:
    match block:
        case Heading():
            told = Markup('<h{0} id="{1}">{2}</h{0}>')
            return told.format(block.level, markdown.anchor(markdown.words(block.runs)), _told(block.runs, base))
        case Paragraph():
            return Markup("<p>{}</p>").format(_told(block.runs, base))
        case Listing():
            return _listing(block, base)
        case Grid():
            return _grid(block, base)
        case Picture():
            return Markup('<p class="picture"><img src="/guides/{}" alt="{}"></p>').format(
                block.source.removeprefix("../"), block.alt
            )
        case Code():
            return Markup('<pre tabindex="0"><code>{}</code></pre>').format(block.text)


def _listing(block: Listing, base: str) -> Markup:
    entries = Markup("").join(Markup("<li>{}</li>").format(_told(entry, base)) for entry in block.entries)
    if not block.is_numbered:
        return Markup("<ul>{}</ul>").format(entries)
    return Markup('<ol start="{}">{}</ol>').format(block.start, entries)


def _grid(block: Grid, base: str) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_told(cell, base)) for cell in block.head)
    rows = Markup("").join(Markup("<tr>{}</tr>").format(_row(row, base)) for row in block.rows)
    table = Markup('<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>')
    return table.format(head, rows)


def _row(row: tuple[Runs, ...], base: str) -> Markup:
    return Markup("").join(Markup("<td>{}</td>").format(_told(cell, base)) for cell in row)


def _told(runs: Runs, base: str) -> Markup:
    return Markup("").join(_run(run, base) for run in runs)


def _run(run: Run, base: str) -> Markup:
    if run.style == "link":
        return _link(run, base)
    return _STYLED[run.style].format(run.text)


def _link(run: Run, base: str) -> Markup:
    """To another guide, by its address; what is no guide is only said."""
    if run.target.startswith("https://"):
        return Markup('<a href="{}">{}</a>').format(run.target, run.text)
    local = _LOCAL.match(run.target)
    if local is None:
        return escape(run.text)
    if not local["path"]:
        return Markup('<a href="{}">{}</a>').format(local["anchor"] or "", run.text)
    target = "/".join(_joined([*filter(None, base.split("/")), *local["path"].split("/")]))
    if not target.endswith(".md") or not (FOLDER / target).is_file():
        return escape(run.text)
    return Markup('<a href="/guides/{}{}">{}</a>').format(target.removesuffix(".md"), local["anchor"] or "", run.text)


def _joined(parts: list[str]) -> Iterator[str]:
    kept: list[str] = []
    for part in parts:
        if part == "..":
            if kept:
                kept.pop()
        elif part != ".":
            kept.append(part)
    yield from kept


__all__ = ["GuidePages", "html", "title_of"]
