"""Reading a card as a person does: its buttons, its words, its figures. Knows Adaptive Cards, not the bot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Json = Mapping[str, object]
_UNSEEN = ("fallback", "refresh", "selectAction")
"""Parts of a card that nobody sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An ``Action.Execute`` on a message."""

    chat: str
    message: str
    verb: str
    data: Json

    @property
    def sitting(self) -> str | None:
        """The sitting that its card belongs to."""
        return self._said("sitting")

    @property
    def poll(self) -> str | None:
        """The poll that it speaks of."""
        return self._said("poll")

    @property
    def member(self) -> str | None:
        """Whose voice it gives, when it is not the presser's own."""
        return self._said("member")

    @property
    def option(self) -> str | None:
        """Which of several it chooses."""
        return self._said("option")

    @property
    def person(self) -> str | None:
        """Whom it names."""
        return self._said("person")

    def _said(self, key: str) -> str | None:
        value = self.data.get(key)
        return value if isinstance(value, str) else None


def buttons(chat: str, message: str, card: Json | None) -> list[Button]:
    """The buttons of that card, from top to bottom."""
    found = []
    for element in _elements(card):
        data = element.get("data")
        if element.get("type") == "Action.Execute":
            payload = data if isinstance(data, Mapping) else {}
            found.append(Button(chat=chat, message=message, verb=str(element.get("verb", "")), data=payload))
    return found


def words(card: Json | None) -> list[str]:
    """Its paragraphs."""
    found = []
    for element in _elements(card):
        if element.get("type") == "TextBlock":
            found.append(str(element.get("text", "")))
        elif element.get("type") == "RichTextBlock":
            inlines = element.get("inlines")
            found.append("".join(_run(inline) for inline in inlines) if isinstance(inlines, list) else "")
    return found


def figures(card: Json | None) -> dict[str, str]:
    """Its facts, by title."""
    found: dict[str, str] = {}
    for element in _elements(card):
        facts = element.get("facts")
        if element.get("type") == "FactSet" and isinstance(facts, list):
            found |= {str(fact.get("title")): str(fact.get("value")) for fact in facts if isinstance(fact, Mapping)}
    return found


def _run(inline: object) -> str:
    return str(inline.get("text", "")) if isinstance(inline, Mapping) else str(inline)


def _elements(node: object) -> Iterator[Json]:
    if isinstance(node, Mapping):
        if "type" in node:
            yield node
        for key, part in node.items():
            if key not in _UNSEEN:
                yield from _elements(part)
    elif isinstance(node, list):
        for part in node:
            yield from _elements(part)
