"""Text equals data: the document made again from its journal is, byte for byte, the beginning of the signed file.

How it is made again comes from outside: this package knows no renderer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from voting.verify.container import Container
from voting.verify.journal import CHECKPOINT, JOURNAL
from voting.verify.report import Answer, answer


class CannotRebuild(Exception):
    """The journal cannot be made into a document by this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A document made again, and with which programs."""

    pdf: bytes
    toolchain: str


Rebuild = Callable[[bytes, bytes, str], Rebuilt]
"""From a journal, a checkpoint and a language to the document as it was before anybody signed."""


def judge(container: Container, rebuild: Rebuild | None) -> Answer:
    """Null when it was not asked, or when the document was made by other versions than those at hand."""
    if rebuild is None:
        return answer(None, "not_asked")
    journal, checkpoint = container.attached(JOURNAL), container.attached(CHECKPOINT)
    if journal is None or checkpoint is None:
        return answer(False, "missing")
    try:
        made = rebuild(journal, checkpoint, container.base.language)
    except CannotRebuild:
        return answer(False, "impossible")
    if container.raw.startswith(made.pdf):
        is_the_one = container.first_table == _table(made.pdf)
        return answer(True, "good", size=len(made.pdf)) if is_the_one else answer(False, "buried")
    if made.toolchain not in container.base.toolchain:
        return answer(None, "other_versions", there=container.base.toolchain, here=made.toolchain)
    return answer(False, "differs", at=_first_difference(container.raw, made.pdf))


def _table(pdf: bytes) -> int:
    """Where a file of one revision says that its cross-reference table begins."""
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", pdf)
    return int(found[1]) if found else -1


def _first_difference(a: bytes, b: bytes) -> int:
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
