"""Every official sitting in one file, for the archive service; and back into an installation that has none of them.

The file holds what cannot be made again: journals and their signed heads. No account, no address, no rehearsal; every
paper can be drawn from it. The same record gives the same bytes.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId, is_rehearsal
from voting.imports.archive import ZIP_FAULTS
from voting.journal.canonical import join_lines, split_lines
from voting.journal.checkpoint import open_checkpoint, origin_of
from voting.journal.codec import Codec
from voting.journal.faults import JournalFault, UnknownEvent
from voting.journal.keys import VerificationKey, to_base64
from voting.journal.merkle import Tree, leaf_hash
from voting.journal.store import EMPTY, Appended, Entry, KeptCheckpoint, Store
from voting.journal.wire import WIRE
from voting.service.live import Live

FORMAT: Final = "hemicycle-archive/1"
MANIFEST, VKEY, README = "manifest.json", "journal.vkey", "LISEZMOI.txt"
LARGEST: Final = 1 << 30
"""Bytes of one journal, unpacked."""
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")
_HERE: Final = Path(__file__).parent
"""The page that explains the archive is beside it, in French: no reader's language changes a byte."""


class ArchiveRefused(Exception):
    """The file is not taken over, and nothing was written: a code and its fields for one sentence."""

    def __init__(self, code: str, **fields: str | int) -> None:
        """``code`` is that of a sentence, under ``archive.``."""
        super().__init__(code)
        self.code, self.fields = code, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedSitting:
    """One sitting as the archive holds it, every line and every head checked."""

    id: SittingId
    entries: tuple[Entry, ...]
    checkpoints: tuple[KeptCheckpoint, ...]


