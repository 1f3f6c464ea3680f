"""The few Adaptive Card pieces that every card is made of. Answers for version 1.5, size, escaping and fallbacks.

Text that a person typed is shown in a ``TextRun``, which reads no markdown; headings and spoken text lose the signs
that markdown, links and mentions are made of.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from bot.texts import Catalogue

Element = dict[str, object]
Card = dict[str, object]

VERSION = "1.5"
LIMIT = 25_000
"""Bytes of a card in UTF-16, as Teams counts."""

TITLE = 1_000
"""Characters of a title shown whole; in a list it is cut at ``SHORT``."""
SHORT = 140
NAME = 80

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("[ \t\r\n\u2028\u2029]+")
_SIGNS = str.maketrans(
    {"*": "", "`": "", "\\": "", "_": " ", "~": "-", "[": "(", "]": ")", "<": "\u2039", ">": "\u203a"}
)
_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
REMEMBERED = 1_024
"""Texts kept as cleaned: in one poll every card says the same titles and names again."""
_BLOCK = re.compile(r"^(?:[\s#+>-]+|\d+[.)](?=\s))+")


def clean(text: str, limit: int = TITLE) -> str:
    """That text on one line, without control or direction characters, cut to a length."""
    shown = _one_line(text).strip()
    return shown if len(shown) <= limit else f"{shown[: limit - 1].rstrip()}…"


@lru_cache(REMEMBERED)
def harmless(text: str, limit: int = TITLE) -> str:
    """That text with no sign left that markdown, a link or a mention is made of."""
    bare = _LINK.sub(" ", clean(text, limit).translate(_SIGNS))
    return _BLOCK.sub("", _BREAKS.sub(" ", bare)).strip()


def heading(text: str, *, large: bool = False) -> Element:
    """A title that screen readers announce as one."""
    return {
        "type": "TextBlock",
        "text": harmless(text, 300),
        "style": "heading",
        "size": "Large" if large else "Medium",
        "weight": "Bolder",
        "wrap": True,
    }


def run(text: str, *, bold: bool = False, subtle: bool = False, size: str = "") -> Element:
    """A stretch of text, shown as it is and whole, with the spaces around it: cut what a person typed with `clean`."""
    inline: Element = {"type": "TextRun", "text": _one_line(text)}
    if bold:
        inline["weight"] = "Bolder"
    if subtle:
        inline["isSubtle"] = True
    if size:
        inline["size"] = size
    return inline


def line(*runs: str | Element, spacing: str = "", separator: bool = False) -> Element:
    """A paragraph of plain text and of runs. It always wraps."""
    block: Element = {"type": "RichTextBlock", "inlines": [run(r) if isinstance(r, str) else r for r in runs]}
    return _placed(block, spacing, separator)


def code(text: str, *, spacing: str = "None") -> Element:
    """A fingerprint or a signed line of ours, to the letter. A text block, because it breaks long words on a phone."""
    block: Element = {"type": "TextBlock", "text": text, "fontType": "Monospace", "size": "Small", "wrap": True}
    return _placed(block, spacing, False)


def group(*elements: Element, emphasis: bool = False, spacing: str = "", separator: bool = False) -> Element:
    """Elements that belong together."""
    box: Element = {"type": "Container", "items": list(elements)}
    if emphasis:
        box["style"] = "emphasis"
    return _placed(box, spacing, separator)


def facts(pairs: Sequence[tuple[str, str]]) -> Element:
    """Figures with their names."""
    return {"type": "FactSet", "facts": [{"title": harmless(t), "value": harmless(v)} for t, v in pairs]}


def table(widths: Sequence[int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> Element:
    """A table whose first row names the columns."""
    cells = [[line(run(title, bold=True)) for title in header], *([line(text) for text in row] for row in rows)]
    return {
        "type": "Table",
        "firstRowAsHeader": True,
        "columns": [{"width": width} for width in widths],
        "rows": [
            {"type": "TableRow", "cells": [{"type": "TableCell", "items": [item]} for item in row]} for row in cells
        ],
    }


def actions(*buttons: Element) -> Element:
    """A row of buttons, six at most."""
    return {"type": "ActionSet", "actions": list(buttons)}


def link(title: str, url: str) -> Element:
    """A button that opens a page of ours; never an address that a person typed."""
    return {"type": "Action.OpenUrl", "title": clean(title, NAME), "url": url}


def choice_set(
    name: str, label: str, error: str, choices: Sequence[tuple[str, str]], *, expanded: bool = False, value: str = ""
) -> Element:
    """A required choice of one among several, given as (value, title); ``value`` is chosen at first."""
    first: Element = {"value": value} if value else {}
    return {
        **first,
        "type": "Input.ChoiceSet",
        "id": name,
        "label": label,
        "isRequired": True,
        "errorMessage": error,
        "style": "expanded" if expanded else "compact",
        "wrap": True,
        "choices": [{"title": harmless(title, SHORT), "value": value} for value, title in choices],
    }


def choices_set(name: str, label: str, choices: Sequence[tuple[str, str]]) -> Element:
    """A choice of any number among several, none included."""
    return {**optional(choice_set(name, label, "", choices)), "isMultiSelect": True}


def number_input(name: str, label: str, error: str, *, most: int) -> Element:
    """A required whole number from 0 to ``most``."""
    return {
        "type": "Input.Number",
        "id": name,
        "label": label,
        "isRequired": True,
        "errorMessage": error,
        "min": 0,
        "max": most,
    }


def text_input(name: str, label: str, error: str) -> Element:
    """A required text of a few lines."""
    return {
        "type": "Input.Text",
        "id": name,
        "label": label,
        "isRequired": True,
        "errorMessage": error,
        "isMultiline": True,
        "maxLength": 1_000,
    }


def long_text(name: str, label: str, error: str, *, most: int) -> Element:
    """A required text of many lines, to be pasted."""
    return {**text_input(name, label, error), "maxLength": most}


def short_text(name: str, label: str) -> Element:
    """A text of one line, which may stay empty."""
    return {"type": "Input.Text", "id": name, "label": label, "maxLength": 128}


def hour_input(name: str, label: str) -> Element:
    """An hour, which may stay empty."""
    return {"type": "Input.Time", "id": name, "label": label}


def optional(element: Element) -> Element:
    """The same input, which may stay empty."""
    return {name: value for name, value in element.items() if name not in ("isRequired", "errorMessage")}


def day_input(name: str, label: str, error: str) -> Element:
    """A required date."""
    return {"type": "Input.Date", "id": name, "label": label, "isRequired": True, "errorMessage": error}


def moment_inputs(day: tuple[str, str], hour: tuple[str, str], error: str) -> list[Element]:
    """A required date and a required hour, each given as (id, label)."""
    kinds = (("Input.Date", *day), ("Input.Time", *hour))
    return [
        {"type": kind, "id": name, "label": label, "isRequired": True, "errorMessage": error}
        for kind, name, label in kinds
    ]


def toggle(name: str, title: str, *, is_ticked: bool = True) -> Element:
    """A box to tick, ticked at first unless said otherwise."""
    return {
        "type": "Input.Toggle",
        "id": name,
        "title": harmless(title, SHORT),
        "label": title,
        "value": "true" if is_ticked else "false",
        "wrap": True,
    }


def card(body: Sequence[Element], *, spoken: str, texts: Catalogue, refresh: Element | None = None) -> Card:
    """A whole card. ``spoken`` is what a screen reader says of it, and what an old client shows in its place."""
    said = harmless(spoken, 600)
    whole: Card = {
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": texts.language,
        "speak": said,
        "fallbackText": texts("card.fallback", said=said),
        "msteams": {"width": "Full"},
        "body": list(body),
    }
    if refresh is not None:
        whole["refresh"] = refresh
    return whole


def size(whole: Card) -> int:
    """The bytes of a card in UTF-16."""
    return len(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le"))


def bar(part: int, whole: int, width: int = 10) -> str:
    """A proportion drawn with letters; the figure always stands beside it."""
    if whole <= 0 or part <= 0:
        return ""
    return "█" * max(1, round(width * part / whole))


def capital(text: str) -> str:
    """Its first letter as a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """A capital and a full stop."""
    return f"{capital(text)}."


@lru_cache(REMEMBERED)
def _one_line(text: str) -> str:
    if text.isprintable() and "  " not in text:  # nearly every text, on the path of every vote
        return text
    return _BREAKS.sub(" ", _INVISIBLE.sub("", text))


def _placed(element: Element, spacing: str, separator: bool) -> Element:
    if spacing:
        element["spacing"] = spacing
    if separator:
        element["separator"] = True
    return element
