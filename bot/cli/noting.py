"""``minutes notes``, ``minutes note``, ``minutes transcript``: the substance of the debate, from the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.deeds import author, events_of, one_recorded, recorded, state_of
from bot.cli.files import read
from bot.cli.say import REFUSED, Stop, texts
from voting.domain.ids import RequestId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voting.domain.events import SittingEvent
    from voting.minutes.facts import Minutes
    from voting.service.transcripts import Aligned

_LARGEST = 20_000_001

Sitting = Annotated[str, typer.Argument(metavar="SITTING")]
By = Annotated[str, typer.Option("--by", metavar="ID")]


def register(minutes: typer.Typer) -> None:
    """Add these commands to the group."""
    for command in (notes, note, transcript):
        minutes.command(help=texts()(f"cli.help.minutes_{command.__name__}"))(command)


def notes(sitting: Sitting, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Every speaking turn with what is written of it."""
    from voting.service.views.notes import noted_turns

    turns = noted_turns(state_of(sitting))
    if as_json:
        rows = [
            {"number": t.number, "turn": t.id, "person": t.person.id, "kind": t.kind.value, "said": t.said or None}
            for t in turns
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for turn in turns:
        item = f"{turn.item.number}, " if turn.item is not None else ""
        kind = texts()(f"board.floor.kind.{turn.kind.value}")
        said = turn.said.replace("\n", " ¶ ") or texts()("cli.notes.nothing")
        typer.echo(f"{turn.number:4}. {turn.person.formal} ({item}{kind}) : {said}")
    if not turns:
        typer.echo(texts()("cli.notes.none"))


def note(
    sitting: Sitting,
    number: Annotated[int, typer.Argument(metavar="NUMBER")],
    text: Annotated[str | None, typer.Option()] = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE.txt")] = None,
    by: By = "",
) -> None:
    """What was said in that turn."""
    from voting.domain.commands import WriteNote
    from voting.service.views.notes import noted_turns

    if (text is None) == (file is None):
        raise Stop(texts()("cli.wrong_usage", detail="--text | --file"))
    state = state_of(sitting)
    turns = noted_turns(state)
    if not 1 <= number <= len(turns):
        raise Stop(texts()("cli.note.no_turn", number=number, sitting=sitting), REFUSED)
    turn = turns[number - 1]
    said = text if text is not None else _text(file) if file is not None else ""
    one_recorded(sitting, WriteNote(by=author(state, by), turn=turn.id, text=said))
    code = "cli.note.done" if said.strip() else "cli.note.gone"
    typer.echo(texts()(code, number=number, name=turn.person.formal))


def transcript(
    sitting: Sitting,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    begin: Annotated[str, typer.Option(help="09:30 | 09:30:15 | 2026-11-24T09:30:15")] = "",
    replace: Annotated[bool, typer.Option("--replace")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    by: By = "",
) -> None:
    """A transcript, laid over the speaking turns; what is in none of them is said with its line."""
    from voting.domain.commands import WriteNote
    from voting.domain.minuting import NoteSource
    from voting.minutes.document import draw_up

    events = events_of(sitting)
    minutes = draw_up(events)
    found = _aligned(file, events, minutes, begin)
    silent = sum(1 for turn in minutes.turns if turn.request not in found.notes and not turn.said)
    if dry_run:
        typer.echo(texts()("cli.transcript.would_write", written=len(found.notes), silent=silent))
    else:
        who = author(state_of(sitting), by)
        wishes = [
            WriteNote(by=who, turn=RequestId(turn), text=said, source=NoteSource.IMPORTED, replaces=replace)
            for turn, said in found.notes.items()
        ]
        outcomes = recorded(sitting, wishes) if wishes else []
        kept = [one for one in outcomes if one.code]
        typer.echo(texts()("cli.transcript.written", written=len(outcomes) - len(kept), kept=len(kept), silent=silent))
        for one in kept:
            typer.echo(f"  {one.sentence}", err=True)
    _tell_strays(found)


def _aligned(file: Path, events: "Sequence[SittingEvent]", minutes: "Minutes", begin: str) -> "Aligned":
    from voting.imports import spoken, vtt
    from voting.service.transcripts import Names, align_names, align_times

    suffix = file.suffix.lower()
    if suffix == ".vtt":
        cues = vtt.parse_vtt(read(file, _LARGEST))
        return align_times(cues, minutes, _beginning(begin, events, minutes))
    if suffix not in spoken.SUFFIXES:
        raise Stop(texts()("cli.transcript.suffix", path=str(file)))
    return align_names(spoken.parse_spoken(read(file, _LARGEST), file.name, Names(minutes).is_one), minutes)


def _beginning(typed: str, events: "Sequence[SittingEvent]", minutes: "Minutes") -> datetime:
    """When the recording began: as typed, else as it was stated during the sitting."""
    from voting.domain.events import StatementRecorded
    from voting.domain.statements import Statement

    zone = ZoneInfo(minutes.convened.time_zone)
    day = (minutes.opened or minutes.convened).at.astimezone(zone).date()
    if typed:
        try:
            moment = datetime.fromisoformat(typed if "T" in typed else f"{day.isoformat()}T{typed}")
        except ValueError as error:
            raise Stop(texts()("cli.bad_date", value=typed)) from error
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
    for event in events:
        if isinstance(event, StatementRecorded) and event.statement is Statement.RECORDING_STARTED:
            return event.at
    raise Stop(texts()("cli.transcript.no_beginning"))


def _tell_strays(found: "Aligned") -> None:
    from voting.imports.refusals import shown

    if found.strays:
        typer.echo(texts()("cli.transcript.strays"), err=True)
    for stray in found.strays:
        why = texts()(f"cli.transcript.why.{stray.why.value}", speaker=shown(stray.speaker))
        text = shown(" ".join(stray.text.split()))
        typer.echo(texts()("cli.transcript.stray", line=stray.line, why=why, text=text), err=True)


def _text(file: Path) -> str:
    try:
        return read(file, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Stop(texts()("cli.note.not_text", path=str(file))) from error
