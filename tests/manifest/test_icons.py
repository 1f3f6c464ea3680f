"""The icons are what Teams asks for, and what the script draws."""

import struct
import zlib

import pytest

from bot.package import source
from manifest import draw_icons

Pixel = tuple[int, ...]


def pixels(png: bytes) -> tuple[int, list[list[Pixel]]]:
    """Side and lines of a file as the script writes it: 8-bit RGBA, one data chunk, no filter."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, *form = struct.unpack(">IIBBBBB", png[16:29])
    assert (form, width) == ([8, 6, 0, 0, 0], height)
    (length,) = struct.unpack(">I", png[33:37])
    raw = zlib.decompress(png[41 : 41 + length])
    lines = [raw[at : at + 1 + 4 * width] for at in range(0, len(raw), 1 + 4 * width)]
    assert {line[0] for line in lines} == {0}
    return width, [[tuple(line[at : at + 4]) for at in range(1, len(line), 4)] for line in lines]


@pytest.mark.parametrize("name", source.ICONS)
def test_the_files_are_what_the_script_draws(name: str) -> None:
    assert pixels(source.read(name)) == pixels(draw_icons.draw()[name])


def test_the_outline_is_white_on_nothing() -> None:
    side, lines = pixels(source.read("outline.png"))
    assert side == 32
    seen = [pixel for line in lines for pixel in line]
    assert {pixel[:3] for pixel in seen} == {(255, 255, 255)}
    assert 0.1 < sum(pixel[3] == 255 for pixel in seen) / len(seen) < 0.4
    assert {lines[y][x][3] for x in (0, 31) for y in (0, 31)} == {0}


def test_the_colour_icon_is_a_full_square_with_its_sign_in_the_middle() -> None:
    side, lines = pixels(source.read("color.png"))
    assert side == 192
    assert {pixel[3] for line in lines for pixel in line} == {255}
    drawn = [(x, y) for y, line in enumerate(lines) for x, pixel in enumerate(line) if pixel != draw_icons.NAVY]
    for places in zip(*drawn, strict=True):
        assert min(places) >= 24
        assert max(places) < 168
        assert abs(min(places) + max(places) + 1 - side) <= 2


def test_the_ground_is_the_accent_colour() -> None:
    accent = "#{:02X}{:02X}{:02X}".format(*draw_icons.NAVY[:3])
    assert f'"accentColor": "{accent}"' in source.read(source.TEMPLATE).decode()


def test_both_are_symmetrical() -> None:
    for name in source.ICONS:
        _, lines = pixels(source.read(name))
        assert all(line == line[::-1] for line in lines)
