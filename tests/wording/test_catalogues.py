"""The catalogues that ship: fr and en say the same things, completely, and French is typeset as French."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import bot.texts
import voting.wording
from voting.wording.catalogue import LANGUAGES, placeholders, read

ROOT = Path(__file__).parents[2]
FOLDERS = {"voting.wording": ROOT / "voting" / "wording", "bot.texts": ROOT / "bot" / "texts"}
CODE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
SPACES = "\u00a0\u202f"
MISSING_SPACE = re.compile(
    rf"[^{SPACES};!?(…][;!?]"  # high marks
    rf"|[^{SPACES}]:(?=\s|$)"  # a colon that ends a clause; 10:03 and https:// are none
    rf"|[^{SPACES}]»|«[^{SPACES}]"
)
NOT_PROSE = re.compile(r"https?://\S+|`[^`]*`|&[a-z]+;|\]\([^)]*\)")

folders = pytest.mark.parametrize("package", FOLDERS)


def _files(package: str, language: str) -> list[Path]:
    return sorted((FOLDERS[package] / language).glob("*.po"))


def _catalogs(package: str, language: str) -> Iterator[Catalog]:
    for path in _files(package, language):
        with path.open("rb") as file:
            yield read_po(file, locale=language, abort_invalid=True)


def _messages(package: str, language: str) -> Iterator[Message]:
    for catalog in _catalogs(package, language):
        yield from (message for message in catalog if message.id)


def _fields(package: str, language: str) -> dict[str, tuple[int, frozenset[str]]]:
    """For each code, how many forms it has and the fields they ask for."""
    return {
        code: (len(forms), frozenset[str]().union(*map(placeholders, forms)))
        for path in _files(package, language)
        for code, forms in read(path, language)
    }


@folders
def test_both_languages_have_the_same_areas(package: str) -> None:
    french, english = ([path.name for path in _files(package, language)] for language in LANGUAGES)
    assert french == english


@folders
def test_both_languages_have_the_same_codes_forms_and_fields(package: str) -> None:
    french, english = (_fields(package, language) for language in LANGUAGES)
    assert sorted(french.keys() ^ english.keys()) == []
    assert [code for code in french if french[code] != english[code]] == []


@folders
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_and_reviewed(package: str, language: str) -> None:
    unsaid = [message.id for message in _messages(package, language) if not all(_forms(message))]
    fuzzy = [message.id for message in _messages(package, language) if message.fuzzy]
    assert (unsaid, fuzzy) == ([], [])
    assert [code for catalog in _catalogs(package, language) for code in catalog.obsolete] == []


@folders
@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_dotted_and_plurals_named_after_them(package: str, language: str) -> None:
    for message in _messages(package, language):
        code, *plural = (message.id,) if isinstance(message.id, str) else message.id
        assert CODE.fullmatch(code)
        assert plural in ([], [f"{code}.plural"])


@folders
def test_french_is_typeset_as_french(package: str) -> None:
    wrong = [
        f"{message.id}: {form}"
        for message in _messages(package, "fr")
        for form in _forms(message)
        if MISSING_SPACE.search(NOT_PROSE.sub("_", form)) or "..." in form
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Qui vote\u202f?", False),
        ("Qui vote ?", True),
        ("Qui vote?", True),
        ("À 10:03, voir https://example.org/?a=b\u00a0: oui", False),
        ("Résultat: adopté", True),
        ("Résultat :", True),
        ("«\u00a0pour\u00a0»", False),
        ("« pour »", True),
        ("Quoi\u202f?!", False),
    ],
)
def test_the_typographer_knows_his_job(sentence: str, fault: bool) -> None:
    assert bool(MISSING_SPACE.search(NOT_PROSE.sub("_", sentence))) is fault


def test_every_code_that_is_written_out_in_the_code_exists() -> None:
    known = voting.wording.catalogue("fr").codes | bot.texts.catalogue("fr").codes
    used = {use for package in ("bot", "voting") for path in (ROOT / package).rglob("*.py") for use in _uses(path)}
    assert sorted(f"{path}:{line}: {code}" for path, line, code in used if code not in known) == []


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _uses(path: Path) -> Iterator[tuple[str, int, str]]:
    """Calls such as `texts("a.b")` and `self.wording.plural("a.b", n)`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=called, args=[ast.Constant(value=str(code)), *_]) if _is_catalogue(called):
                yield str(path.relative_to(ROOT)), node.lineno, code


def _is_catalogue(called: ast.expr) -> bool:
    name = ast.unparse(called).removesuffix(".plural").rpartition(".")[2].lstrip("_")
    return name in {"texts", "wording"}
