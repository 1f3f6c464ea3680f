"""Catalogue: codes, placeholders, plurals, and the mistakes it must not let through."""

from pathlib import Path

import pytest

import bot.texts
import voting.wording
from voting.wording.catalogue import BadCatalogue, Catalogue, MissingField, UnknownCode, UnknownLanguage, load

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
POLL = 'msgid "poll.open"\nmsgstr "Le scrutin {number} est ouvert."\n\n'
QUORUM = """msgid "quorum.missing"
msgid_plural "quorum.missing.plural"
msgstr[0] "Il manque {missing} membre."
msgstr[1] "Il manque {missing} membres."
"""


def _load(folder: Path, *areas: str, language: str = "fr") -> Catalogue:
    (folder / language).mkdir()
    for number, area in enumerate(areas):
        (folder / language / f"area{number}.po").write_text(HEADER + area, "utf-8")
    return load(folder, language)


def test_fills_the_placeholders(tmp_path: Path) -> None:
    assert _load(tmp_path, POLL)("poll.open", number=4) == "Le scrutin 4 est ouvert."


def test_a_value_is_never_read_as_a_template(tmp_path: Path) -> None:
    assert _load(tmp_path, POLL)("poll.open", number="{number} {0}") == "Le scrutin {number} {0} est ouvert."


@pytest.mark.parametrize(("language", "n", "word"), [("fr", 0, "membre"), ("fr", 1, "membre"), ("fr", 2, "membres")])
def test_french_counts_zero_as_singular(tmp_path: Path, language: str, n: int, word: str) -> None:
    texts = _load(tmp_path, QUORUM, language=language)
    assert texts.plural("quorum.missing", n, missing=n) == f"Il manque {n} {word}."


def test_english_counts_zero_as_plural(tmp_path: Path) -> None:
    texts = _load(tmp_path, QUORUM, language="en")
    assert [texts.plural("quorum.missing", n, missing=n)[-2] for n in (0, 1, 2)] == ["s", "e", "s"]


def test_several_areas_make_one_catalogue(tmp_path: Path) -> None:
    texts = _load(tmp_path, POLL, QUORUM)
    assert texts.codes == {"poll.open", "quorum.missing"}
    assert "poll.open" in texts
    assert "poll.closed" not in texts


def test_an_unknown_code_is_a_fault_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UnknownCode, match=r"'poll\.closed' in the 'fr'"):
        _load(tmp_path, POLL)("poll.closed")


def test_a_code_without_plural_is_not_counted(tmp_path: Path) -> None:
    with pytest.raises(UnknownCode, match="no plural"):
        _load(tmp_path, POLL).plural("poll.open", 2, number=1)


def test_a_missing_field_is_a_fault_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(MissingField, match="needs the field 'number'"):
        _load(tmp_path, POLL)("poll.open", poll=4)


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ((POLL, POLL), "in both area0.po and area1.po"),
        ((POLL + POLL,), "said twice"),
        (('msgid "a.b"\nmsgstr "{n.real}"\n',), "plain field name"),
        (('msgid "a.b"\nmsgstr "{n!r}"\n',), "plain field name"),
        (('msgid "a.b"\nmsgstr "{n:>9}"\n',), "plain field name"),
        (('msgid "a.b"\nmsgstr "{}"\n',), "plain field name"),
        (('msgid "a.b"\nmsgstr "{n"\n',), "expected '}'"),
        (("this is not a catalogue\n",), "area0.po"),
    ],
)
def test_a_bad_catalogue_is_refused(tmp_path: Path, areas: tuple[str, ...], message: str) -> None:
    with pytest.raises(BadCatalogue, match=message):
        _load(tmp_path, *areas)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "a.po").write_bytes((HEADER + 'msgid "a.b"\nmsgstr "é"\n').encode("latin-1"))
    with pytest.raises(BadCatalogue, match=r"a\.po"):
        load(tmp_path, "fr")


def test_there_is_no_third_language(tmp_path: Path) -> None:
    with pytest.raises(UnknownLanguage, match="'de'"):
        load(tmp_path, "de")


def test_french_is_the_default_and_is_read_once() -> None:
    assert bot.texts.catalogue().language == voting.wording.catalogue().language == "fr"
    assert bot.texts.catalogue("en") is bot.texts.catalogue("en")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr-FR", "fr"), ("en-GB", "en"), ("EN", "en"), ("en_US", "en"), ("de-DE", "fr"), ("", "fr"), (None, "fr")],
)
def test_a_teams_locale_gets_one_of_our_languages(locale: str | None, language: str) -> None:
    assert bot.texts.language_of(locale) == language
