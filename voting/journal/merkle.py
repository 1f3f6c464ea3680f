"""The Merkle tree of RFC 6962 over leaf hashes: roots, inclusion and consistency proofs, and their checks.

What a leaf is made of is the affair of `codec`; who signs a root, of `checkpoint`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry. RFC 6962, 2.1: the prefix keeps leaves and nodes apart."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree reduced to what is needed to go on: the roots of its perfect subtrees, left to right.

    Appending and the root cost O(log n), so a checkpoint costs nothing on a long journal. Being a value, the frontier
    of a batch that fails is simply forgotten.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier with one more leaf."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier with these leaves after its own."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            hash_, carry = leaf, size
            while carry & 1:
                hash_ = node_hash(peaks.pop(), hash_)
                carry >>= 1
            peaks.append(hash_)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """The root hash."""
        return _bag(self.peaks)


class Tree:
    """A growing tree that keeps its perfect subtrees, to prove any leaf or any earlier size in O(log² n).

    Two hashes are kept per leaf (64 bytes): 10,000 events weigh 640 kB. Those of nodes are made when one is asked for:
    between two results nobody asks, and a vote need not wait for them.
    """

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        self.extend(leaves)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf at the end."""
        self._levels[0].append(leaf)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves at the end."""
        self._levels[0].extend(leaves)

    def truncate(self, size: int) -> None:
        """Go back to what the tree was at that size."""
        kept = self._sized(size)
        for height, level in enumerate(self._levels):
            del level[kept >> height :]
        while len(self._levels) > 1 and not self._levels[-1]:
            self._levels.pop()

    def leaf(self, index: int) -> bytes:
        """The leaf at that index."""
        return self._levels[0][index]

    def root(self, size: int | None = None) -> bytes:
        """The root, now or when the tree had that size."""
        return self._range(0, self._sized(size))

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that this leaf is in the tree of that size, from its sibling up. RFC 6962, 2.1.1."""
        end = self._sized(size)
        if not 0 <= index < end:
            raise IndexError(index)
        start, path = 0, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency(self, old_size: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that the tree of the old size is the beginning of the tree of that size. RFC 6962, 2.1.2."""
        end = self._sized(size)
        if not 0 <= old_size <= end:
            raise IndexError(old_size)
        if old_size in (0, end):
            return ()
        start, path = 0, []
        while old_size < end:
            middle = start + _split(end - start)
            if old_size <= middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        if start:
            path.append(self._range(start, end))
        return tuple(reversed(path))

    def _sized(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise IndexError(size)
        return size

    def _grow(self) -> None:
        """Make the nodes that the newest leaves complete."""
        height = 0
        while len(self._levels[height]) > 1:
            below = self._levels[height]
            height += 1
            if height == len(self._levels):
                self._levels.append([])
            level = self._levels[height]
            level.extend(node_hash(*below[place : place + 2]) for place in range(2 * len(level), len(below) - 1, 2))

    def _range(self, start: int, end: int) -> bytes:
        """The root of leaves [start, end), a subtree of the recursive definition: aligned, so made of kept hashes."""
        self._grow()
        peaks = []
        while start < end:
            height = (end - start).bit_length() - 1
            peaks.append(self._levels[height][start >> height])
            start += 1 << height
        return _bag(peaks)


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionStatus:
    """The answer to: is this leaf in the tree of that root?"""

    well_formed: bool
    """The proof has the length that this index and size ask for, and whole hashes."""
    root_matches: bool

    @property
    def holds(self) -> bool:
        """Both answers are yes."""
        return self.well_formed and self.root_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyStatus:
    """The answer to: is the older tree the beginning of the newer one?"""

    well_formed: bool
    """The proof has the length that these sizes ask for, and whole hashes."""
    old_root_matches: bool
    new_root_matches: bool

    @property
    def holds(self) -> bool:
        """All answers are yes."""
        return self.well_formed and self.old_root_matches and self.new_root_matches


_NOT_INCLUDED = InclusionStatus(well_formed=False, root_matches=False)
_MALFORMED = ConsistencyStatus(well_formed=False, old_root_matches=False, new_root_matches=False)


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over all these leaves."""
    return Frontier().extend(leaves).root()


def verify_inclusion(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> InclusionStatus:
    """Recompute the root from the leaf and its proof. RFC 9162, 2.1.3.2."""
    if not 0 <= index < size or not _hashes((leaf, *proof)):
        return _NOT_INCLUDED
    node, last, hash_ = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return _NOT_INCLUDED
        if node & 1 or node == last:
            hash_ = node_hash(sibling, hash_)
            node, last = _to_right_child(node, last)
        else:
            hash_ = node_hash(hash_, sibling)
        node, last = node >> 1, last >> 1
    return InclusionStatus(well_formed=last == 0, root_matches=last == 0 and hash_ == root)


def verify_consistency(
    *, old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]
) -> ConsistencyStatus:
    """Recompute both roots from the proof. RFC 9162, 2.1.4.2."""
    if not 0 <= old_size <= size or not _hashes(proof):
        return _MALFORMED
    if old_size in (0, size):
        return ConsistencyStatus(
            well_formed=not proof,
            old_root_matches=old_root == (root if old_size else EMPTY_ROOT),
            new_root_matches=size > 0 or root == EMPTY_ROOT,
        )
    is_perfect = old_size & (old_size - 1) == 0
    path = [old_root, *proof] if is_perfect else list(proof)
    roots = _both_roots(old_size - 1, size - 1, path)
    if roots is None:
        return _MALFORMED
    return ConsistencyStatus(well_formed=True, old_root_matches=roots[0] == old_root, new_root_matches=roots[1] == root)


def _both_roots(node: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots that a consistency proof leads to; None: it is too short or too long for these sizes."""
    if not path:
        return None
    while node & 1:
        node, last = node >> 1, last >> 1
    old_hash = new_hash = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old_hash, new_hash = node_hash(sibling, old_hash), node_hash(sibling, new_hash)
            node, last = _to_right_child(node, last)
        else:
            new_hash = node_hash(new_hash, sibling)
        node, last = node >> 1, last >> 1
    return None if last else (old_hash, new_hash)


def _to_right_child(node: int, last: int) -> tuple[int, int]:
    """Climb while the node is a left child without a sibling."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _split(size: int) -> int:
    """The largest power of two smaller than this size."""
    return 1 << (size - 1).bit_length() - 1


def _bag(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    hash_ = peaks[-1]
    for peak in reversed(peaks[:-1]):
        hash_ = node_hash(peak, hash_)
    return hash_


def _hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
