"""The reader that finds objects by an index: what it gives and refuses is what the library gives and refuses."""

import io
import zlib
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.kit.minutes import signed
from voting.verify.reader import Reader


def packed(header: bytes, objects: bytes, *, count: int, kind: bytes = b"/ObjStm") -> bytes:
    """A file of one revision whose objects 1, 2 and 3 are in an object stream (4) with that index."""
    content = zlib.compress(header + objects)
    body = b"%PDF-1.7\n"
    at_stream = len(body)
    body += b"4 0 obj\n<< /Type %s /N %d /First %d /Length %d /Filter /FlateDecode >>\nstream\n" % (
        *(kind, count, len(header), len(content)),
    )
    body += content + b"\nendstream\nendobj\n"
    at_table = len(body)
    rows = [(0, 0, 255), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, at_stream, 0), (1, at_table, 0)]
    table = b"".join(bytes((a,)) + b.to_bytes(4, "big") + bytes((c,)) for a, b, c in rows)
    body += b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
    return body + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at_table


OBJECTS = (b"<< /Type /Catalog /Pages 2 0 R >> ", b"<< /Type /Pages /Kids [] /Count 0 >> ", b"(three) ")


def sound(numbers: tuple[int, ...] = (1, 2, 3), objects: tuple[bytes, ...] = OBJECTS, **more: Any) -> bytes:
    places = [sum(map(len, objects[:n])) for n in range(len(objects))]
    header = b"".join(b"%d %d " % pair for pair in zip(numbers, places, strict=True))
    return packed(header, b"".join(objects), **{"count": len(numbers), **more})


def said(reader: Any, number: int) -> str:
    """The object, or how it was refused."""
    try:
        return repr(reader.get_object(generic.Reference(number, 0, reader)))
    except Exception as refused:
        return type(refused).__name__


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(sound(), id="sound"),
        pytest.param(sound((1, 2, 2)), id="a number twice"),
        pytest.param(sound((1, 1, 3)), id="the first number twice"),
        pytest.param(sound((1, 3, 2)), id="another place than the table says"),
        pytest.param(sound((1, 2, 9)), id="a number that is not there"),
        pytest.param(sound(count=2), id="fewer than the table says"),
        pytest.param(sound(count=300), id="more than there are"),
        pytest.param(sound(kind=b"/Other"), id="no object stream"),
        pytest.param(sound(objects=(*OBJECTS[:2], b"1 0 R ")), id="a reference inside"),
        pytest.param(sound(objects=(*OBJECTS[:2], b"<< /A [1 ")), id="cut off"),
        pytest.param(sound(objects=(*OBJECTS[:2], b"")), id="nothing there"),
        pytest.param(packed(b"1 0 2 x 3 70 ", b"".join(OBJECTS), count=3), id="an index that is not of numbers"),
        pytest.param(packed(b"1 0 2 34 3 9999 ", b"".join(OBJECTS), count=3), id="beyond the end"),
        pytest.param(packed(b"1 0 2 -99 3 70 ", b"".join(OBJECTS), count=3), id="before the beginning"),
    ],
)
def test_the_same_objects_and_the_same_refusals(pdf: bytes) -> None:
    ours, theirs = Reader(pdf), PdfFileReader(io.BytesIO(pdf))
    found = [(said(ours, n), said(theirs, n)) for n in (1, 2, 3, 2)]
    assert [mine for mine, _ in found] == [its for _, its in found]


def test_every_object_of_signed_minutes_is_the_same_in_each_revision() -> None:
    pdf = signed().pdf
    ours, theirs = Reader(pdf), PdfFileReader(io.BytesIO(pdf))
    count = int(ours.trailer["/Size"])
    assert ours.total_revisions == theirs.total_revisions > 3
    for revision in range(ours.total_revisions):
        mine, its = ours.get_historical_resolver(revision), theirs.get_historical_resolver(revision)
        for number in range(1, count):
            a, b = generic.Reference(number, 0, ours), generic.Reference(number, 0, theirs)
            if ours.xrefs.get_historical_ref(a, revision) is None:
                continue
            assert repr(mine.get_object(a)) == repr(its.get_object(b)), number
    through_streams = sum(len(index.places) for index in ours._indexes.values())
    assert through_streams > 300, "objects are found by the index"


def test_the_collector_works_again_after_a_verification() -> None:
    import gc

    from tests.verify.test_verify import NOW
    from voting.verify import verify

    assert gc.isenabled()
    verify(b"%PDF-nothing", now=NOW)
    assert gc.isenabled()
    gc.disable()
    try:
        verify(b"", now=NOW)
        assert not gc.isenabled(), "as it was found"
    finally:
        gc.enable()
