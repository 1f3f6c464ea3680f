"""The tree against the published vectors and against the recursive definition of RFC 6962."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.journal.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# The eight entries of Certificate Transparency's own tests, and the root after each.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]


def split(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def defined_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*defined_path(index, leaves[:k]), defined_root(leaves[k:])]
    return [*defined_path(index - k, leaves[k:]), defined_root(leaves[:k])]


def defined_proof(old: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """RFC 6962, 2.1.2, word for word."""
    if old == len(leaves):
        return [] if whole else [defined_root(leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*defined_proof(old, leaves[:k], whole), defined_root(leaves[k:])]
    return [*defined_proof(old - k, leaves[k:], False), defined_root(leaves[:k])]


def some_leaves(size: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size]
    assert Tree(LEAVES).root(size).hex() == ROOTS[size]


def test_the_published_proofs() -> None:
    tree = Tree(LEAVES)
    assert [hash_.hex() for hash_ in tree.inclusion(0, 8)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [hash_.hex() for hash_ in tree.consistency(6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", range(1, 34))
def test_every_proof_of_small_trees_is_the_defined_one_and_verifies(size: int) -> None:
    leaves = some_leaves(size)
    tree, head = Tree(leaves), defined_root(leaves)
    assert tree.root() == head
    for index in range(size):
        proof = tree.inclusion(index)
        assert list(proof) == defined_path(index, leaves)
        assert verify_inclusion(leaf=leaves[index], index=index, size=size, proof=proof, root=head).holds
    for old in range(1, size + 1):
        steps = tree.consistency(old)
        assert list(steps) == defined_proof(old, leaves)
        old_root = defined_root(leaves[:old])
        assert verify_consistency(old_size=old, size=size, old_root=old_root, root=head, proof=steps).holds


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=200), st.data())
def test_frontier_tree_and_definition_agree_at_every_size(leaves: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    before = Frontier().extend(leaves[:cut])
    after = before.extend(leaves[cut:])
    tree = Tree(leaves)
    assert before.root() == tree.root(cut) == defined_root(leaves[:cut])
    assert after.root() == tree.root() == defined_root(leaves)
    assert (before.size, after.size, tree.size) == (cut, len(leaves), len(leaves))
    assert len(after.peaks) == len(leaves).bit_count()


@given(st.integers(1, 300), st.data())
def test_a_proof_proves_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = some_leaves(size)
    tree = Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = list(tree.inclusion(index))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index)) if size > 1 else 1

    def holds(leaf: bytes, at: int, path: Sequence[bytes], head: bytes) -> bool:
        return verify_inclusion(leaf=leaf, index=at, size=size, proof=path, root=head).holds

    assert holds(leaves[index], index, proof, tree.root())
    assert not holds(leaf_hash(b"another"), index, proof, tree.root())
    assert not holds(leaves[index], other, proof, tree.root())
    assert not holds(leaves[index], index, proof, leaf_hash(b"another"))
    assert not holds(leaves[index], index, [*proof, leaves[0]], tree.root())
    assert not holds(leaves[index], -1, proof, tree.root())
    assert not holds(leaves[index], size, proof, tree.root())
    if proof:
        assert not holds(leaves[index], index, proof[:-1], tree.root())
        assert not holds(leaves[index], index, [proof[0][:31], *proof[1:]], tree.root())


@given(st.integers(2, 300), st.data())
def test_a_rewritten_history_is_not_consistent(size: int, data: st.DataObject) -> None:
    leaves = some_leaves(size)
    old = data.draw(st.integers(1, size - 1))
    rewritten = list(leaves)
    rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"another")
    told, forged = Tree(leaves), Tree(rewritten)
    status = verify_consistency(
        old_size=old, size=size, old_root=told.root(old), root=forged.root(), proof=forged.consistency(old)
    )
    assert not status.holds
    for proof in (told.consistency(old)[:-1], (*told.consistency(old), told.root())):
        status = verify_consistency(old_size=old, size=size, old_root=told.root(old), root=told.root(), proof=proof)
        assert not status.holds


def test_consistency_with_the_empty_tree_and_with_itself() -> None:
    tree = Tree(LEAVES)

    def check(old: int, size: int, old_root: bytes, head: bytes, proof: Sequence[bytes] = ()) -> bool:
        return verify_consistency(old_size=old, size=size, old_root=old_root, root=head, proof=proof).holds

    assert tree.consistency(0) == tree.consistency(8) == ()
    assert check(0, 8, EMPTY_ROOT, tree.root())
    assert check(0, 0, EMPTY_ROOT, EMPTY_ROOT)
    assert check(8, 8, tree.root(), tree.root())
    assert not check(0, 8, tree.root(), tree.root())
    assert not check(0, 0, EMPTY_ROOT, tree.root())
    assert not check(8, 8, tree.root(7), tree.root())
    assert not check(8, 8, tree.root(), tree.root(), (tree.root(),))
    assert not check(9, 8, tree.root(), tree.root())
    assert not check(3, 8, tree.root(3), tree.root())


def test_refuses_sizes_that_it_does_not_have() -> None:
    tree = Tree(LEAVES)
    for call in (
        lambda: tree.root(9),
        lambda: tree.root(-1),
        lambda: tree.inclusion(8),
        lambda: tree.inclusion(5, 5),
        lambda: tree.consistency(9),
        lambda: tree.consistency(6, 5),
    ):
        with pytest.raises(IndexError):
            call()


def test_a_frontier_grows_one_leaf_at_a_time_and_stays_a_value() -> None:
    start = Frontier()
    one = start.append(LEAVES[0])
    assert (start.size, start.root()) == (0, EMPTY_ROOT)
    assert (one.size, one.root()) == (1, LEAVES[0])
    assert one.append(LEAVES[1]) == start.extend(LEAVES[:2])


def test_a_tree_gives_its_leaves_back() -> None:
    tree = Tree()
    for leaf in LEAVES:
        tree.append(leaf)
    assert [tree.leaf(index) for index in range(tree.size)] == LEAVES


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 20))
def test_a_tree_goes_back_and_on(size: int, kept: int, more: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size + more)]
    tree = Tree(leaves[:size])
    kept = min(kept, size)
    tree.truncate(kept)
    assert (tree.size, tree.root()) == (kept, Tree(leaves[:kept]).root())
    tree.extend(leaves[size:])
    assert tree.root() == Tree([*leaves[:kept], *leaves[size:]]).root()
    with pytest.raises(IndexError):
        tree.truncate(tree.size + 1)
