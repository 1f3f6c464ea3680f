"""The command itself: everything that can be wrong is found before anything is written, then the story is told."""

import asyncio
import contextlib
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.core import Core
from bot.demo import evening, sittings
from bot.demo.story import APPROVAL
from bot.demo.terminal import Terminal
from bot.installation import open_sql_core
from bot.local.server import bind
from bot.rim import SystemClock
from bot.serving import Local, local, until_stopped
from bot.settings import Settings
from bot.simulation import StoryStuck
from bot.texts import catalogue
from voting.domain.assembly import Body
from voting.domain.commands import ConveneSitting
from voting.journal.faults import StoreLocked
from voting.journal.keys import SigningKey
from voting.journal.sql.lock import ProcessLock
from voting.wording import catalogue as shared_catalogue

GOOD, FAILED, WRONG_USAGE = 0, 1, 2
DATABASE = "sitting.sqlite3"
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one may ask of the demonstration."""

    members: Path | None = None
    agenda: Path | None = None
    kind: str = "cpr"
    speed: float = 6.0
    """1 tells the story in twelve minutes."""
    auto: bool = False
    """Do not wait at the end, whoever looks."""
    out: Path = Path("demo")
    port: int = 0
    language: str = "fr"


class _Wrong(Exception):
    """The demonstration cannot begin: the code of the sentence that says why."""

    def __init__(self, code: str, **fields: str | int) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


def run_demo(options: Options, terminal: Terminal | None = None) -> int:
    """The exit code: 0 when every answer of the verification is good. Raises ``FileRefused`` for a file of no use."""
    terminal = terminal or Terminal(catalogue(options.language))
    try:
        return asyncio.run(_run(options, terminal))
    except _Wrong as wrong:
        terminal.complain(wrong.code, **wrong.fields)
        return WRONG_USAGE
    except StoryStuck as stuck:
        terminal.complain("demo.wrong.stuck", reason=str(stuck))
    except KeyboardInterrupt:
        terminal.complain("demo.wrong.stopped")
    return FAILED


async def _run(options: Options, terminal: Terminal) -> int:
    texts, now = catalogue(options.language), SystemClock().now()
    convocation = await asyncio.to_thread(
        sittings.convocation, options.members, options.agenda, Body(options.kind), _body_name(), now, texts
    )
    with contextlib.closing(_listen(options.port)) as listening:
        _prepare(options.out)
        core = await _open(options.out)
        async with local(core, listening, language=options.language) as running:
            origin = running.town.origin
            terminal.top(convocation, f"{origin}/seances/{convocation.sitting}", f"{origin}/salle")
            return await _tell(options, terminal, running, convocation)


async def _tell(options: Options, terminal: Terminal, running: Local, first: ConveneSitting) -> int:
    clock, texts = SystemClock(), catalogue(options.language)
    await sittings.hold(running, first, sittings.script_of(first), options.speed, terminal)
    if first.body is not Body.TENDER_COMMITTEE:
        following = sittings.next_sitting(first, clock.now(), texts)
        await sittings.hold(running, following, APPROVAL, options.speed, terminal)
    papers = await evening.papers_of(running.app.core, first.sitting, clock.now(), options.language)
    await asyncio.to_thread(papers.write, options.out)
    code = await _verify(options, terminal, papers)
    if terminal.is_interactive and not options.auto:
        terminal.say("demo.end.stay")
        await until_stopped()
    return code


async def _verify(options: Options, terminal: Terminal, papers: evening.Papers) -> int:
    shared = shared_catalogue(options.language)
    terminal.line("")
    terminal.say("demo.end.minutes", path=str(options.out / evening.MINUTES))
    terminal.say("demo.end.others", names=", ".join(evening.names()[1:]))
    terminal.say("demo.end.checking")
    report = await asyncio.to_thread(evening.check, papers, SystemClock().now())
    for name, answer in report.answers():
        mark = shared(f"verify.mark.{'unknown' if answer.ok is None else 'yes' if answer.ok else 'no'}")
        terminal.line(f"  {mark}  {shared(f'verify.name.{name}')} — {report.detail(name, shared)}", good=answer.ok)
    terminal.line(report.summary(shared), good=report.is_verified)
    terminal.say("demo.end.command")
    terminal.line(f"  {evening.command(options.out)}")
    return GOOD if report.is_verified else FAILED


def _body_name() -> str:
    try:
        return Settings().body_name
    except ValidationError as error:
        detail = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise _Wrong("cli.bad_settings", detail=detail) from error


def _listen(port: int) -> socket.socket:
    try:
        return bind(HOST, port)
    except OSError as error:
        raise _Wrong("demo.wrong.port", port=port) from error


def _prepare(out: Path) -> None:
    """A folder that one can write in, without the record of an earlier demonstration, unless that one still runs."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        lock = ProcessLock(out / f"{DATABASE}.lock")
        lock.take()
        for suffix in ("", "-wal", "-shm"):
            (out / f"{DATABASE}{suffix}").unlink(missing_ok=True)
        lock.give_back()
    except OSError as error:
        raise _Wrong("demo.wrong.out", path=str(out)) from error
    except StoreLocked as locked:
        raise _Wrong("demo.wrong.busy", path=str(out)) from locked


async def _open(out: Path) -> Core:
    path = (out / DATABASE).resolve()
    return await open_sql_core(f"sqlite+aiosqlite:///{path}", SigningKey.generate("demo"))
