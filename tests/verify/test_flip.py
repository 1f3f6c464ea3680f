"""One byte changed anywhere in a signed file, padding included, and some answer is no."""

import random

import pytest

from tests.kit.minutes import signed
from tests.verify.test_verify import NOW
from voting.verify import verify
from voting.verify.container import open_container

SIGNATURES = ("Signature_chair_m001", "Signature_secretary_m004", "Horodatage_1")


def assert_noticed(place: int, byte: int) -> None:
    document = signed()
    altered = bytearray(document.pdf)
    if altered[place] == byte:
        return
    altered[place] = byte
    report = verify(bytes(altered), now=NOW, trust=document.trust, vkeys=document.vkeys)
    assert not report.is_intact, f"byte {place} from {document.pdf[place]} to {byte}"


def _places(number: int, seed: int) -> list[int]:
    """Places over the whole file, and as many again in the last hole, which no other signature covers."""
    chance = random.Random(seed)
    pdf = signed().pdf
    last = open_container(pdf).holes[-1]
    assert last is not None
    ends = [0, 5, len(pdf) - 1, len(pdf) - 6, last.start, last.start + 1, last.stop - 2, last.stop - 1]
    filled = last.start + 1 + 2 * len(last.container)
    anywhere = [chance.randrange(len(pdf)) for _ in range(number)]
    in_the_last = [chance.randrange(last.start, filled) for _ in range(number)]
    return ends + anywhere + in_the_last + [filled, filled + 1, (filled + last.stop) // 2]


@pytest.mark.parametrize("quarter", range(4))
def test_a_byte_changed_anywhere_is_noticed(quarter: int) -> None:
    """Another byte and a single bit in turn: each file costs more than half a second to judge."""
    chance = random.Random(quarter)
    for turn, place in enumerate(_places(15, seed=2026)[quarter::4]):
        bit = signed().pdf[place] ^ (1 << chance.randrange(8))
        assert_noticed(place, bit if turn % 2 else chance.randrange(256))


@pytest.mark.parametrize(
    ("name", "bytes_"),
    [
        *zip(SIGNATURES, (b"1<", b"a>", b"F "), strict=True),
        *(pytest.param(name, b"1aF<> ", marks=pytest.mark.long) for name in SIGNATURES),
    ],
)
def test_the_padding_of_each_signature_is_zeros(name: str, bytes_: bytes) -> None:
    hole = next(h for h in open_container(signed().pdf).holes if h is not None and h.field == name)
    for byte in bytes_:
        assert_noticed(hole.stop - 4, byte)


@pytest.mark.parametrize("letter", [b"a", b"b", b"c", b"d", b"e", b"f"])
def test_hexadecimal_is_written_in_one_way(letter: bytes) -> None:
    """The same value in lower case is another byte."""
    hole = open_container(signed().pdf).holes[-1]
    assert hole is not None
    place = signed().pdf.find(letter.upper(), hole.start, hole.stop)
    if place > 0:
        assert_noticed(place, letter[0])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_a_byte_changed_anywhere_is_noticed_again_and_again(seed: int) -> None:
    chance = random.Random(seed)
    for place in _places(60, seed=seed):
        assert_noticed(place, chance.randrange(256))
        assert_noticed(place, signed().pdf[place] ^ (1 << chance.randrange(8)))
