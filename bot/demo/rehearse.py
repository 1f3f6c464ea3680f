"""``hemicycle simulate``: a rehearsal in which simulated members play a script, and people may sit among them.

Nothing is kept: the rehearsal lives in memory, as long as the command runs.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot import samples
from bot.core import open_core
from bot.demo import sittings
from bot.demo.run import GOOD, WRONG_USAGE, Wrong, listen
from bot.demo.terminal import Terminal
from bot.rim import RandomIds, SystemClock
from bot.serving import Local, local, until_stopped
from bot.simulation import StoryStuck, stage
from bot.simulation.writing import ScriptRefused, read_script
from bot.texts import Catalogue, catalogue
from voting.domain.assembly import Body
from voting.domain.commands import ConveneSitting
from voting.domain.ids import REHEARSAL, PersonId, SittingId
from voting.imports.source import read_bytes
from voting.journal.keys import SigningKey
from voting.journal.memory import MemoryStore
from voting.service.ports import Rehearsal

FAILED = 1
LARGEST = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What one may ask of a simulation."""

    script: Path
    members: Path | None = None
    agenda: Path | None = None
    kind: str = "cpr"
    speed: float = 6.0
    seed: int | None = None
    """Another than the script's."""
    seats: tuple[str, ...] = ()
    """Ids of members whom nobody plays: people sit there, in the local room."""
    auto: bool = False
    port: int = 0
    language: str = "fr"


def run_script(play: Play, terminal: Terminal | None = None) -> int:
    """The exit code. Raises ``FileRefused`` for a roll or an agenda of no use."""
    terminal = terminal or Terminal(catalogue(play.language))
    try:
        return asyncio.run(_run(play, terminal))
    except Wrong as wrong:
        terminal.complain(wrong.code, **wrong.fields)
        return WRONG_USAGE
    except ScriptRefused as refused:
        for problem in refused.problems:
            terminal.grumble(problem.sentence(catalogue(play.language)))
        return WRONG_USAGE
    except StoryStuck as stuck:
        terminal.complain("demo.wrong.stuck", reason=str(stuck))
    except KeyboardInterrupt:
        terminal.complain("simulate.stopped")
    return FAILED


async def _run(play: Play, terminal: Terminal) -> int:
    texts = catalogue(play.language)
    command = await asyncio.to_thread(_convocation, play, texts)
    sitting = await asyncio.to_thread(_planned, play, command)
    with contextlib.closing(listen(play.port)) as listening:
        core = await open_core(MemoryStore(), SigningKey.generate("simulation"), SystemClock())
        async with local(core, listening, language=play.language) as running:
            origin = running.town.origin
            board, room = f"{origin}/seances/{command.sitting}", f"{origin}/salle"
            terminal.top(command, board, room, title="simulate.title")
            await _keep(running, command)
            outcome = await sittings.hold(running, sitting, sittings.Tempo(speed=play.speed), terminal)
            _sum_up(terminal, outcome.answers)
            if terminal.is_interactive and not play.auto:
                terminal.say("demo.end.stay")
                await until_stopped()
    return GOOD


def _convocation(play: Play, texts: Catalogue) -> ConveneSitting:
    """A rehearsal of those files; on the items that rehearsals have where no agenda is given. Blocks."""
    agenda = play.agenda or samples.REHEARSAL_AGENDA
    command = sittings.convocation(play.members, agenda, Body(play.kind), "", SystemClock().now(), texts)
    title = texts("rehearsal.title", number=1, title=command.title).replace("\u00a0", " ")
    return replace(command, sitting=SittingId(f"{REHEARSAL}1-{RandomIds().new()}"), title=title)


def _planned(play: Play, command: ConveneSitting) -> sittings.Planned:
    try:
        text = read_bytes(play.script, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Wrong("simulate.not_text", path=str(play.script)) from None
    script = read_script(text, command.members, command.items)
    real = _seats(play.seats, command)
    has_proxies = command.body is not Body.TENDER_COMMITTEE
    staging = stage(command.members, command.items, script, has_proxies=has_proxies, seed=play.seed, real=real)
    return sittings.Planned(command=command, staging=staging)


def _seats(seats: Sequence[str], command: ConveneSitting) -> list[PersonId]:
    """The chair is always played: he leads the story."""
    free = {m.id for m in command.members if m.votes and m.id != _chair(command)}
    wrong = next((seat for seat in seats if seat not in free), None)
    if wrong is not None:
        raise Wrong("simulate.wrong_seat", seat=wrong)
    return [PersonId(seat) for seat in seats]


def _chair(command: ConveneSitting) -> PersonId:
    return next(m.id for m in command.members if m.role.value == "chair")


async def _keep(running: Local, command: ConveneSitting) -> None:
    """In the book of rehearsals, like any other: exercises, readiness and help work in it."""
    known = Rehearsal(sitting=command.sitting, number=1, title=command.title, opened_at=SystemClock().now())
    await running.app.core.aside.rehearsals.keep(known)


def _sum_up(terminal: Terminal, answers: Mapping[str, int]) -> None:
    said = {name: answers.get(name, 0) for name in ("card", "notice", "typed", "error")}
    terminal.line("")
    terminal.say("simulate.end", **said)
