"""The rules of the agenda file, one by one, and all at once."""

from pathlib import Path

import pytest

from tests.imports.kit import CHAIR, Place, agenda, docx, members, places, problems
from voting.domain.assembly import ItemKind, LegalSubject
from voting.imports import AgendaRow, parse_agenda, parse_members, read_agenda

GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
FIRST = {"number": "1", "title": "Routes"}


def _places(*rows: dict[str, str], folder: Path | None = None) -> list[Place]:
    """With an item on line 2."""
    return places(lambda: parse_agenda(agenda(FIRST, *rows), folder=folder))


def test_every_column_is_read() -> None:
    row = {
        "number": "1a",
        "title": "Supprimer l'article 2",
        "rapporteur": "m01",
        "commission": "Mobilités",
        "kind": "amendment",
        "parent": "1",
        "confidential": "oui",
        "legal_subject": "outside_bodies",
        "matter_code": "7.10",
        "opinion": "Avis favorable",
        "document": "textes\\1a.md",
    }
    assert parse_agenda(agenda(row, FIRST))[0] == AgendaRow(
        number="1a",
        title="Supprimer l'article 2",
        rapporteur="m01",
        commission="Mobilités",
        kind=ItemKind.AMENDMENT,
        parent="1",
        confidential=True,
        legal_subject=LegalSubject.OUTSIDE_BODIES,
        matter_code="7.10",
        opinion="Avis favorable",
        document="textes/1a.md",
    )


def test_only_the_number_and_the_title_are_required() -> None:
    (item,) = parse_agenda(b"number;title\n1;Routes\n")
    assert (item.kind, item.confidential, item.legal_subject) == (ItemKind.REPORT, False, LegalSubject.ORDINARY)
    assert (item.rapporteur, item.commission, item.parent, item.matter_code, item.document) == ("", "", None, "", "")


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_is_known(kind: ItemKind) -> None:
    assert (
        parse_agenda(agenda(FIRST, {"number": "2", "title": "x", "kind": kind.upper(), "parent": "1"}))[1].kind is kind
    )


@pytest.mark.parametrize(("word", "meant"), [("1", True), ("OUI", True), ("yes", True), ("0", False), ("Non", False)])
def test_confidential_in_words(word: str, meant: bool) -> None:
    assert parse_agenda(agenda({**FIRST, "confidential": word}))[0].confidential is meant


@pytest.mark.parametrize(("written", "code"), [("7.5", "7.5"), ("7,5", "7.5"), ("7.10", "7.10"), (" 9.4 ", "9.4")])
def test_a_matter_code_may_have_the_comma_of_a_french_spreadsheet(written: str, code: str) -> None:
    assert parse_agenda(agenda({**FIRST, "matter_code": written}))[0].matter_code == code


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"number": "", "title": "x"}, "required", "number"),
        ({"number": "2", "title": " "}, "required", "title"),
        ({"number": "1", "title": "x"}, "duplicate_number", "number"),
        ({"number": "2", "title": "x" * 1001}, "too_long", "title"),
        ({"number": "2", "title": "Routes \u2067ponts"}, "forbidden_character", "title"),
        ({"number": "2", "title": "x", "kind": "rapport"}, "unknown_choice", "kind"),
        ({"number": "2", "title": "x", "kind": "amendment"}, "amendment_without_parent", "parent"),
        ({"number": "2", "title": "x", "parent": "3"}, "parent_unknown", "parent"),
        ({"number": "2", "title": "x", "parent": "2"}, "parent_cycle", "parent"),
        ({"number": "2", "title": "x", "confidential": "secret"}, "not_yes_no", "confidential"),
        ({"number": "2", "title": "x", "confidential": "-"}, "not_yes_no", "confidential"),
        ({"number": "2", "title": "x", "legal_subject": "budget"}, "unknown_choice", "legal_subject"),
        ({"number": "2", "title": "x", "legal_subject": "-"}, "unknown_choice", "legal_subject"),
        ({"number": "2", "title": "x", "matter_code": "75"}, "bad_matter_code", "matter_code"),
        ({"number": "2", "title": "x", "matter_code": "7.123"}, "bad_matter_code", "matter_code"),
        ({"number": "2", "title": "x", "matter_code": "0.5"}, "bad_matter_code", "matter_code"),
        ({"number": "2", "title": "x", "matter_code": "7.0"}, "bad_matter_code", "matter_code"),
        ({"number": "2", "title": "x", "matter_code": "7.05"}, "bad_matter_code", "matter_code"),
        ({"number": "2", "title": "x", "matter_code": "\u0667.5"}, "bad_matter_code", "matter_code"),
        ({"number": "2", "title": "x", "rapporteur": "ines@example.org"}, "private_rapporteur", "rapporteur"),
        ({"number": "2", "title": "x", "rapporteur": GUID}, "private_rapporteur", "rapporteur"),
        ({"number": "2", "title": "x", "document": "../secret.md"}, "document_outside", "document"),
        ({"number": "2", "title": "x", "document": "a/../../secret.md"}, "document_outside", "document"),
        ({"number": "2", "title": "x", "document": "/etc/secret.md"}, "document_outside", "document"),
        ({"number": "2", "title": "x", "document": "\\\\server\\secret.md"}, "document_outside", "document"),
        ({"number": "2", "title": "x", "document": "C:secret.md"}, "document_outside", "document"),
        ({"number": "2", "title": "x", "document": "https://example.org/a.md"}, "document_outside", "document"),
        ({"number": "2", "title": "x", "document": "rapport.pdf"}, "document_suffix", "document"),
        ({"number": "2", "title": "x", "document": "rapport"}, "document_suffix", "document"),
    ],
)
def test_a_bad_line_is_told_with_its_column(row: dict[str, str], code: str, column: str) -> None:
    assert _places(row) == [(code, 3, column)]


