"""French spacing: no line begins with a sign that belongs to the word before. Changes spaces, never a letter."""

import re

_NOBREAK, _THIN = "\u00a0", "\u202f"
_RULES = (
    (re.compile(r" (?=[:»])"), _NOBREAK),
    (re.compile(r"(?<=«) "), _NOBREAK),
    (re.compile(r"(?<=\bn°) "), _NOBREAK),
    (re.compile(r"(?<=\b[LRD]\.) (?=\d)"), _NOBREAK),
    (re.compile(r"(?<=\bart\.) "), _NOBREAK),
    (re.compile(r"(?<=\bal\.) (?=\d)"), _NOBREAK),
    (re.compile(r" (?=[;!?])"), _THIN),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), _THIN),
    (re.compile(r"(?<=\d) (?=[€%])"), _NOBREAK),
)


def typeset(value: object) -> object:
    """The same text, or the same tree of texts, with the no-break spaces that French wants."""
    match value:
        case str():
            for pattern, space in _RULES:
                value = pattern.sub(space, value)
            return value
        case dict():
            return {key: typeset(part) for key, part in value.items()}
        case list() | tuple():
            return [typeset(part) for part in value]
        case _:
            return value
