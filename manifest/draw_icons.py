"""Draws the two icons of the Teams app: `python manifest/draw_icons.py`. Nothing but the standard library.

Discs only: the seats of a hemicycle and, before them, the chair's. Keep the PNG files in step; a test redraws them.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from pathlib import Path

FOLDER = Path(__file__).parent

Colour = tuple[int, int, int, int]
"""Red, green, blue, opacity."""

NAVY: Colour = (0x14, 0x31, 0x5C, 255)
"""The accent colour of `manifest.json`, and the ground of the pages' own icon."""
GOLD: Colour = (0xD9, 0xAD, 0x55, 255)
WHITE: Colour = (255, 255, 255, 255)
NOTHING: Colour = (255, 255, 255, 0)
"""White all the same: a client that scales the outline must not find a dark fringe."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A seat."""

    x: float
    y: float
    radius: float
    colour: Colour

    def cover(self, x: float, y: float) -> float:
        """How much of the pixel centred there it covers, from 0 to 1."""
        return min(1.0, max(0.0, self.radius - hypot(x - self.x, y - self.y) + 0.5))


@dataclass(frozen=True, slots=True)
class Picture:
    """A square of that many pixels."""

    side: int
    ground: Colour
    discs: tuple[Disc, ...]

    def png(self) -> bytes:
        """As an 8-bit RGBA file, every line unfiltered."""
        lines = b"".join(b"\0" + bytes(self._line(y)) for y in range(self.side))
        header = struct.pack(">IIBBBBB", self.side, self.side, 8, 6, 0, 0, 0)
        parts = (b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)

    def _line(self, y: int) -> Iterator[int]:
        for x in range(self.side):
            yield from self._pixel(x + 0.5, y + 0.5)

    def _pixel(self, x: float, y: float) -> Colour:
        disc = max(self.discs, key=lambda each: each.cover(x, y))
        part = disc.cover(x, y)
        red, green, blue, opacity = (
            round(part * over + (1 - part) * under) for over, under in zip(disc.colour, self.ground, strict=True)
        )
        return red, green, blue, opacity


def color() -> Picture:
    """192 pixels, a full square; the seats keep to the middle two thirds, clear of the corners that clients round."""
    return Picture(192, NAVY, (*_rows(96, 126, ((62, 11), (43, 8), (24, 5)), 6.6, WHITE), Disc(96, 126, 9, GOLD)))


def outline() -> Picture:
    """32 pixels, white on nothing, out to the edges: few seats, or they would run together."""
    return Picture(32, NOTHING, (*_rows(16, 22.5, ((13.4, 9), (7.4, 5)), 2.1, WHITE), Disc(16, 22.5, 2.8, WHITE)))


def draw() -> dict[str, bytes]:
    """The files by name."""
    return {"color.png": color().png(), "outline.png": outline().png()}


def _rows(x: float, y: float, rows: tuple[tuple[float, int], ...], radius: float, colour: Colour) -> Iterator[Disc]:
    """Half circles of seats around a point, each row a distance and a number of seats."""
    for distance, seats in rows:
        for seat in range(seats):
            angle = pi * seat / (seats - 1)
            yield Disc(_exact(x - distance * cos(angle)), _exact(y - distance * sin(angle)), radius, colour)


def _exact(place: float) -> float:
    """To the 64th of a pixel: what is symmetrical then is so to the last bit."""
    return round(place * 64) / 64


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


if __name__ == "__main__":
    for file, content in draw().items():
        (FOLDER / file).write_bytes(content)
