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
from bot.demo.terminal import Terminal
from bot.installation import open_sql_core
from bot.local.server import bind
from bot.rim import SystemClock
from bot.serving import Local, local, until_stopped
from bot.settings import Settings
from bot.simulation import StoryStuck
from bot.texts import catalogue
from voting.domain.assembly import Body
from voting.domain.ids import SittingId
from voting.journal.faults import StoreLocked
from voting.journal.keys import SigningKey
from voting.journal.sql.lock import ProcessLock
from voting.wording import catalogue as shared_catalogue

GOOD, FAILED, WRONG_USAGE = 0, 1, 2
DATABASE = "sitting.sqlite3"
FOLLOWING = "cao"
"""Folder of the minutes of the committee that follows."""
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one may ask of the demonstration."""

    members: Path | None = None
    agenda: Path | None = None
    kind: str = "cpr"
    speed: float = 6.0
    """1 tells the story in twelve minutes."""
    chapters: tuple[str, ...] = ()
    """Those that are told at that speed; the rest goes by as fast as it can."""
    auto: bool = False
    """Do not wait at the end, whoever looks."""
    out: Path = Path("demo")
    port: int = 0
    language: str = "fr"


class Wrong(Exception):
    """It cannot begin: the code of the sentence that says why."""

    def __init__(self, code: str, **fields: str | int) -> None:
        """``code`` is that of a sentence in the catalogues."""
        super().__init__(code)
        self.code, self.fields = code, fields


def run_demo(options: Options, terminal: Terminal | None = None) -> int:
    """The exit code: 0 when every answer of the verification is good. Raises ``FileRefused`` for a file of no use."""
    terminal = terminal or Terminal(catalogue(options.language))
    try:
        return asyncio.run(_run(options, terminal))
    except Wrong as wrong:
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
    sittings_to_hold = sittings.story(convocation, texts, is_sample=options.members is None and options.agenda is None)
    _check_chapters(options.chapters, sittings_to_hold)
    with contextlib.closing(listen(options.port)) as listening:
        _prepare(options.out)
        core = await _open(options.out)
        async with local(core, listening, language=options.language) as running:
            origin = running.town.origin
            terminal.top(convocation, f"{origin}/seances/{convocation.sitting}", f"{origin}/salle")
            return await _tell(options, terminal, running, sittings_to_hold)


def _check_chapters(wanted: tuple[str, ...], sittings_to_hold: list[sittings.Planned]) -> None:
    known = list(dict.fromkeys(chapter for one in sittings_to_hold for chapter in one.chapters()))
    unknown = next((chapter for chapter in wanted if chapter not in known), None)
    if unknown is not None:
        raise Wrong("demo.wrong.chapter", chapter=unknown, known=", ".join(known))


async def _tell(options: Options, terminal: Terminal, running: Local, sittings_to_hold: list[sittings.Planned]) -> int:
    clock = SystemClock()
    tempo = sittings.Tempo(speed=sittings.stretched(options.speed, sittings_to_hold), chapters=options.chapters)
    if options.chapters:
        terminal.say("demo.fast")
    for sitting in sittings_to_hold:
        await sittings.hold(running, sitting, tempo, terminal)
        await sittings.carry_on(running.app.core, sittings_to_hold, sitting)
    first = sittings_to_hold[0].command.sitting
    papers = await evening.papers_of(running.app.core, first, clock.now(), options.language)
    await asyncio.to_thread(papers.write, options.out)
    code = await _verify(options, terminal, papers)
    for sitting in sittings_to_hold[1:]:
        if sitting.command.body is Body.TENDER_COMMITTEE:
            code = max(code, await _also(options, terminal, running, sitting.command.sitting))
    if terminal.is_interactive and not options.auto:
        terminal.say("demo.end.stay")
        await until_stopped()
    return code


async def _also(options: Options, terminal: Terminal, running: Local, sitting: SittingId) -> int:
    """The minutes of the committee that followed, beside the others; verified in one line."""
    now, folder = SystemClock().now(), options.out / FOLLOWING
    papers = await evening.papers_of(running.app.core, sitting, now, options.language)
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    await asyncio.to_thread(papers.write, folder)
    report = await asyncio.to_thread(evening.check, papers, now)
    terminal.say("demo.end.next_minutes", path=str(folder / evening.MINUTES))
    terminal.line(report.summary(shared_catalogue(options.language)), good=report.is_verified)
    return GOOD if report.is_verified else FAILED


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
        raise Wrong("cli.bad_settings", detail=detail) from error


def listen(port: int) -> socket.socket:
    """A loopback socket on that port. Raises ``Wrong`` when it is taken."""
    try:
        return bind(HOST, port)
    except OSError as error:
        raise Wrong("demo.wrong.port", port=port) from error


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
        raise Wrong("demo.wrong.out", path=str(out)) from error
    except StoreLocked as locked:
        raise Wrong("demo.wrong.busy", path=str(out)) from locked


async def _open(out: Path) -> Core:
    path = (out / DATABASE).resolve()
    return await open_sql_core(f"sqlite+aiosqlite:///{path}", SigningKey.generate("demo"))