async def write_archive(store: Store, vkey: str, out: IO[bytes]) -> int:
    """Put every official sitting into that file; how many they are."""
    rows: list[dict[str, object]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sitting in await store.sittings():
            entries = await store.read(sitting)
            journal = join_lines([entry.line for entry in entries])
            heads = [{"size": head.size, "note": head.note} for head in await store.checkpoints(sitting)]
            _add(archive, f"sittings/{sitting}/journal.jsonl", journal)
            _add(archive, f"sittings/{sitting}/checkpoints.json", _json(heads))
            rows.append(
                {
                    "sitting": sitting,
                    "lines": len(entries),
                    "sha256": hashlib.sha256(journal).hexdigest(),
                    "root": to_base64(Tree(entry.leaf for entry in entries).root()),
                }
            )
        _add(archive, VKEY, f"{vkey}\n".encode())
        _add(archive, README, (_HERE / README).read_bytes())
        _add(archive, MANIFEST, _json({"format": FORMAT, "sittings": rows}))
    return len(rows)


def read_archive(file: IO[bytes], vkeys: Sequence[str] = ()) -> Iterator[ArchivedSitting]:
    """The sittings of that file, each checked before it is given. Raises ``ArchiveRefused``.

    Without a key of the reader's own, heads are held against the key in the file: whole, but not proven to be ours.
    """
    try:
        archive = zipfile.ZipFile(file)
    except ZIP_FAULTS as error:
        raise ArchiveRefused("not_one") from error
    with archive:
        keys = [_key(text) for text in vkeys or (_part(archive, VKEY).decode("utf-8", "replace").strip(),)]
        for row in _manifest(archive):
            yield _sitting(archive, row, keys)


async def take_over(store: Store, sittings: Sequence[ArchivedSitting]) -> int:
    """Write those that are not there yet; how many they were. One that is there otherwise stops everything first."""
    missing: list[ArchivedSitting] = []
    for sitting in sittings:
        head = await store.head(sitting.id)
        if head == EMPTY:
            missing.append(sitting)
        elif (head.seq, head.leaf) != (sitting.entries[-1].seq, sitting.entries[-1].leaf):
            raise ArchiveRefused("other_record", sitting=sitting.id)
    for sitting in missing:
        if not isinstance(await store.append({sitting.id: EMPTY}, sitting.entries), Appended):
            raise ArchiveRefused("other_record", sitting=sitting.id)
        for size, note in sitting.checkpoints:
            await store.save_checkpoint(sitting.id, size, note)
    return len(missing)


def _sitting(archive: zipfile.ZipFile, row: dict[str, object], keys: list[VerificationKey]) -> ArchivedSitting:
    sitting = str(row.get("sitting"))
    if not _ID.fullmatch(sitting) or is_rehearsal(sitting):
        raise ArchiveRefused("bad_sitting", sitting=sitting[:80])
    journal = _part(archive, f"sittings/{sitting}/journal.jsonl")
    if hashlib.sha256(journal).hexdigest() != row.get("sha256"):
        raise ArchiveRefused("other_bytes", sitting=sitting)
    entries = _entries(sitting, journal)
    tree = Tree(entry.leaf for entry in entries)
    if (len(entries), to_base64(tree.root())) != (row.get("lines"), row.get("root")):
        raise ArchiveRefused("other_bytes", sitting=sitting)
    heads = tuple(_heads(archive, sitting, (tree, len(entries)), keys))
    return ArchivedSitting(id=SittingId(sitting), entries=entries, checkpoints=heads)


def _entries(sitting: str, journal: bytes) -> tuple[Entry, ...]:
    """Every line in its one form and at its place, and a history that can be."""
    codec: Codec[SittingEvent] = Codec(WIRE)
    entries: list[Entry] = []
    try:
        for place, line in enumerate(split_lines(journal)):
            found = codec.decode(line)
            if (found.sitting, found.seq) != (sitting, place):
                raise ArchiveRefused("bad_line", sitting=sitting, line=place + 1)
            entries.append(codec.entry(sitting, place, found.event)._replace(line=line, leaf=leaf_hash(line)))
        Live(SittingId(sitting), codec).replay(entries)
    except UnknownEvent as newer:
        raise ArchiveRefused("newer", sitting=sitting, line=len(entries) + 1) from newer
    except (JournalFault, ValueError, LookupError) as error:
        raise ArchiveRefused("bad_line", sitting=sitting, line=len(entries) + 1) from error
    if not entries:
        raise ArchiveRefused("bad_line", sitting=sitting, line=1)
    return tuple(entries)


def _heads(
    archive: zipfile.ZipFile, sitting: str, journal: tuple[Tree, int], keys: list[VerificationKey]
) -> Iterator[KeptCheckpoint]:
    tree, lines = journal
    try:
        listed = json.loads(_part(archive, f"sittings/{sitting}/checkpoints.json"))
        heads = [KeptCheckpoint(int(head["size"]), str(head["note"])) for head in listed]
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveRefused("bad_head", sitting=sitting) from error
    for head in heads:
        status = open_checkpoint(head.note, keys, origin_of(sitting))
        claimed = status.claimed
        fits = claimed is not None and 0 < claimed.size == head.size <= lines
        if not status.holds or claimed is None or not fits or claimed.root != tree.root(head.size):
            raise ArchiveRefused("bad_head", sitting=sitting)
        yield head


def _manifest(archive: zipfile.ZipFile) -> list[dict[str, object]]:
    try:
        manifest = json.loads(_part(archive, MANIFEST))
    except ValueError as error:
        raise ArchiveRefused("not_one") from error
    if not isinstance(manifest, dict) or not str(manifest.get("format", "")).startswith("hemicycle-archive/"):
        raise ArchiveRefused("not_one")
    rows = manifest.get("sittings")
    if manifest["format"] != FORMAT:
        raise ArchiveRefused("newer_format", found=str(manifest["format"])[:40])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ArchiveRefused("not_one")
    return rows


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        if archive.getinfo(name).file_size > LARGEST:
            raise ArchiveRefused("too_big", name=name)
        return archive.read(name)
    except KeyError as error:
        raise ArchiveRefused("missing", name=name) from error
    except ZIP_FAULTS as error:
        raise ArchiveRefused("damaged", name=name) from error


def _key(text: str) -> VerificationKey:
    try:
        return VerificationKey.parse(text.strip())
    except JournalFault as error:
        raise ArchiveRefused("bad_key") from error


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
