"""Opens the file: what kind of thing it is, its signatures, and the attachments of its first signed revision."""

import io
import logging
import zlib
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from voting.verify.faults import Unreadable, reading
from voting.verify.holes import Hole, dig
from voting.verify.reader import Reader

LARGEST: Final = 200 * 1024 * 1024
"""Bytes: beyond, a file is no minutes of ours and is not opened."""
_LARGEST_ATTACHMENT: Final = 256 * 1024 * 1024

# What these libraries would say aloud is said by the answers.
for _name in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One embedded file; ``content`` is None when it cannot be unpacked."""

    name: str
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The first signed revision: what the first signatory saw. The whole file when nobody has signed."""

    raw: bytes
    attachments: tuple[Attachment, ...]
    embedded_files: int
    """How many embedded files the revision holds, announced or not."""
    fields: tuple[str, ...]
    """The signature fields that it announces, filled or not."""
    language: str
    toolchain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """One PDF, opened."""

    raw: bytes
    base: Base
    signatures: tuple[EmbeddedPdfSignature, ...]
    """In the order of their revisions, timestamps included."""
    holes: tuple[Hole | None, ...]
    """The hole of each."""
    revisions: int
    first_table: int
    """Where the cross-reference table of the oldest revision begins: which bytes a reader takes for the original."""

    def attached(self, name: str) -> bytes | None:
        """That attachment of the first signed revision, or None."""
        return next((a.content for a in self.base.attachments if a.name == name), None)


def open_container(raw: bytes) -> Container:
    """The file ready to be judged, or ``Unreadable`` with the reason."""
    if not raw:
        raise Unreadable("empty")
    if len(raw) > LARGEST:
        raise Unreadable("too_large", megabytes=LARGEST // (1024 * 1024))
    if not raw.startswith(b"%PDF-"):
        raise Unreadable("not_pdf")
    return reading(lambda: _open(raw))


def is_seal(signature: EmbeddedPdfSignature) -> bool:
    """Whether it is a document timestamp rather than somebody's signature."""
    return str(signature.sig_object_type) == "/DocTimeStamp"


def _open(raw: bytes) -> Container:
    reader = Reader(raw)
    if reader.encrypted:
        raise Unreadable("encrypted")
    signatures = tuple(reader.embedded_signatures)
    holes = tuple(dig(raw, s.field_name, tuple(int(n) for n in s.byte_range)) for s in signatures)
    seen = [hole.end for hole in holes if hole is not None]
    return Container(
        raw=raw,
        base=_base(raw[: min(seen)] if seen else raw),
        signatures=signatures,
        holes=holes,
        revisions=int(reader.total_revisions),
        first_table=int(reader.xrefs.get_xref_container_info(0).start_location),
    )


def _base(raw: bytes) -> Base:
    fields = tuple(name for name, _, _ in enumerate_sig_fields(Reader(raw)))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        return Base(
            raw=raw,
            attachments=tuple(_announced(pdf.Root)),
            embedded_files=sum(1 for thing in pdf.objects if _is_embedded_file(thing)),
            fields=fields,
            language=str(pdf.Root.get("/Lang", "fr")),
            toolchain=str(pdf.docinfo.get("/Keywords", "")),
        )


def _announced(root: Any) -> list[Attachment]:
    """Every entry of the tree of embedded files, doubles included."""
    tree = root.get("/Names", {}).get("/EmbeddedFiles")
    waiting, found = [tree] if tree is not None else [], []
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("/Kids", []))
        entries = list(node.get("/Names", []))
        found += [
            Attachment(name=str(name), content=_inflated(spec.EF.F))
            for name, spec in zip(entries[0::2], entries[1::2], strict=True)
        ]
    return found


def _is_embedded_file(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") == pikepdf.Name.EmbeddedFile


def _inflated(stream: Any) -> bytes | None:
    """The content of an embedded file, packed in the one way that Typst packs, and not larger than a sane one."""
    packed = bytes(stream.read_raw_bytes())
    if "/Filter" not in stream:
        return packed
    if stream.Filter != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        return None
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(packed, _LARGEST_ATTACHMENT)
    except zlib.error:
        return None
    return content if machine.eof else None
