"""Reads the little Markdown that the guides use into blocks: headings, paragraphs, lists, tables, pictures, code.

Answers for: every mark of the guides being understood, so that none is printed as a mark. Knows nothing of layout.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)\s]+)\)$")
_ITEM = re.compile(r"^(?P<indent> *)(?P<mark>-|\d+\.) +(?P<text>.*)$")
_RUN = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<emph>[^*\s][^*]*)\*|\[(?P<label>[^\]]*)\]\((?P<target>[^)\s]+)\)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style: ``plain``, ``bold``, ``emph``, ``code`` or ``link``."""

    text: str
    style: str = "plain"
    target: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 is the guide's own."""

    level: int
    runs: Runs
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: Runs
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Listing:
    """Numbered or not; each entry is running text."""

    is_numbered: bool
    entries: tuple[Runs, ...]
    start: int = 1
    """The number of the first entry: a list goes on after what interrupts it."""
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one row of heads."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that stand for it."""

    alt: str
    source: str
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be typed or read as they are."""

    text: str
    kind: str = "code"


Block = Heading | Paragraph | Listing | Grid | Picture | Code


def read(text: str) -> tuple[Block, ...]:
    """The blocks of that guide, from top to bottom."""
    return tuple(_Reader(text.splitlines()).blocks())


def runs(text: str) -> Runs:
    """The stretches of one paragraph."""
    found: list[Run] = []
    at = 0
    for mark in _RUN.finditer(text):
        if mark.start() > at:
            found.append(Run(text[at : mark.start()]))
        found.append(_styled(mark))
        at = mark.end()
    if at < len(text):
        found.append(Run(text[at:]))
    return tuple(found)


def words(stretch: Runs) -> str:
    """What is read of them."""
    return "".join(run.text for run in stretch)


def anchor(title: str) -> str:
    """The fragment that leads to a heading, as everybody makes it."""
    kept = (c for c in title.strip().lower() if c in "-_ " or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def _styled(mark: re.Match[str]) -> Run:
    if mark["code"] is not None:
        return Run(mark["code"], "code")
    if mark["bold"] is not None:
        return Run(words(runs(mark["bold"])), "bold")
    if mark["emph"] is not None:
        return Run(mark["emph"], "emph")
    return Run(words(runs(mark["label"])), "link", mark["target"])


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0

    def blocks(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._at += 1
            elif line.lstrip().startswith("```"):
                yield self._code()
            elif line.lstrip().startswith("|"):
                yield self._table()
            elif (heading := _HEADING.match(line)) is not None:
                self._at += 1
                yield Heading(len(heading[1]), runs(heading[2]))
            elif (picture := _PICTURE.match(line.strip())) is not None:
                self._at += 1
                yield Picture(picture[1], picture[2])
            elif _ITEM.match(line) is not None:
                yield self._list()
            else:
                yield Paragraph(runs(self._text()))

    def _text(self) -> str:
        """The lines up to the next blank one or the next block, as one."""
        taken = [self._lines[self._at].strip()]
        self._at += 1
        while self._at < len(self._lines) and not _begins(self._lines[self._at]):
            taken.append(self._lines[self._at].strip())
            self._at += 1
        return " ".join(taken)

    def _code(self) -> Code:
        self._at += 1
        taken = []
        while self._at < len(self._lines) and not self._lines[self._at].lstrip().startswith("```"):
            taken.append(self._lines[self._at])
            self._at += 1
        self._at += 1
        return Code(dedent("\n".join(taken)))

    def _table(self) -> Grid:
        rows = []
        while self._at < len(self._lines) and self._lines[self._at].lstrip().startswith("|"):
            cells = re.split(r"(?<!\\)\|", self._lines[self._at].strip().strip("|"))
            rows.append(tuple(runs(cell.strip().replace("\\|", "|")) for cell in cells))
            self._at += 1
        return Grid(rows[0], tuple(rows[2:]))

    def _list(self) -> Listing:
        first = _ITEM.match(self._lines[self._at])
        numbered = first is not None and first["mark"] != "-"
        start = int(first["mark"][:-1]) if first is not None and numbered else 1
        entries: list[Runs] = []
        while self._at < len(self._lines):
            item = _ITEM.match(self._lines[self._at])
            if item is None or ((item["mark"] != "-") is not numbered and not item["indent"]):
                break
            entries.append(runs(self._text()[item.end("mark") - len(item["indent"]) :].strip()))
            self._skip_blank_between_entries()
        return Listing(numbered, tuple(entries), start)

    def _skip_blank_between_entries(self) -> None:
        after = self._at
        while after < len(self._lines) and not self._lines[after].strip():
            after += 1
        if after < len(self._lines) and after > self._at and _ITEM.match(self._lines[after]) is not None:
            self._at = after


def _begins(line: str) -> bool:
    """Whether something else than the same paragraph begins there."""
    marks = (_HEADING.match(line), _ITEM.match(line), _PICTURE.match(line.strip()))
    return not line.strip() or line.lstrip().startswith(("```", "|")) or any(marks)
