"""The page that describes the format, against the code: every vector that it prints is read from it."""

import inspect
import os
import re
import subprocess
import sys
from dataclasses import MISSING, fields
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.domain.events import Event
from voting.journal.canonical import canonical, join_lines, parse, split_lines
from voting.journal.checkpoint import Checkpoint, open_checkpoint, origin_of, sign_checkpoint
from voting.journal.codec import Codec
from voting.journal.faults import JournalFault
from voting.journal.keys import SigningKey, VerificationKey, to_base64
from voting.journal.merkle import Tree, leaf_hash, verify_consistency
from voting.journal.receipt import Receipt, verify_receipt
from voting.journal.wire import WIRE

PAGE = (Path(__file__).parents[2] / "guides" / "journal-format.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```\w+ (\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
CODEC: Codec[Event] = Codec(WIRE)
LINES = split_lines(BLOCKS["journal"].encode())
TREE = Tree(map(leaf_hash, LINES))
KEY = VerificationKey.parse(BLOCKS["vkey"])


def test_the_lines_are_what_the_program_writes() -> None:
    for seq, line in enumerate(LINES):
        decoded = CODEC.decode(line)
        assert decoded.seq == seq
        assert CODEC.encode(decoded.sitting, seq, decoded.event).line == line
        assert canonical(parse(line)) == line
    assert join_lines(LINES) == BLOCKS["journal"].encode()


def test_the_leaves_are_theirs() -> None:
    assert [leaf_hash(line).hex() for line in LINES] == BLOCKS["leaves"].split()


@pytest.mark.parametrize(("name", "size"), [("checkpoint", 5), ("earlier", 3)])
def test_the_checkpoints_are_of_this_journal_and_signed(name: str, size: int) -> None:
    sitting = CODEC.decode(LINES[0]).sitting
    status = open_checkpoint(BLOCKS[name], [KEY], origin_of(sitting))
    assert status.holds
    assert status.claimed == Checkpoint(origin_of(sitting), size, TREE.root(size))
    signer = SigningKey("hemicycle.example", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    assert signer.vkey == KEY
    assert sign_checkpoint(status.claimed, signer) == BLOCKS[name]


def test_the_receipt_is_of_the_vote() -> None:
    receipt = Receipt.parse(BLOCKS["receipt"])
    assert receipt == Receipt(index=2, path=TREE.inclusion(2), checkpoint=BLOCKS["checkpoint"])
    assert receipt.text() == BLOCKS["receipt"]
    assert verify_receipt(BLOCKS["receipt"], leaf_hash(LINES[2]), [KEY]).holds


def test_the_consistency_proof_leads_from_one_checkpoint_to_the_other() -> None:
    proof = [bytes.fromhex(line) for line in BLOCKS["consistency"].split()]
    assert tuple(proof) == TREE.consistency(3)
    status = verify_consistency(old_size=3, size=5, old_root=TREE.root(3), root=TREE.root(), proof=proof)
    assert status.holds


def test_the_seven_lines_of_python_find_the_root(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_bytes(BLOCKS["journal"].encode())
    ran = subprocess.run(
        [sys.executable, "-I", "-c", BLOCKS["root"]], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == to_base64(TREE.root())


@pytest.mark.parametrize("line", BLOCKS["refused"].encode().splitlines())
def test_the_lines_to_refuse_are_refused(line: bytes) -> None:
    with pytest.raises(JournalFault):
        CODEC.decode(line)


def test_every_block_is_read_by_a_test() -> None:
    read = {"journal", "leaves", "checkpoint", "vkey", "receipt", "root", "earlier", "consistency", "refused"}
    assert set(BLOCKS) == read


TABLE = "| `event` | What happened | `data` |\n|---|---|---|\n"


def row(name: str) -> str:
    """What happened, as the class says it, and its fields; those that older journals may lack bear a question mark."""
    kind = WIRE[name]
    happened = (inspect.getdoc(kind) or "").partition("\n")[0].replace("``", "`")
    for other, words in WIRE.items():
        happened = happened.replace(f"`{words.__name__}`", f"`{other}`")
    own = [f for f in sorted(fields(kind), key=lambda f: f.name) if f.name not in ("at", "by")]
    optional = {f.name for f in own if (f.default, f.default_factory) != (MISSING, MISSING)}
    listed = ", ".join(f"`{f.name}`{'?' if f.name in optional else ''}" for f in own)
    return f"| `{name}` | {happened} | {listed or '—'} |"


def test_every_wire_name_has_its_line() -> None:
    """``HEMICYCLE_GOLDEN=write`` writes them again, for a person to read the difference."""
    before, _, table = PAGE.partition(TABLE)
    drawn = "\n".join(map(row, WIRE)) + "\n"
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        (Path(__file__).parents[2] / "guides" / "journal-format.md").write_text(before + TABLE + drawn, "utf-8")
    assert table == drawn
