"""What a card must be for Teams, for a screen reader and for an old client. Each fault is one readable line."""

import re
from collections.abc import Iterator
from typing import Any

from bot.cards.elements import LIMIT, Card, size
from bot.cards.payloads import Payload

ELEMENTS = {
    "TextBlock",
    "RichTextBlock",
    "FactSet",
    "Container",
    "Table",
    "ActionSet",
    "Input.ChoiceSet",
    "Input.Date",
    "Input.Time",
    "Input.Toggle",
    "Input.Text",
    "Input.Number",
}
INPUTS = {name for name in ELEMENTS if name.startswith("Input.")}
MAX_ACTIONS = 6
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
MARKDOWN = re.compile(r"[*`<>\[\]]|(?<!\w)_\w|://|\bwww\.", re.IGNORECASE)
TITLE_LENGTH = 160


def faults(card: Card) -> list[str]:
    """Everything wrong with that card; nothing when it may be sent."""
    return [*_root(card), *_body(card)]


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card that has a type, in reading order."""
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for key, value in node.items():
            if key != "fallback":
                yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def pressable(card: Card) -> list[dict[str, Any]]:
    """Every button that is on the card."""
    return [action for node in walk(card["body"]) if node["type"] == "ActionSet" for action in node["actions"]]


def shown(card: Card) -> str:
    """All the text that a reader sees, in order."""
    seen = []
    for node in walk(card["body"]):
        seen += [str(node[key]) for key in ("text", "title", "label") if isinstance(node.get(key), str)]
        seen += [f"{fact['title']} {fact['value']}" for fact in node.get("facts", [])]
        seen += [choice["title"] for choice in node.get("choices", [])]
    return "\n".join(seen)


def _root(card: Card) -> Iterator[str]:
    if card.get("type") != "AdaptiveCard" or card.get("version") != "1.5":
        yield "not an Adaptive Card 1.5"
    if size(card) > LIMIT:
        yield f"{size(card)} bytes in UTF-16"
    if card.get("lang") not in ("fr", "en") or card.get("msteams") != {"width": "Full"}:
        yield "no language, or not full width"
    if "actions" in card:
        yield "actions at the root: old clients do not read their fallback"
    for key in ("speak", "fallbackText"):
        text = card.get(key)
        if not isinstance(text, str) or not text.strip():
            yield f"no {key}"
        elif MARKDOWN.search(text) or UNSAFE.search(text):
            yield f"{key} is not plain: {text}"


def _body(card: Card) -> Iterator[str]:
    nodes = list(walk(card["body"]))
    for node in nodes:
        kind = node["type"]
        if kind.startswith("Action."):
            yield from _action(node)
        elif kind in ELEMENTS:
            yield from _element(node)
        elif kind not in ("TextRun", "TableRow", "TableCell"):
            yield f"unknown element {kind}"
        yield from _text(node)
    if not any(node.get("style") == "heading" for node in nodes) and len(nodes) > 12:
        yield "no heading"
    if len(pressable(card)) > MAX_ACTIONS:
        yield f"{len(pressable(card))} buttons"
    names = [node.get("id") for node in nodes if node["type"] in INPUTS]
    if len(names) != len(set(names)) or not set(names) <= set(Payload.model_fields):
        yield f"inputs named {names}"


def _element(node: dict[str, Any]) -> Iterator[str]:
    kind = node["type"]
    if kind == "TextBlock":
        if not node.get("wrap"):
            yield f"does not wrap: {node['text']}"
        if MARKDOWN.search(node["text"]):
            yield f"markdown in a text block: {node['text']}"
    if kind == "FactSet" and any(MARKDOWN.search(f["title"] + f["value"]) for f in node["facts"]):
        yield f"markdown in facts: {node['facts']}"
    if kind == "ActionSet" and not 1 <= len(node["actions"]) <= MAX_ACTIONS:
        yield "an empty or overfull row of buttons"
    if kind in INPUTS:
        yield from _input(node)


OPTIONAL = {
    "note",
    "said",
    "summoned",
    "orders",
    "article",
    "letter",
    "hour",
    "item",
    "person",
    "against",
    "abstention",
    "not_taking_part",
    "marked",
}
"""Inputs that may stay empty, by id."""


def _input(node: dict[str, Any]) -> Iterator[str]:
    is_answered = node["type"] == "Input.Toggle"  # ticked or not, it has an answer: nothing can be missing
    may_stay_empty = node.get("id") in OPTIONAL and "isRequired" not in node
    said = is_answered or may_stay_empty or (node.get("isRequired") and node.get("errorMessage"))
    if not (node.get("id") and node.get("label") and said):
        yield f"input without id, label, or error message: {node}"
    choices = node.get("choices")
    if choices is not None and (not choices or any("," in choice["value"] for choice in choices)):
        yield f"choices that Teams cannot carry: {choices}"


def _action(node: dict[str, Any]) -> Iterator[str]:
    title = node.get("title", "")
    if not title or len(title) > TITLE_LENGTH:
        yield f"title of {len(title)} characters"
    if node["type"] == "Action.OpenUrl":
        if not node["url"].startswith("https://votes.example.org/"):
            yield f"link to {node['url']}"
        return
    if node["type"] != "Action.Execute":
        yield f"unknown action {node['type']}"
        return
    fallback = node.get("fallback", {})
    if fallback.get("type") != "Action.Submit" or fallback.get("title") != title:
        yield f"no fallback for {title}"
    elif fallback["data"] != {"verb": node["verb"], **node["data"]}:
        yield f"the fallback of {title} says something else"
    if not set(node["data"]) <= set(Payload.model_fields) - {"text"}:
        yield f"data of {title}: {node['data']}"


def _text(node: dict[str, Any]) -> Iterator[str]:
    for key in ("text", "title", "label", "errorMessage"):
        text = node.get(key)
        if isinstance(text, str) and (UNSAFE.search(text) or "\n" in text):
            yield f"control or direction characters in {key}: {text!r}"
    if node["type"] == "TextRun" and not node["text"]:
        yield "an empty run"
