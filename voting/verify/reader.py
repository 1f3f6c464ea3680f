"""A PDF opened by pyHanko, whose objects inside object streams are found without reading the stream's index each time.

pyHanko reads that index again for every object: most of the time of a verification. What cannot be found by the index
as it was first read is left to the library, so that it refuses what it refuses.
"""

import io
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader


@dataclass(frozen=True, slots=True)
class _Index:
    """One object stream, unpacked."""

    stream: generic.PdfObject
    """The very object that it was read from: another one under the same number has its own index."""
    content: bytes
    places: dict[int, tuple[int, int]]
    """By number of object: its rank in the stream, and where it begins. The first of a number is the one."""


class Reader(PdfFileReader):
    """The same file, the same objects, the same refusals."""

    def __init__(self, raw: bytes) -> None:
        self._indexes: dict[int, _Index] = {}
        super().__init__(io.BytesIO(raw))

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        found = self._found(idnum, stmnum, idx)
        if found is not None:
            return found
        return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]  # the library's own

    def _found(self, idnum: int, stmnum: int, idx: int) -> generic.PdfObject | None:
        index = self._index(stmnum)
        if index.places.get(idnum, (-1, 0))[0] != idx:
            return None
        content = io.BytesIO(index.content)
        content.seek(index.places[idnum][1])
        try:
            read = generic.read_object(content, generic.Reference(idnum, 0, self))
        except (misc.PdfStreamError, misc.PdfReadError):
            return None
        return None if isinstance(read, generic.StreamObject | generic.IndirectObject) else read

    def _index(self, stmnum: int) -> _Index:
        stream = generic.Reference(stmnum, 0, self).get_object()
        known = self._indexes.get(stmnum)
        if known is None or known.stream is not stream:
            known = self._indexes[stmnum] = _read(stream)
        return known


def _read(stream: generic.PdfObject) -> _Index:
    """Without a place when the stream is none of objects or its index cannot be read to its end."""
    if not isinstance(stream, generic.StreamObject) or stream.get("/Type") != "/ObjStm":
        return _Index(stream, b"", {})
    try:
        return _indexed(stream)
    except (ValueError, KeyError, TypeError, misc.PdfReadError):
        return _Index(stream, b"", {})


def _indexed(stream: generic.StreamObject) -> _Index:
    content: bytes = stream.read_data(DecodePurpose.OBJECT_STREAM)
    numbers, first = io.BytesIO(content), int(stream["/First"])
    places: dict[int, tuple[int, int]] = {}
    for rank in range(int(stream["/N"])):
        number, offset = _number(numbers), _number(numbers)
        places.setdefault(number, (rank, first + offset))
    return _Index(stream, content, places)


def _number(numbers: io.BytesIO) -> int:
    read: Any = misc.read_non_whitespace, generic.NumberObject.read_from_stream  # which pyHanko leaves bare
    read[0](numbers, seek_back=True)
    return int(read[1](numbers))
