"""Making minutes again from their journal, and the journals that cannot be made into any."""

import pytest

from tests.kit import journals
from voting.rebuild import rebuild
from voting.verify import CannotRebuild

SEALED = journals.sealed(journals.small().events)


def test_the_same_journal_gives_the_same_bytes() -> None:
    first, second = (rebuild(SEALED.journal, SEALED.checkpoint, "fr") for _ in range(2))
    assert first == second
    assert first.pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("journal", "checkpoint", "language"),
    [
        (SEALED.journal, SEALED.checkpoint, "de"),
        (b"", SEALED.checkpoint, "fr"),
        (b"rien\n", SEALED.checkpoint, "fr"),
        (SEALED.journal.split(b"\n", 1)[1], SEALED.checkpoint, "fr"),
        (SEALED.journal, b"rien", "fr"),
    ],
)
def test_what_cannot_be_made_again_is_said(journal: bytes, checkpoint: bytes, language: str) -> None:
    with pytest.raises(CannotRebuild):
        rebuild(journal, checkpoint, language)
