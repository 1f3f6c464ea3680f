"""What the document's font cannot draw is printed as its number: one emoji in a reason must not stop the minutes.

The standard for archives forbids a page whose characters are missing, so Typst makes none. The journal attached to the
document holds what was typed.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_OURS = frozenset({0xA0, 0x202F})
"""The spaces that French typography puts in."""
_LAYOUT = frozenset({0x09, 0x0A})
"""What parts words and lines: the articles of a resolution are typed with them."""
_IGNORED = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Signs without a drawing, that a typesetter passes over (Unicode, ``Default_Ignorable_Code_Point``)."""


def legible(value: object) -> object:
    """The same text, or the same tree of texts, with what has no drawing written as ``[U+1F389]``."""
    match value:
        case str():
            return value if value.isascii() else "".join(map(_shown, unicodedata.normalize("NFC", value)))
        case dict():
            return {key: legible(part) for key, part in value.items()}
        case list() | tuple():
            return [legible(part) for part in value]
        case _:
            return value


def _shown(char: str) -> str:
    code = ord(char)
    if code in _OURS or code in _LAYOUT or code in drawn():
        return char
    if any(first <= code <= last for first, last in _IGNORED):
        return ""
    return " " if unicodedata.category(char) in _SPACES else f"[U+{code:04X}]"


@cache
def drawn() -> frozenset[int]:
    """The code points that every face of the font draws."""
    faces = [frozenset(_mapped(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    return faces[0].intersection(*faces[1:])


def _mapped(font: bytes) -> Iterator[int]:
    """The keys of the font's ``cmap`` (OpenType specification), in its forms 4 and 12."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    for place in range(struct.unpack_from(">H", font, start + 2)[0]):
        _, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * place)
        form = struct.unpack_from(">H", font, start + offset)[0]
        if form == 4:
            yield from _segments(font, start + offset)
        elif form == 12:
            yield from _groups(font, start + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        yield from (code for code in range(first, last + 1) if code != 0xFFFF)


def _groups(font: bytes, at: int) -> Iterator[int]:
    for place in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * place)
        yield from range(first, last + 1)
