"""What is wrong with a package or with the settings it is made from: a code and its fields, never a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.texts import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing to mend."""

    code: str
    """That of a sentence in the catalogues."""
    fields: Mapping[str, str | int] = field(default_factory=dict)


def flaw(code: str, **fields: str | int) -> Flaw:
    """A flaw in one line."""
    return Flaw(code=code, fields=fields)


def sentence(one: Flaw, texts: Catalogue) -> str:
    """The flaw in words."""
    return texts(one.code, **one.fields)
