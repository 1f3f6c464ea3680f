"""Reads the gettext catalogues of one language and makes sentences of them.

Answers for: codes, placeholders, singular and plural. Leaves the sentences to the .po files,
and the choice of language to the caller.
"""

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

_Forms = tuple[str, ...]

LANGUAGES: tuple[str, ...] = ("fr", "en")
"""French first: it is the default everywhere."""

_IS_SINGULAR: Mapping[str, Callable[[int], bool]] = {"fr": lambda n: abs(n) < 2, "en": lambda n: abs(n) == 1}
_MSGID = re.compile(r'^msgid "(.+)"\s*$', re.MULTILINE)


class TextFault(KeyError):
    """A mistake of ours in a catalogue or in a call to it; never something a user did."""

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownLanguage(TextFault):
    """There is no folder for this language."""


class UnknownCode(TextFault):
    """No catalogue of this language has the code."""


class MissingField(TextFault):
    """The sentence has a placeholder that the caller did not fill."""


class BadCatalogue(TextFault):
    """A .po file cannot be read, or says the same code twice."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every sentence of one language. Nothing falls back to another language: the tests hold fr and en equal."""

    language: str
    _messages: Mapping[str, _Forms]

    def __call__(self, code: str, /, **fields: str | int) -> str:
        """The sentence of `code`. Unused fields are allowed, missing ones are not."""
        return self._fill(code, self._forms(code)[0], fields)

    def plural(self, code: str, n: int, /, **fields: str | int) -> str:
        """The sentence of `code` for `n` things; `n` is not a field unless it is also given as one."""
        forms = self._forms(code)
        if len(forms) != 2:
            raise UnknownCode(f"{code!r} has no plural in the {self.language!r} catalogues")
        return self._fill(code, forms[0 if _IS_SINGULAR[self.language](n) else 1], fields)

    def forms(self, code: str) -> tuple[str, ...]:
        """The sentence of `code` as it is written, or its singular and its plural."""
        return self._forms(code)

    def __contains__(self, code: str) -> bool:
        return code in self._messages

    @property
    def codes(self) -> frozenset[str]:
        """Every code of this language."""
        return frozenset(self._messages)

    def _forms(self, code: str) -> _Forms:
        try:
            return self._messages[code]
        except KeyError:
            raise UnknownCode(f"no text {code!r} in the {self.language!r} catalogues") from None

    def _fill(self, code: str, template: str, fields: Mapping[str, str | int]) -> str:
        try:
            return template.format_map(fields)
        except KeyError as missing:
            raise MissingField(f"{code!r} ({self.language}) needs the field {missing.args[0]!r}") from None


def load(folder: Path, language: str) -> Catalogue:
    """Every .po file of `folder/language`, as one catalogue. Costs a parse: callers keep the result."""
    if language not in _IS_SINGULAR:
        raise UnknownLanguage(f"no texts in {language!r}, only in {', '.join(LANGUAGES)}")
    messages: dict[str, _Forms] = {}
    origin: dict[str, str] = {}
    for path in sorted((folder / language).glob("*.po")):
        for code, forms in read(path, language):
            if code in origin:
                raise BadCatalogue(f"{code!r} is in both {origin[code]} and {path.name} of {path.parent}")
            messages[code], origin[code] = forms, path.name
    return Catalogue(language, messages)


def read(path: Path, language: str) -> Iterable[tuple[str, _Forms]]:
    """The codes of one .po file with their forms: one, or singular and plural."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, charset="utf-8", abort_invalid=True)
        written = _MSGID.findall(path.read_text("utf-8"))
    except (PoFileError, UnicodeError) as error:
        raise BadCatalogue(f"{path}: {error}") from error
    if twice := sorted({code for code in written if written.count(code) > 1}):
        raise BadCatalogue(f"{path}: {', '.join(twice)} said twice")
    for message in catalog:
        if message.id:
            code = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
            _check_placeholders(path, code, forms)
            yield code, forms


def placeholders(template: str) -> frozenset[str]:
    """The fields a sentence asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


def _check_placeholders(path: Path, code: str, forms: _Forms) -> None:
    """Only `{field}`: no attribute, no index, no format, so that a sentence can never reach into a value."""
    for form in forms:
        try:
            parts = list(string.Formatter().parse(form))
        except ValueError as error:
            raise BadCatalogue(f"{path}: {code!r}: {error}") from error
        for _, name, spec, conversion in parts:
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise BadCatalogue(f"{path}: {code!r}: {{{name}}} must be a plain field name")
