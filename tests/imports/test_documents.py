"""Draft resolutions in Markdown and DOCX: where the parts are cut, and files that lie."""

from pathlib import Path

import pytest

from tests.imports.kit import docx, docx_of, package, places
from voting.imports import DocumentText, parse_document, read_document
from voting.imports.documents import MAX_DOCUMENT_BYTES, MAX_MARKDOWN_BYTES
from voting.imports.docx import MAX_XML_BYTES

VISA, REASON = "Vu le code général des collectivités territoriales ;", "Considérant que la ligne est vétuste ;"
ARTICLES = ("Article 1er – Approuve la convention.", "Article 2 – Autorise la présidente à signer.")


def _markdown(text: str) -> DocumentText:
    return parse_document(text.encode(), "rapport.md")


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
def test_parts_are_cut_where_they_begin(end: str) -> None:
    text = end.join(["Le conseil,", VISA, REASON, "", "Après en avoir délibéré, DÉCIDE :", "", *ARTICLES])
    assert _markdown(text) == DocumentText(visas=(VISA,), reasons=(REASON,), articles=ARTICLES)


def test_docx_has_the_same_parts() -> None:
    text = parse_document(docx("Rapport n° 3", VISA, "", REASON, "DÉCIDE :", *ARTICLES), "rapport.DOCX")
    assert text == DocumentText(visas=(VISA,), reasons=(REASON,), articles=ARTICLES)


@pytest.mark.parametrize(
    "line",
    [
        "- Vu le code",
        "* **Vu** le code",
        "> *Vu* le code",
        "  _Vu_ le code",
        "### Vu le code",
        "Vu\tle code",
        "Vu `le` code",
        "    - Vu le code",
    ],
)
def test_the_marks_of_markdown_are_not_text(line: str) -> None:
    assert _markdown(line).visas == ("Vu le code",)


@pytest.mark.parametrize("line", ["VU le code", "Vus les codes", "Vu, le code"])
def test_visas_as_people_write_them(line: str) -> None:
    assert _markdown(line).visas == (line,)


@pytest.mark.parametrize("line", ["vu par la commission", "Vue d'ensemble", "Vulnérable", "Revu"])
def test_other_words_are_no_visas(line: str) -> None:
    assert _markdown(line) == DocumentText()


@pytest.mark.parametrize("line", ["CONSIDÉRANT que", "CONSIDERANT QUE", "Considérant, d'une part"])
def test_reasons_as_people_write_them(line: str) -> None:
    assert _markdown(line).reasons == (line,)


def test_an_accent_in_two_characters_is_the_same_accent() -> None:
    assert _markdown("Conside\u0301rant que").reasons == ("Considérant que",)


@pytest.mark.parametrize(
    "heading", ["Article 1er", "ARTICLE 2 :", "## Article 3", "Art. 4", "Article premier", "Article IV"]
)
def test_a_heading_alone_takes_what_follows_on_its_line(heading: str) -> None:
    (article,) = _markdown(f"{heading}\n\nApprouve.\n").articles
    assert article == f"{heading.strip('# :')} : Approuve."


def test_lines_of_a_paragraph_are_joined_and_an_article_keeps_its_paragraphs() -> None:
    text = _markdown("Vu le\ncode ;\n\nArticle 2 bis\n\nFixe les\nmontants :\n- un ;\n- deux.\n\nPuis les\nverse.")
    assert text.visas == ("Vu le code ;",)
    assert text.articles == ("Article 2 bis : Fixe les montants :\nun ;\ndeux.\nPuis les verse.",)


@pytest.mark.parametrize("break_", ["---", "***", "## Annexe"])
def test_a_rule_or_a_heading_ends_an_article(break_: str) -> None:
    assert _markdown(f"Article 1 - Approuve.\n\n{break_}\n\nLe président").articles == ("Article 1 - Approuve.",)


def test_a_line_that_wraps_before_a_lowercase_word_begins_nothing() -> None:
    text = _markdown("Vu la délibération et son\narticle 10 modifié,\nvu la loi")
    assert text == DocumentText(visas=("Vu la délibération et son article 10 modifié, vu la loi",))


def test_docx_text_is_what_would_be_printed() -> None:
    body = (
        "<w:p><w:r><w:t>Vu</w:t><w:tab/><w:t>le </w:t></w:r><w:ins><w:r><w:t>code</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>vieux</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>ailleurs</w:t></w:r></w:moveFrom>"
        "<w:r><w:br/><w:t>Vu l’arrêté n°</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Vu le cadre</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Vu le cadre</w:t></w:r></w:p></mc:Fallback>"
        "</mc:AlternateContent><w:t>Considérant</w:t></w:r></w:p><w:t>nulle part</w:t><w:tab/>"
    )
    text = parse_document(docx_of(body), "a.docx")
    assert text.visas == ("Vu le code", "Vu l’arrêté n°\u20113", "Vu le cadre")
    assert text.reasons == ("Considérant",)


def test_a_document_without_any_part_is_empty() -> None:
    assert _markdown("Bonjour\n\n---\n") == parse_document(docx("Bonjour"), "a.docx") == DocumentText()
    assert _markdown("") == DocumentText()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"Vu", "a.pdf", "document_suffix"),
        (b"Vu", "a", "document_suffix"),
        (b"Vu le code c\xe9der", "a.md", "document_not_utf8"),
        ("Vu le code".encode("utf-16"), "a.md", "document_not_utf8"),
        ("Vu le code\u202e".encode(), "a.md", "document_character"),
        (b"Vu\x00le code", "a.markdown", "document_character"),
        (b"a" * (MAX_MARKDOWN_BYTES + 1), "a.md", "document_too_big"),
        (docx("Vu le code \u200b"), "a.docx", "document_character"),
        (b"Vu le code", "a.docx", "document_unreadable"),
        (package({"xl/workbook.xml": "<a/>"}), "a.docx", "document_unreadable"),
        (package({"word/document.xml": "<a>"}), "a.docx", "document_unreadable"),
        (package({"word/document.xml": b" " * (MAX_XML_BYTES + 1)}), "a.docx", "document_too_big"),
        (docx_of("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "a.docx", "document_unreadable"),
        (docx_of("&x;", '<!DOCTYPE d [<!ENTITY x "xxxx">]>'), "a.docx", "document_unreadable"),
        (
            package({"word/document.xml": '<?xml version="1.0" encoding="x-none"?><a/>'}),
            "a.docx",
            "document_unreadable",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, name: str, code: str) -> None:
    assert places(lambda: parse_document(content, name)) == [(code, 0, "")]


def test_deep_nesting_is_no_danger() -> None:
    body = "<w:p>" * 100_000 + "<w:r><w:t>Vu le code</w:t></w:r>" + "</w:p>" * 100_000
    assert parse_document(docx_of(body), "a.docx").visas == ("Vu le code",)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Vu le code", "utf-8")
    assert read_document(tmp_path / "a.md").visas == ("Vu le code",)
    assert places(lambda: read_document(tmp_path / "b.md")) == [("document_missing", 0, "")]
    assert places(lambda: read_document(tmp_path)) == [("document_unreadable", 0, "")]
    with (tmp_path / "c.docx").open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    assert places(lambda: read_document(tmp_path / "c.docx")) == [("document_too_big", 0, "")]
