"""From minutes to PDF: Typst sets the pages (PDF/A-3a, PDF/UA-1), then empty signature fields are laid over them.

The same journal gives the same bytes, whatever the machine, its clock, its language and its time zone.
"""

import hashlib
import json
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypedDict

import typst

from voting.minutes.blocks import Sheet
from voting.minutes.facts import Minutes
from voting.minutes.fields import Place, prepare
from voting.minutes.glyphs import FONTS, legible
from voting.minutes.official import require_official
from voting.minutes.sheet import Proof, compose
from voting.minutes.signatories import SEAL_FIELD
from voting.wording import catalogue
from voting.wording.catalogue import LANGUAGES

REHEARSAL: Final = "rehearsal"
"""The watermark without which a rehearsal is not printed."""

_HERE: Final = Path(__file__).parent
TEMPLATES: Final = _HERE / "templates"
_SAYS: Final = ("minutes.", "outcome.", "quorum.")


class _RawPlace(TypedDict):
    """Where the template put one signature box."""

    field: str
    page: int
    x: float
    y: float


class BadCheckpoint(ValueError):
    """The checkpoint does not have its three lines."""


def render(minutes: Minutes, journal: bytes, checkpoint: bytes, *, language: str = "fr", watermark: str = "") -> bytes:
    """The PDF of those minutes with their journal and checkpoint inside, ready to be signed.

    ``watermark`` (``draft``, ``rehearsal``) is printed across every page, and such a document has nothing to sign.
    Raises ``NotOfficial`` when the minutes of a rehearsal are wanted without saying so on every page.
    """
    if watermark != REHEARSAL:
        require_official(minutes.convened.sitting)
    proof = read_proof(checkpoint)
    sheet = compose(minutes, catalogue(language), proof, watermark=watermark, made_with=toolchain())
    pages, places = _typeset(sheet, journal, checkpoint, _moment(minutes))
    if watermark:
        return pages
    labels = {box.field: box.label for box in sheet.signature.boxes}
    return prepare(
        pages,
        [Place(field=p["field"], label=labels[p["field"]], page=p["page"], x=p["x"], y=p["y"]) for p in places],
        (SEAL_FIELD, sheet.signature.seal),
    )


def toolchain() -> str:
    """What makes the bytes: the versions of the programs, and a fingerprint of templates, fonts and words.

    Taken each time, of the files that Typst is about to read and of the words in memory: a process that outlives an
    upgrade must not print the fingerprint of a template that is gone.
    """
    digest = hashlib.sha256(_words())
    for path in sorted([TEMPLATES / "minutes.typ", TEMPLATES / "blocks.typ", *FONTS.glob("*.ttf")]):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    programs = " ".join(f"{name}/{version(name)}" for name in ("hemicycle", "typst", "pikepdf"))
    return f"{programs} template/{digest.hexdigest()[:16]}"


@cache
def _words() -> bytes:
    """A digest of every sentence that the document may say, as this process has read them."""
    digest = hashlib.sha256()
    for language in LANGUAGES:
        texts = catalogue(language)
        for code in sorted(code for code in texts.codes if code.startswith(_SAYS)):
            digest.update(f"{language}\n{code}\n{texts.forms(code)}\n".encode())
    return digest.digest()


def read_proof(checkpoint: bytes) -> Proof:
    """What the document prints of the checkpoint. Its signature is the verifier's matter."""
    lines = checkpoint.decode("utf-8", "replace").split("\n")
    if len(lines) < 3 or not lines[1].isdecimal():
        raise BadCheckpoint("a checkpoint begins with its origin, a size and a root")
    return Proof(origin=lines[0], size=int(lines[1]), root=lines[2])


def _moment(minutes: Minutes) -> datetime:
    """The date of the document: the close of the sitting, or as far as it has come."""
    last = minutes.closed or minutes.opened or minutes.convened
    return last.at.replace(microsecond=0)


def _typeset(sheet: Sheet, journal: bytes, checkpoint: bytes, moment: datetime) -> tuple[bytes, list[_RawPlace]]:
    compiler = typst.Compiler(
        str(TEMPLATES / "minutes.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "sheet": json.dumps(legible(sheet.data()), ensure_ascii=False),
            "journal": journal.decode(),
            "checkpoint": checkpoint.decode(),
        },
    )
    pages = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=moment)
    if not isinstance(pages, bytes):
        raise TypeError("Typst answered something else than one PDF")
    places: list[_RawPlace] = json.loads(compiler.query("<signature-places>", field="value", one=True))
    return pages, places
