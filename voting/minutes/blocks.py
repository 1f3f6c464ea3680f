"""The printed document as a tree of blocks: what the template sets and what a text reader can follow. No layout."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from voting.minutes.typography import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A run of text. ``note`` is a side event in italics, ``legal`` a small notice, ``lead`` an opening formula."""

    kind: ClassVar[str] = "paragraph"
    text: str
    style: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Who spoke, and when; then what was said, paragraph by paragraph."""

    kind: ClassVar[str] = "speech"
    speaker: str
    text: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A labelled list of names, set as running text so that it is read aloud in one go."""

    kind: ClassVar[str] = "names"
    label: str
    text: str


def listed(label: str, names: Iterable[str]) -> Names:
    """Those names under that label, kept apart by semicolons where one of them has a comma of its own."""
    entries = tuple(names)
    separator = " ; " if any("," in name for name in entries) else ", "
    return Names(label=label, text=f"{separator.join(entries)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PollBlock:
    """One poll: its title, its course, its figures under their labels, the names by choice, its outcome in words."""

    kind: ClassVar[str] = "poll"
    title: str
    course: str
    labels: tuple[str, ...]
    figures: tuple[str, ...]
    names: tuple[Names, ...]
    verdict: str
    void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionBlock:
    """The text that was adopted."""

    kind: ClassVar[str] = "resolution"
    title: str
    grounds: tuple[str, ...]
    decides: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """The cells of a row; ``target`` names the section whose page is printed in one cell more."""

    cells: tuple[str, ...]
    target: str | None = None
    """None: no such cell. Empty: the cell stays empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table with a header row. ``numeric`` says from which column on cells are centred."""

    kind: ClassVar[str] = "table"
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    numeric: int
    dense: bool = False


Block = Paragraph | Speech | Names | PollBlock | ResolutionBlock | TableBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it. ``wide`` asks for pages on their side."""

    level: int
    title: str
    blocks: tuple[Block, ...] = ()
    wide: bool = False
    anchor: str = ""
    """A name that a table may point to."""

    def data(self) -> dict[str, object]:
        """The same as plain data for a template; each block says its kind."""
        return {**asdict(replace(self, blocks=())), "blocks": [{"kind": b.kind, **asdict(b)} for b in self.blocks]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page: from the largest word to the smallest."""

    body: str
    assembly: str
    title: str
    date: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """The place of one signature: its field in the PDF, in which capacity, whose name."""

    field: str
    capacity: str
    name: str
    label: str
    """Read aloud by a screen reader when it comes to the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePage:
    """The last page: who signs, and what of the journal the document carries."""

    title: str
    text: str
    proof: tuple[str, ...]
    root: str
    boxes: tuple[SignatureBox, ...]
    seal: str
    """Label of the field of the archival timestamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole document in one language, ready to be set."""

    language: str
    title: str
    author: str
    description: str
    keywords: tuple[str, ...]
    running: str
    watermark: str
    contents: str
    attachments: tuple[str, str]
    """What the journal and the checkpoint are, for whoever lists the attached files."""
    cover: Cover
    sections: tuple[Section, ...]
    signature: SignaturePage

    def data(self) -> dict[str, object]:
        """The same as plain data for the template."""
        plain = asdict(replace(self, sections=()))
        plain["sections"] = [section.data() for section in self.sections]
        return {key: typeset(value) for key, value in plain.items()} if self.language == "fr" else plain


def reading(sheet: Sheet) -> str:
    """The document as plain text, in reading order: what a golden file shows and a person can proof-read."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    cover = sheet.cover
    yield from filter(None, (sheet.watermark, cover.body, cover.assembly, cover.title, cover.date, cover.subtitle))
    yield from (f"{label} | {value}" for label, value in cover.facts)
    yield cover.notice
    for section in sheet.sections:
        yield from ("", f"{'#' * section.level} {section.title}")
        for block in section.blocks:
            yield from block_lines(block)
    yield from ("", f"# {sheet.signature.title}", sheet.signature.text, *sheet.signature.proof, sheet.signature.root)
    yield from (f"[{box.capacity} : {box.name}]" for box in sheet.signature.boxes)


def block_lines(block: Block) -> Iterator[str]:
    """One block as lines of text."""
    match block:
        case Paragraph():
            yield f"({block.text})" if block.style == "note" else block.text
        case Speech():
            yield f"{block.speaker} {block.text}"
            yield from block.said
        case Names():
            yield f"{block.label} {block.text}"
        case PollBlock():
            yield f"= {block.title} ="
            yield block.course
            yield from ("  ".join(f"{a} {b}" for a, b in zip(block.labels, block.figures, strict=True)),)
            for names in block.names:
                yield from block_lines(names)
            yield f"=> {block.verdict}"
        case ResolutionBlock():
            yield from (f"~ {block.title} ~", *block.grounds, block.decides, *block.articles)
        case TableBlock():
            yield " | ".join(block.header)
            yield from (" | ".join(row.cells) for row in block.rows)
