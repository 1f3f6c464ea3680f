"""Transcripts in Markdown and DOCX: where a name opens a speech, as clerks and meeting programs write it."""

import pytest

from tests.imports.kit import docx, package, places
from voting.imports.documents import MAX_DOCUMENT_BYTES, MAX_MARKDOWN_BYTES
from voting.imports.spoken import Speech, parse_spoken


def known(name: str) -> bool:
    return name in ("Le Goff", "Yannick Le Goff", "Jean-Noël d’Arc")


def speeches(text: str) -> list[tuple[int, str, list[str]]]:
    return [(s.line, s.speaker, s.paragraphs) for s in parse_spoken(text.encode(), "debat.md", known)]


@pytest.mark.parametrize(
    ("line", "speaker", "said"),
    [
        ("M. Le Goff.- Bonjour.", "M. Le Goff", "Bonjour."),
        ("M. LE GOFF .– Bonjour.", "M. LE GOFF", "Bonjour."),
        ("**Mme Benali** : Bonjour.", "Mme Benali", "Bonjour."),
        ("Madame la présidente : Bonjour.", "Madame la présidente", "Bonjour."),
        ("Yannick Le Goff – Bonjour.", "Yannick Le Goff", "Bonjour."),
        ("Mme Benali (Rivages) : Bonjour : oui.", "Mme Benali", "Bonjour : oui."),
        ("> Jean-Noël d’Arc: Bonjour.", "Jean-Noël d’Arc", "Bonjour."),
    ],
)
def test_a_name_opens_a_speech(line: str, speaker: str, said: str) -> None:
    assert speeches(line) == [(1, speaker, [said])]


@pytest.mark.parametrize("line", ["Attention : ce point est grave.", "Le coût – élevé – surprend.", "Vote : 12 pour."])
def test_other_words_before_a_colon_open_none(line: str) -> None:
    assert speeches(f"M. Le Goff : Bonjour.\n\n{line}") == [(1, "M. Le Goff", ["Bonjour.", line])]


def test_paragraphs_follow_their_name_until_a_heading() -> None:
    text = "# Rapport 1\n\nM. Le Goff :\n\nUn.\n- Deux.\n\n---\n\n(Brouhaha)\n\nLe Goff : Trois."
    assert speeches(text) == [(3, "M. Le Goff", ["Un.", "Deux."]), (8, "", ["(Brouhaha)"]), (12, "Le Goff", ["Trois."])]


def test_the_hour_behind_a_name_as_meeting_programs_write_it() -> None:
    content = docx("Yannick Le Goff   0:03\nBonjour.\nOui.", "Invité Inconnu 1:02:03\nBonsoir.")
    assert parse_spoken(content, "Réunion.DOCX", known) == (
        Speech(line=1, speaker="Yannick Le Goff", paragraphs=["Bonjour.", "Oui."]),
        Speech(line=4, speaker="Invité Inconnu", paragraphs=["Bonsoir."]),
    )


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"# Titre\n\n", "x.md", ("transcript_empty", 0, "")),
        ("été".encode("cp1252"), "x.md", ("not_utf8", 1, "")),
        (b"x" * (MAX_MARKDOWN_BYTES + 1), "x.md", ("file_too_big", 0, "")),
        (b"PK\x03\x04", "x.docx", ("document_unreadable", 0, "")),
        (b"x" * (MAX_DOCUMENT_BYTES + 1), "x.docx", ("file_too_big", 0, "")),
    ],
)
def test_a_bad_file_is_refused(content: bytes, name: str, found: tuple[str, int, str]) -> None:
    assert places(lambda: parse_spoken(content, name, known)) == [found]


def test_a_package_that_swells_is_refused() -> None:
    bomb = package({"word/document.xml": b"<a>" + b" " * 20_000_001 + b"</a>"})
    assert places(lambda: parse_spoken(bomb, "x.docx", known)) == [("file_too_big", 0, "")]
