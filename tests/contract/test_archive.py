"""The whole record in one file and back: the same lines and the same signed heads, on every kind of store."""

import asyncio
import io
import json
import zipfile
from collections.abc import Callable

import pytest

from bot.core import Core, open_core
from bot.rim import SystemClock
from tests.kit import sittings as kit
from tests.kit.journals import KEY
from voting.domain import commands as c
from voting.journal.keys import SigningKey
from voting.journal.memory import MemoryStore
from voting.journal.store import Family, Store
from voting.service.archive import ArchiveRefused, read_archive, take_over, write_archive

OTHER = SigningKey.generate("elsewhere")
STEPS = (
    *kit.called(kit.standing_committee(*kit.reports(2))),
    kit.ask(kit.m(7)),
    c.GiveFloor(by=kit.CHAIR),
    c.EndFloor(by=kit.CHAIR),
    kit.open_poll(),
    kit.vote(kit.m(7)),
    *kit.settled(),
    c.CloseSitting(by=kit.CLERK),
    c.WriteNote(by=kit.CLERK, turn=None, text="Après la levée."),
)


async def recorded(store: Store) -> Core:
    """An installation on that store, with one closed sitting and a note after its close."""
    core = await open_core(store, KEY, SystemClock())
    for step in STEPS:
        await core.writer.submit(kit.SITTING, step)
    return core


async def archived(store: Store) -> bytes:
    core, out = await recorded(store), io.BytesIO()
    assert await write_archive(core.store, str(KEY.vkey), out) == 1
    again = io.BytesIO()
    await write_archive(core.store, str(KEY.vkey), again)
    await core.close()
    assert again.getvalue() == out.getvalue()
    return out.getvalue()


@pytest.fixture(scope="module")
def archive() -> bytes:
    return asyncio.run(archived(MemoryStore(Family.OFFICIAL)))


async def test_an_archive_taken_over_gives_the_same_lines_and_heads(official: Store, archive: bytes) -> None:
    sittings = list(read_archive(io.BytesIO(archive), [str(KEY.vkey)]))
    assert await take_over(official, sittings) == 1
    entries, heads = await official.read(kit.SITTING), await official.checkpoints(kit.SITTING)
    assert len(heads) == 3  # the result, the close, the note
    assert heads[-1].size == len(entries)
    core = await open_core(official, OTHER, SystemClock())
    assert await core.recover() == [kit.SITTING]
    assert await official.checkpoints(kit.SITTING) == heads, "another key signs nothing anew"
    back = io.BytesIO()
    await write_archive(core.store, str(KEY.vkey), back)
    assert back.getvalue() == archive
    assert await take_over(official, sittings) == 0, "a second time changes nothing"
    await core.close()


async def test_a_record_that_differs_is_left_alone(official: Store, archive: bytes) -> None:
    core = await open_core(official, OTHER, SystemClock())
    await core.writer.submit(kit.SITTING, STEPS[0])
    before = await official.read(kit.SITTING)
    with pytest.raises(ArchiveRefused, match="other_record"):
        await take_over(official, list(read_archive(io.BytesIO(archive))))
    assert await official.read(kit.SITTING) == before
    await core.close()


def changed(archive: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The archive with one of its parts changed, or without it; its list says what the journal then is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content: bytes | None = old.read(part)
            if part == name:
                content = change(old.read(part))
            if content is not None:
                new.writestr(part, content)
    return out.getvalue()


JOURNAL = f"sittings/{kit.SITTING}/journal.jsonl"
HEADS = f"sittings/{kit.SITTING}/checkpoints.json"


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        (JOURNAL, lambda x: x.replace(b"lev", b"LEV"), "other_bytes"),
        (JOURNAL, lambda x: None, "missing"),
        (HEADS, lambda x: x.replace(b'"size": ', b'"size": 1'), "bad_head"),
        (HEADS, lambda x: b"{", "bad_head"),
        ("manifest.json", lambda x: b"{", "not_one"),
        ("manifest.json", lambda x: b'{"format": "x"}', "not_one"),
        ("manifest.json", lambda x: b'{"format": "hemicycle-archive/1", "sittings": 7}', "not_one"),
        ("manifest.json", lambda x: x.replace(b"archive/1", b"archive/2"), "newer_format"),
        ("manifest.json", lambda x: x.replace(kit.SITTING.encode(), b"../../etc"), "bad_sitting"),
        ("manifest.json", lambda x: x.replace(kit.SITTING.encode(), b"blanc-1"), "bad_sitting"),
        ("journal.vkey", lambda x: b"none", "bad_key"),
        ("journal.vkey", lambda x: str(OTHER.vkey).encode(), "bad_head"),
    ],
)
def test_an_archive_at_fault_is_refused(
    archive: bytes, name: str, change: Callable[[bytes], bytes | None], code: str
) -> None:
    with pytest.raises(ArchiveRefused) as refused:
        list(read_archive(io.BytesIO(changed(archive, name, change))))
    assert refused.value.code == code


def relisted(archive: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A journal changed by somebody who knows how the list is made."""
    import hashlib

    from voting.journal.keys import to_base64
    from voting.journal.merkle import leaf_hash, root

    broken = changed(archive, JOURNAL, change)
    with zipfile.ZipFile(io.BytesIO(broken)) as parts:
        journal, manifest = parts.read(JOURNAL), json.loads(parts.read("manifest.json"))
    lines = journal.splitlines()
    (row,) = manifest["sittings"]
    row["sha256"], row["lines"] = hashlib.sha256(journal).hexdigest(), len(lines)
    row["root"] = to_base64(root([leaf_hash(line) for line in lines]))
    return changed(broken, "manifest.json", lambda _: json.dumps(manifest).encode())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda x: x.replace("levée".encode(), b"levee"), "bad_head"),
        (lambda x: x.replace(b'"floor.ended/1"', b'"floor.ended/9"'), "newer"),
        (lambda x: b"\n".join(x.splitlines()[1:]) + b"\n", "bad_line"),
        (lambda x: x.replace(b'{"at"', b'{ "at"'), "bad_line"),
        (lambda x: b"", "bad_line"),
    ],
)
def test_a_journal_that_was_rewritten_is_found_out(archive: bytes, change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(ArchiveRefused) as refused:
        list(read_archive(io.BytesIO(relisted(archive, change))))
    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 half"])
def test_what_is_no_archive(content: bytes) -> None:
    with pytest.raises(ArchiveRefused, match="not_one"):
        list(read_archive(io.BytesIO(content)))


def test_half_an_archive(archive: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        list(read_archive(io.BytesIO(archive[: len(archive) // 2])))
