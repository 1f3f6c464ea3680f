"""A rehearsal stays one, whatever is tried: by command, by the command line, over HTTP, in the database, on paper."""

import asyncio
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pyhanko.sign.general import SigningError

from bot.core import Core
from bot.installation import open_sql_core
from bot.papers import draft, record
from bot.rim import SystemClock, journal_key
from tests.cli.conftest import Run, run
from tests.kit import sittings as kit
from voting.domain.commands import CloseSitting
from voting.domain.ids import REHEARSAL, SittingId
from voting.domain.refusals import SittingUnknown
from voting.journal.canonical import split_lines
from voting.journal.faults import EntryCorrupted, OfficialRecord
from voting.journal.merkle import leaf_hash
from voting.minutes.demo_keys import make_demo_keys
from voting.minutes.document import draw_up
from voting.minutes.exports.whole import whole
from voting.minutes.official import NotOfficial
from voting.minutes.render import render
from voting.minutes.scribe import scribe
from voting.minutes.sign import add_signature, seal, sign
from voting.minutes.signatories import signatories
from voting.service.exports import FORMATS, Source, export
from voting.service.families import Notaries, Writers
from voting.service.handle import WrongStream
from voting.verify import verify
from voting.wording import catalogue

__all__ = ["run"]

NOW = SystemClock().now()
BLANK = SittingId(f"{REHEARSAL}1-abc")
REAL = SittingId("s-real")
CONVOCATION = replace(kit.standing_committee(*kit.reports(2)), sitting=BLANK)


@asynccontextmanager
async def core_on(folder: Path) -> AsyncIterator[Core]:
    key = journal_key(folder, "test")
    core = await open_sql_core(f"sqlite+aiosqlite:///{folder / 'h.sqlite3'}", key)
    try:
        yield core
    finally:
        await core.close()


async def held(core: Core) -> None:
    """A whole rehearsal, lifted, its head signed."""
    await core.writer.submit(BLANK, CONVOCATION)
    for step in (*kit.polled(CONVOCATION, kit.first(20))[1:], *kit.settled()):
        await core.writer.submit(BLANK, step)
    done = await core.writer.submit(BLANK, CloseSitting(by=kit.CLERK))
    async with asyncio.timeout(10):
        while (latest := await core.notary.latest(BLANK)) is None or latest.size != done.snapshot.size:
            await asyncio.sleep(0.01)


async def test_no_command_brings_it_among_the_real_ones(tmp_path: Path) -> None:
    async with core_on(tmp_path) as core:
        await held(core)
        real = replace(CONVOCATION, sitting=REAL)
        tries = (
            (core.official.writer, BLANK, CONVOCATION),
            (core.official.writer, REAL, CONVOCATION),
            (core.official.writer, REAL, replace(real, second_convocation_of=BLANK)),
            (core.rehearsals.writer, REAL, real),
            (core.rehearsals.writer, BLANK, real),
            (core.writer, REAL, CONVOCATION),
            (core.writer, REAL, replace(real, second_convocation_of=BLANK)),
        )
        for writer, sitting, command in tries:
            with pytest.raises(WrongStream):
                await writer.submit(sitting, command)
        assert await core.official.store.sittings() == []
        assert await core.rehearsals.store.sittings() == [BLANK]
        with pytest.raises(SittingUnknown):
            await core.official.writer.snapshot(BLANK)


async def test_a_real_sitting_is_never_purged_and_the_families_never_mixed_up(tmp_path: Path) -> None:
    async with core_on(tmp_path) as core:
        await core.writer.submit(REAL, replace(CONVOCATION, sitting=REAL))
        with pytest.raises(OfficialRecord):
            await core.official.purge(REAL)
        assert await core.rehearsals.purge(REAL) == 0
        assert await core.official.store.sittings() == [REAL]
        for mixed in (Writers, Notaries):
            with pytest.raises(ValueError, match="mixed up"):
                mixed(core.rehearsals, core.official)
            with pytest.raises(ValueError, match="mixed up"):
                mixed(core.official, core.official)


async def test_the_database_refuses_its_lines_among_the_real_ones(tmp_path: Path) -> None:
    async with core_on(tmp_path) as core:
        await held(core)
    with sqlite3.connect(tmp_path / "h.sqlite3") as database:
        for copied in (
            "INSERT INTO journal_event SELECT * FROM rehearsal_event",
            "INSERT INTO journal_checkpoint SELECT * FROM rehearsal_checkpoint",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="holds no rehearsal"):
                database.execute(copied)
        # Under another name the lines go in: they still say what they are, and are not read.
        database.execute(
            "INSERT INTO journal_event (sitting, seq, at, actor, name, idem_key, line, leaf)"
            " SELECT 's-real', seq, at, actor, name, idem_key, line, leaf FROM rehearsal_event ORDER BY seq"
        )
    database.close()
    async with core_on(tmp_path) as core:
        with pytest.raises(EntryCorrupted):
            await core.official.store.read(REAL)


async def test_lines_written_anew_carry_a_head_that_the_key_of_the_real_ones_has_not_signed(tmp_path: Path) -> None:
    async with core_on(tmp_path) as core:
        await held(core)
        (kept, *_) = reversed(await core.rehearsals.store.checkpoints(BLANK))
        lines = [entry.line.replace(BLANK.encode(), REAL.encode()) for entry in await core.writer.history(BLANK)]
        assert leaf_hash(lines[0]) != (await core.writer.history(BLANK))[0].leaf
        official, training = core.official.notary, core.rehearsals.notary
        assert official is not training
        assert core.key.vkey != core.key.for_rehearsals().vkey
        assert f"— {core.key.name} " not in kept.note
        assert f"— {core.key.name}-a-blanc " in kept.note
        assert await core.official.notary.latest(BLANK) is None


