"""What stops a verification: a file that cannot be read at all, or a trust anchor that is none."""

from collections.abc import Callable
from typing import TypeVar

from voting.verify.report import Fields

T = TypeVar("T")


class Unreadable(Exception):
    """The file cannot be judged. Its sentence is ``verify.file.<code>``."""

    def __init__(self, code: str, **fields: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.fields: Fields = fields


class BadAnchor(Exception):
    """A certificate or a journal key that the caller trusts is not one: wrong usage, not a bad file.

    Its sentence is ``verify.anchor.<code>``; ``place`` counts the given anchors from 1.
    """

    def __init__(self, code: str, place: int) -> None:
        super().__init__(code)
        self.code = code
        self.place = place


class Malformed(Exception):
    """A line of the journal does not have the shape of its event."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"line {seq}: {what}")
        self.seq = seq
        self.what = what


def reading(work: Callable[[], T]) -> T:
    """Runs a PDF library over a hostile file: what it trips over is the file's doing, and becomes ``Unreadable``."""
    try:
        return work()
    except Unreadable:
        raise
    except Exception as trip:  # the libraries promise no list of what they raise
        raise Unreadable("damaged") from trip
