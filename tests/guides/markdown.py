"""Reads the little Markdown that our guides use: headings, tables, links, code. Knows nothing of what they say."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

GUIDES = Path(__file__).parents[2] / "guides"

Row = tuple[str, ...]

_HEADING = re.compile(r"^(#{1,6}) (.+)$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines up to the next one of any level."""

    level: int
    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def table(self) -> list[Row]:
        """The rows of the table, without its head; empty when there is none."""
        rows = [_cells(line) for line in self.lines if line.startswith("|")]
        return rows[2:]


def sections(text: str) -> list[Section]:
    """Every section, in order; what stands before the first heading is left out, and so is what is fenced off."""
    found: list[tuple[int, str, list[str]]] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else _HEADING.match(line)
        if heading:
            found.append((len(heading[1]), heading[2].strip(), []))
        elif found:
            found[-1][2].append(line)
    return [Section(level, title, tuple(lines)) for level, title, lines in found]


def codes(text: str) -> list[str]:
    """What stands between backquotes."""
    return _CODE.findall(text)


def links(text: str) -> list[str]:
    """Where links and pictures lead."""
    return [link or picture for link, picture in _LINK.findall(text)]


def anchor(title: str) -> str:
    """The fragment that leads to a heading, as GitHub makes it."""
    kept = (c for c in title.strip().lower() if c in "-_ " or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def plain(text: str) -> str:
    """With ordinary spaces and straight apostrophes, to compare what is typeset with what is typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


def _cells(line: str) -> Row:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
