"""Items voted together, as a sentence names them. Leaves the words to ``blocks.po``."""

from collections.abc import Sequence

from voting.domain.assembly import ItemKind
from voting.wording.catalogue import Catalogue

Named = tuple[ItemKind, str]
"""An item by its kind and its number."""


def block_words(texts: Catalogue, items: Sequence[Named], most: int | None = None) -> str:
    """``rapports n° 4, 5 et 7``; how many they are where they are more than ``most``."""
    numbers = [number for _, number in items]
    if len(numbers) < 2 or (most is not None and len(numbers) > most):
        return texts.plural("outcome.block.many", len(numbers), n=len(numbers))
    kinds = {kind.value for kind, _ in items}
    code = kinds.pop() if kinds in ({"report"}, {"motion"}) else "mixed"
    joined = texts("outcome.block.and", first=", ".join(numbers[:-1]), last=numbers[-1])
    return texts(f"outcome.block.{code}", numbers=joined)


def of_block(texts: Catalogue, said: str, items: Sequence[Named], most: int | None = None) -> str:
    """What was said of a vote, with the items that it decides when they are several."""
    if len(items) < 2:
        return said
    return texts("outcome.block", items=block_words(texts, items, most), said=said)
