"""The readiness board as a page and as a table, behind links that last an evening. Names people: never public."""

import csv
import hashlib
import hmac
import io
import secrets
import time
from collections.abc import Callable

from aiohttp import web

from bot.coach import board
from bot.core import Core
from bot.texts import Catalogue
from bot.web.board import ASSETS
from bot.web.pages import absent, headers, page
from bot.web.words import wanted
from bot.witness import problem_words
from voting.domain.ids import SittingId
from voting.service.exercises import Readiness, Row, Verdict
from voting.service.ports import Rehearsal, Trial

LASTS = 12 * 3600
"""Seconds during which a link works: from the rehearsal to the last call of the evening."""


class ReadinessLinks:
    """Links to the board, signed with a secret of this process, and where they lead."""

    def __init__(self, core: Core, origin: str, clock: Callable[[], float] = time.time) -> None:
        """``origin`` is the address of this server as browsers see it."""
        self._core = core
        self._origin = origin.rstrip("/")
        self._clock = clock
        self._secret = secrets.token_bytes(32)

    def page(self, rehearsal: SittingId) -> str:
        """The board."""
        return self._address(rehearsal, "")

    def table(self, rehearsal: SittingId) -> str:
        """The same as CSV."""
        return self._address(rehearsal, ".csv")

    def routes(self) -> list[web.RouteDef]:
        """Where the links lead."""
        sitting = "/preparation/{sitting:blanc-[A-Za-z0-9_-]{1,70}}"
        return [web.get(sitting + ".csv", self._csv), web.get(sitting, self._html)]

    async def _html(self, request: web.Request) -> web.Response:
        said, rehearsal = wanted(request), await self._rehearsal(request)
        if rehearsal is None:
            return absent(said, ASSETS)
        whole = await board(self._core, rehearsal)
        return page(
            "readiness.html",
            said,
            asset=ASSETS.url,
            title=rehearsal.title,
            board=whole,
            rows=[(row, why(row, said.texts), [_mark(row, e) for e in whole.exercises]) for row in whole.rows],
            table=f"{request.path}.csv?{request.query_string}",
            phones=await self._core.aside.help.phones(rehearsal.sitting),
        )

    async def _csv(self, request: web.Request) -> web.Response:
        said, rehearsal = wanted(request), await self._rehearsal(request)
        if rehearsal is None:
            return absent(said, ASSETS)
        body = table(await board(self._core, rehearsal), said.texts)
        response = web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers())
        response.headers["Content-Disposition"] = f'attachment; filename="preparation-{rehearsal.sitting}.csv"'
        return response

    async def _rehearsal(self, request: web.Request) -> Rehearsal | None:
        sitting, until = SittingId(request.match_info["sitting"]), request.query.get("until", "")
        if not until.isdecimal() or len(until) > 12 or int(until) < self._clock():
            return None
        if not hmac.compare_digest(self._key(sitting, int(until)), request.query.get("key", "")):
            return None
        return next((r for r in await self._core.aside.rehearsals.all() if r.sitting == sitting), None)

    def _address(self, sitting: SittingId, kind: str) -> str:
        until = int(self._clock()) + LASTS
        return f"{self._origin}/preparation/{sitting}{kind}?until={until}&key={self._key(sitting, until)}"

    def _key(self, sitting: SittingId, until: int) -> str:
        return hmac.new(self._secret, f"{sitting}\n{until}".encode(), hashlib.sha256).hexdigest()


def why(row: Row, texts: Catalogue) -> str:
    """Why somebody needs a call, in one line; empty for who is ready."""
    if row.verdict is Verdict.READY:
        return ""
    if row.verdict is Verdict.NEVER_CAME or row.at is None:
        return texts("readiness.why.never_came")
    name = texts(f"exercise.name.{row.at.value}")
    if row.verdict is Verdict.FAILED:
        return texts("readiness.why.failed", exercise=name, problem=problem_words(row.problem, texts))
    return texts("readiness.why.unfinished", exercise=name)


def table(whole: Readiness, texts: Catalogue) -> bytes:
    """A line per member, for a spreadsheet: UTF-8 with its mark, semicolons, no cell that is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    names = [texts(f"exercise.name.{e.value}") for e in whole.exercises]
    columns = ("member", "name", "group", "verdict", "why", "client", "seconds")
    writer.writerow([*(texts(f"readiness.column.{c}") for c in columns), *names])
    for row in whole.rows:
        marks = [texts(f"readiness.mark.{_mark(row, e)}") for e in whole.exercises]
        verdict = texts(f"readiness.verdict.{row.verdict.value}")
        cells = [row.trainee.person, row.trainee.name, row.trainee.group, verdict, why(row, texts)]
        cells += [", ".join(row.clients), str(row.seconds) if row.seconds is not None else "", *marks]
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _mark(row: Row, exercise: object) -> str:
    found = next((a for a in row.attempts if a.exercise is exercise), None)
    return found.trial.value if found is not None and found.trial is not Trial.STARTED else "none"