async def test_no_paper_can_be_signed(tmp_path: Path) -> None:
    async with core_on(tmp_path) as core:
        await held(core)
        kept = await record(core, BLANK)
        vkey = str(core.key.vkey)
    minutes = draw_up(kept.events)
    for watermark in ("", "draft"):
        with pytest.raises(NotOfficial):
            render(minutes, kept.journal, kept.checkpoint, watermark=watermark)
    names = {who.person: minutes.roll[who.person].full_name for who in signatories(minutes)}
    keys = make_demo_keys(names, NOW, catalogue("fr"))
    with pytest.raises(NotOfficial):
        await asyncio.to_thread(sign, b"", minutes, keys.signers, keys.authority, NOW)
    pdf = draft(kept, "fr")
    waiting, writer = signatories(minutes)[0], scribe(minutes, catalogue("fr"))
    with pytest.raises(SigningError):
        await asyncio.to_thread(add_signature, pdf, waiting, keys.signers[waiting.person], keys.authority, NOW, writer)
    # Anybody may have a file of his own timestamped: it says no more than before.
    pdf = await asyncio.to_thread(seal, pdf, keys.authority, NOW)
    report = await asyncio.to_thread(verify, pdf, now=NOW, vkeys=[vkey])
    assert not report.journal.ok
    assert "rehearsal" in [finding.code for finding in report.journal.findings]
    assert not report.checkpoint.ok
    assert not report.signatures.ok


async def test_no_export_takes_it(tmp_path: Path) -> None:
    """Whatever is added to the exports later is asked too."""
    async with core_on(tmp_path) as core:
        await held(core)
        sitting = (await core.writer.snapshot(BLANK)).sitting
        kept = await record(core, BLANK)
    with pytest.raises(NotOfficial):
        whole(sitting)
    source = Source(events=kept.events, lines=tuple(split_lines(kept.journal)), checkpoint="")
    assert {"scdl", "popolo"} <= set(FORMATS)
    for format_ in FORMATS:
        with pytest.raises(NotOfficial):
            export(source, format_)


def test_the_command_line_gives_a_marked_draft_and_nothing_else(run: Run, tmp_path: Path) -> None:
    async def hold() -> None:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        await held(core)
        await core.close()

    asyncio.run(hold())
    code, _, said = run("export", BLANK)
    assert (code, "ne s’exporte pas" in said) == (1, True)
    code, listed, _ = run("sittings", "list", "--json")
    assert '"rehearsal": true' in listed
    out = tmp_path / "blanc.pdf"
    assert run("minutes", BLANK, "--out", str(out))[0] == 0
    code, told, _ = run("verify", str(out))
    assert code == 1
    assert "séance à blanc" in told
    code, _, said = run("minutes", "prepare", BLANK)
    assert (code, "ne se signe pas" in said) == (1, True)
    assert run("minutes", "sign", str(out), "--pkcs12", str(out))[0] == 2, "a draft has nothing to sign"
    for format_ in ("scdl", "popolo"):
        assert run("export", BLANK, "--format", format_)[0] != 0


def test_no_word_of_the_command_line_moves_it_on(run: Run, tmp_path: Path) -> None:
    """Every step from a draft to the archive, and every way in from elsewhere."""

    async def hold() -> int:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        if not await core.rehearsals.store.sittings():
            await core.writer.submit(REAL, replace(CONVOCATION, sitting=REAL))
            await held(core)
        assert await core.official.store.sittings() == [REAL]
        assert len(await core.official.writer.history(REAL)) == 1
        lines = len(await core.rehearsals.writer.history(BLANK))
        await core.close()
        return lines

    lines = asyncio.run(hold())
    out = tmp_path / "blanc.pdf"
    assert run("minutes", "draft", BLANK, "--out", str(out))[0] == 0
    refused = []
    for words in (
        ("submit", BLANK),
        ("correct", BLANK, "--text", "Un mot."),
        ("approve", BLANK, "--at", REAL, "--item", "1"),
        ("approve", REAL, "--at", BLANK, "--item", "1"),
        ("signed", BLANK, str(out)),
        ("publish", BLANK, "https://region.example/pv.pdf"),
        ("archive", BLANK, "1234 W 56"),
        ("seal", str(out)),
        ("digest", str(out)),
        ("embed", str(out), str(out)),
        ("accept-return", str(out), str(out)),
    ):
        code, _, said = run("minutes", *words)
        refused.append((words[0], code, said))
    for others in (("import", str(out)), ("sittings", "reconvene", BLANK, "--date", "2026-12-01T09:30")):
        code, _, said = run(*others)
        refused.append((others[0], code, said))
    assert [one for one in refused if one[1] == 0 or not one[2]] == []
    archive = tmp_path / "all.zip"
    assert run("export", "--all", "--out", str(archive))[0] == 0
    with zipfile.ZipFile(archive) as kept:
        assert all(BLANK.encode() not in kept.read(name) + name.encode() for name in kept.namelist())
    assert asyncio.run(hold()) == lines
