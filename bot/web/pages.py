"""How a page leaves the server: templates, security headers, static files, the page for what does not exist."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.web.words import Words, visible, words
from voting.wording.catalogue import LANGUAGES

HERE = Path(__file__).parent
STATIC = HERE / "static"
TEAMS = HERE / "node_modules" / "@microsoft" / "teams-js" / "dist" / "umd" / "MicrosoftTeams.min.js"
LOOK = ("board.css", "dark.css", "contrast.css", "contrast-dark.css", "forced.css", "theme.js", "icon.svg")
"""What every page has: its colours in every theme."""
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}

_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)

_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}

TEAMS_FRAMES = (
    "https://*.cloud.microsoft https://teams.microsoft.com https://*.teams.microsoft.com "
    "https://*.microsoft365.com https://*.office.com"
)
"""Who may show a page of ours inside its own: Teams and its siblings (learn.microsoft.com, tab-requirements)."""

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(**other: str) -> str:
    """The content security policy: nothing inline, nothing from elsewhere, but for what a page must loosen."""
    directives = _CSP | {name.replace("_", "-"): value for name, value in other.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def headers(csp: str | None = None) -> dict[str, str]:
    """What every answer carries. Pages are never kept: what one may see can change."""
    return {**SECURITY, "Content-Security-Policy": csp or policy(), "Cache-Control": "no-store"}


@cache
def templates() -> Environment:
    """The templates, escaped by default; an unknown name is a fault."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def warm() -> None:
    """Make now what the first viewer of each page would wait for, and the whole event loop with him.

    The templates compiled, the languages and their calendars read. Takes a few tenths of a second: not on the loop.
    """
    for name in templates().list_templates():
        templates().get_template(name)
    for language in LANGUAGES:
        said = words(language)
        said.day(_ANY_DAY, "Europe/Paris")
        said.instant(_ANY_DAY, "Europe/Paris")


def framed() -> str:
    """The policy of a page that Teams may show in a tab, a side panel or on its stage."""
    return policy(frame_ancestors=TEAMS_FRAMES)


def page(name: str, words: Words, *, csp: str | None = None, status: int = 200, **values: object) -> web.Response:
    """A whole HTML page."""
    html = templates().get_template(name).render(t=words.texts, language=words.language, **values)
    response = web.Response(text=html, content_type="text/html", status=status, headers=headers(csp))
    response.headers["Content-Language"] = words.language
    response.headers["Vary"] = "Accept-Language"
    response.enable_compression()
    return response


def absent(words: Words, assets: "Assets") -> web.Response:
    """The same answer for what does not exist and for what this person may not see."""
    return page("absent.html", words, status=404, asset=assets.url)


def in_camera(words: Words, assets: "Assets") -> web.Response:
    """Says that the public is out, and looks again by itself."""
    return page("camera.html", words, status=403, asset=assets.url)


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    kind: str
    digest: str


class Assets:
    """A few named files and those of every page, cached by browsers for as long as their content is the same."""

    def __init__(self, prefix: str, files: Mapping[str, Path]) -> None:
        self._prefix = prefix
        look = {name: STATIC / name for name in LOOK} | {"teams.js": TEAMS}
        self._files = {name: _read(path) for name, path in (look | dict(files)).items() if path.is_file()}

    def url(self, name: str) -> str:
        """The address of that file in its present version."""
        file = self._files.get(name)
        return f"{self._prefix}/{name}?v={file.digest}" if file is not None else f"{self._prefix}/{name}"

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def route(self) -> web.RouteDef:
        """Serves them, and nothing else."""
        return web.get(f"{self._prefix}/{{name}}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info["name"])
        if file is None:
            return web.Response(status=404, headers=headers())
        response = web.Response(body=file.content, headers={**SECURITY, "Content-Type": file.kind})
        kept = request.query.get("v") == file.digest
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        response.enable_compression()
        return response


@cache
def _read(path: Path) -> _File:
    content = path.read_bytes()
    return _File(content, KINDS[path.suffix], hashlib.sha256(content).hexdigest()[:16])


def _shown(value: object) -> object:
    """Everything a template prints passes here: what a person typed loses the characters that disguise it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