def test_the_title_may_be_that_long() -> None:
    assert len(parse_agenda(agenda({**FIRST, "title": "é" * 1000}))[0].title) == 1000


def test_a_rapporteur_is_a_name_or_an_id_and_never_an_address_nor_an_account() -> None:
    roll = parse_members(members({**CHAIR, "email": "Chair@example.org", "account": GUID}))
    for written, kept in [
        ("m01", "m01"),
        ("Mme Inès Bellaroui", "Mme Inès Bellaroui"),
        ("chair@EXAMPLE.org", "m01"),
        (f"{{{GUID.upper()}}}", "m01"),
    ]:
        (item,) = parse_agenda(agenda({**FIRST, "rapporteur": written}), members=roll)
        assert item.rapporteur == kept


def test_a_loop_of_parents_is_told_once_as_a_chain() -> None:
    rows = [{"number": n, "title": "x", "parent": p} for n, p in ("23", "34", "42", "52")]
    (problem,) = problems(lambda: parse_agenda(agenda(FIRST, *rows)))
    assert (problem.code, problem.line, problem.fields) == ("import.parent_cycle", 3, {"chain": "2 → 3 → 4 → 2"})


def test_a_long_line_of_parents_is_no_loop_and_costs_little() -> None:
    rows = [{"number": str(n), "title": "x", "parent": str(n - 1)} for n in range(2, 5001)]
    assert _places(*rows) == []


def test_nothing_is_said_missing_that_may_be_in_a_bad_cell() -> None:
    rows = ({"number": "2\u202e", "title": "x"}, {"number": "3", "title": "x", "parent": "2"})
    assert _places(*rows) == [("forbidden_character", 3, "number")]


def test_documents_must_be_there_and_readable(tmp_path: Path) -> None:
    (tmp_path / "textes").mkdir()
    (tmp_path / "textes" / "1.docx").write_bytes(docx("Vu le code", "Article 1er - Approuve."))
    (tmp_path / "2.md").write_text("Article 1er - Approuve.", "utf-8")
    (tmp_path / "3.docx").write_bytes(b"PK\x03\x04 not quite")
    (tmp_path / "4.md").write_bytes(b"ok\nArticle 1er : c\xe9der")
    (tmp_path / "5.md").write_text("Article 1er :\u202e", "utf-8")
    (tmp_path / "6.md").mkdir()
    names = ("textes/1.docx", "2.md", "3.docx", "4.md", "5.md", "6.md", "7.md")
    rows = [{"number": str(n), "title": "x", "document": name} for n, name in enumerate(names, start=2)]
    path = tmp_path / "agenda.csv"
    path.write_bytes(agenda(FIRST, *rows))
    found = problems(lambda: read_agenda(path))
    assert [(p.code, p.line, p.column, p.value, p.fields.get("place")) for p in found] == [
        ("import.document_unreadable", 5, "document", "3.docx", None),
        ("import.document_not_utf8", 6, "document", "4.md", 2),
        ("import.document_character", 7, "document", "5.md", 1),
        ("import.document_unreadable", 8, "document", "6.md", None),
        ("import.document_missing", 9, "document", "7.md", None),
    ]
    path.write_bytes(agenda(FIRST, *rows[:2]))
    assert [item.document for item in read_agenda(path)] == ["", "textes/1.docx", "2.md"]


def test_a_link_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    beside = tmp_path / "beside"
    beside.mkdir()
    (tmp_path / "secret.md").write_text("Article 1er", "utf-8")
    (beside / "link.md").symlink_to(tmp_path / "secret.md")
    row = {"number": "2", "title": "x", "document": "link.md"}
    assert _places(row, folder=beside) == [("document_outside", 3, "document")]
    assert _places(row, folder=tmp_path / "beside" / "..") == [("document_missing", 3, "document")]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    rows = (
        {"number": "1", "title": "", "kind": "x"},
        {"number": "2", "title": "x", "kind": "amendment", "matter_code": "x"},
        {"number": "3", "title": "x", "parent": "9", "document": "a.pdf"},
    )
    assert _places(*rows) == [
        ("required", 3, "title"),
        ("unknown_choice", 3, "kind"),
        ("duplicate_number", 3, "number"),
        ("bad_matter_code", 4, "matter_code"),
        ("amendment_without_parent", 4, "parent"),
        ("document_suffix", 5, "document"),
        ("parent_unknown", 5, "parent"),
    ]
