"""Byte ranges: which bytes each signature covers, and what stands in the hole that it leaves for itself.

Read from the raw bytes, beside whatever a PDF library makes of them.
"""

from dataclasses import dataclass

from voting.verify.der import NotDer, first

_HEX = frozenset(b"0123456789ABCDEF")
_END = b"%%EOF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """The gap of one signature: from its ``<`` to after its ``>``, and the end of the revision that it covers."""

    field: str
    start: int
    stop: int
    end: int
    container: bytes
    """The CMS inside, without its padding; empty when the hole is not in its one form."""


def dig(raw: bytes, field: str, byte_range: tuple[int, ...]) -> Hole | None:
    """The hole of that byte range; None when the range is not one gap in a file read from its first byte."""
    if len(byte_range) != 4:
        return None
    zero, start, stop, tail = byte_range
    end = stop + tail
    if zero != 0 or not 0 < start < stop < end <= len(raw):
        return None
    return Hole(field=field, start=start, stop=stop, end=end, container=_container(raw[start:stop]))


def ends_with_marker(raw: bytes) -> bool:
    """Whether the file ends right after its last ``%%EOF``, one line end apart."""
    return raw.endswith((_END, _END + b"\n", _END + b"\r\n", _END + b"\r"))


def _container(hole: bytes) -> bytes:
    """Upper-case hexadecimal between angle brackets, one DER value, then zeros alone."""
    if hole[:1] != b"<" or hole[-1:] != b">" or len(hole) % 2 or not set(hole[1:-1]) <= _HEX:
        return b""
    try:
        node, padding = first(bytes.fromhex(hole[1:-1].decode()))
    except NotDer:
        return b""
    return b"" if any(padding) else node.raw
