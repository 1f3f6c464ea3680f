"""A receipt proves one event under one signed head, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.journal.checkpoint import Checkpoint, origin_of, sign_checkpoint
from voting.journal.faults import NotCanonical
from voting.journal.keys import SigningKey, to_base64
from voting.journal.merkle import Tree, leaf_hash
from voting.journal.receipt import FORMAT, Receipt, verify_receipt

KEY = SigningKey.generate("hemicycle/test")
OTHER = SigningKey.generate("hemicycle/other")
ORIGIN = origin_of("s1")


def receipt_of(index: int, size: int, extra: bytes | None = None) -> tuple[Receipt, bytes]:
    tree = Tree(leaf_hash(b"%d" % number) for number in range(size))
    note = sign_checkpoint(Checkpoint(ORIGIN, size, tree.root()), KEY)
    return Receipt(index=index, path=tree.inclusion(index), checkpoint=note, extra=extra), tree.leaf(index)


@given(st.integers(1, 200), st.none() | st.binary(), st.data())
def test_a_receipt_survives_its_text_and_holds(size: int, extra: bytes | None, data: st.DataObject) -> None:
    receipt, leaf = receipt_of(data.draw(st.integers(0, size - 1)), size, extra)
    assert Receipt.parse(receipt.text()) == receipt
    assert verify_receipt(receipt.text(), leaf, [KEY.vkey], ORIGIN).holds


def test_the_file_is_the_published_format() -> None:
    receipt, _ = receipt_of(1, 2, b"\x01")
    lines = receipt.text().split("\n")
    assert lines[:3] == [FORMAT, "extra AQ==", "index 1"]
    assert lines[3] == to_base64(receipt.path[0])
    assert lines[4] == ""
    assert "\n".join(lines[5:]) == receipt.checkpoint
    alone, leaf = receipt_of(0, 1)
    assert alone.text() == f"{FORMAT}\nindex 0\n\n{alone.checkpoint}"
    assert verify_receipt(alone.text(), leaf, [KEY.vkey]).holds


def test_each_answer_is_given_apart() -> None:
    receipt, leaf = receipt_of(5, 13)
    text = receipt.text()
    unknown = verify_receipt(text, leaf, [OTHER.vkey])
    assert unknown.checkpoint is not None
    assert (unknown.checkpoint.holds, unknown.inclusion.holds, unknown.holds) == (False, True, False)
    elsewhere = verify_receipt(text, leaf, [KEY.vkey], origin_of("s2"))
    assert elsewhere.checkpoint is not None
    assert (elsewhere.checkpoint.origin_matches, elsewhere.holds) == (False, False)
    another = verify_receipt(text, leaf_hash(b"6"), [KEY.vkey])
    assert another.checkpoint is not None
    assert (another.checkpoint.holds, another.inclusion.holds, another.holds) == (True, False, False)
    moved = verify_receipt(text.replace("index 5", "index 6"), leaf, [KEY.vkey])
    assert (moved.well_formed, moved.inclusion.holds) == (True, False)
    cut = verify_receipt(text.partition("\n\n")[0] + "\n\nnothing\n", leaf, [KEY.vkey])
    assert (cut.well_formed, cut.holds) == (True, False)
    assert not verify_receipt("nothing", leaf, [KEY.vkey]).well_formed


@given(st.data())
def test_no_other_character_will_do(data: st.DataObject) -> None:
    receipt, leaf = receipt_of(5, 13)
    text = receipt.text()
    position = data.draw(st.integers(0, len(text) - 1))
    spoilt = text[:position] + chr(data.draw(st.integers(0, 0x2FF))) + text[position + 1 :]
    assert verify_receipt(spoilt, leaf, [KEY.vkey], ORIGIN).holds == (spoilt == text)


HASH = to_base64(bytes(32))


@pytest.mark.parametrize(
    "head",
    [
        "",
        "c2sp.org/tlog-proof@v2\nindex 0",
        FORMAT,
        f"{FORMAT}\nindex 00",
        f"{FORMAT}\nindex -1",
        f"{FORMAT}\nindex 0 ",
        f"{FORMAT}\nindex 0\nextra AQ==",
        f"{FORMAT}\nextra AQ",
        f"{FORMAT}\nextra AQ==",
        f"{FORMAT}\nindex 0\nAAAA",
        f"{FORMAT}\nindex 0\n{HASH[:-1]}",
        f"{FORMAT}\nindex 0\n" + "\n".join([HASH] * 65),
    ],
)
def test_refuses_what_is_not_a_proof(head: str) -> None:
    with pytest.raises(NotCanonical, match="proof"):
        Receipt.parse(f"{head}\n\n{receipt_of(0, 1)[0].checkpoint}")


def test_refuses_a_proof_without_a_checkpoint() -> None:
    with pytest.raises(NotCanonical, match="proof"):
        Receipt.parse(f"{FORMAT}\nindex 0\n")
