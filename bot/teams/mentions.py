"""The words of a message as the person meant them.

Answers for: taking out the bot's own mention and nothing else (the SDK's helper takes out its name everywhere),
entities, hard and invisible spaces. Leaves commands and their spelling to `bot.commands`.
"""

import html
import re
from collections.abc import Mapping, Sequence

MENTION = re.compile(r"<at(?:\s[^<>]*)?>(.*?)</at>", re.IGNORECASE | re.DOTALL)
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Control, bidirectional and zero-width characters: they never belong to a command, and can disguise a name."""
SPACES = re.compile(r"[^\S\n]+")
BLANKS_AROUND_LINES = re.compile(r" ?\n ?")


def plain_text(text: str, entities: Sequence[Mapping[str, object]], bot_id: str, bot_name: str) -> str:
    """The text without the bot's own mentions; other people's become their names."""
    if "<" in text:
        text = MENTION.sub(_Mentions(entities, bot_id, bot_name).replace, text)
    text = html.unescape(text) if "&" in text else text
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return BLANKS_AROUND_LINES.sub("\n", SPACES.sub(" ", text)).strip()


class _Mentions:
    """Tells, span by span, whether the mention is the bot's: two people may bear the same name, in this order."""

    def __init__(self, entities: Sequence[Mapping[str, object]], bot_id: str, bot_name: str) -> None:
        self._bot_id, self._bot_name = bot_id.casefold(), _name(bot_name)
        self._mentioned: dict[str, list[str]] = {}
        for entity in entities:
            mentioned = entity.get("mentioned")
            if entity.get("type") == "mention" and isinstance(mentioned, dict):
                identifier = str(mentioned.get("id") or "").casefold()
                for name in {_name(_inside(entity.get("text"))), _name(mentioned.get("name"))} - {""}:
                    self._mentioned.setdefault(name, []).append(identifier)

    def replace(self, span: re.Match[str]) -> str:
        name = _name(span[1])
        waiting = self._mentioned.get(name)
        if not waiting:
            return " " if name == self._bot_name else span[1]
        identifier = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return " " if identifier == self._bot_id else span[1]


def _inside(text: object) -> str:
    found = MENTION.search(text) if isinstance(text, str) else None
    return found[1] if found else ""


def _name(name: object) -> str:
    return SPACES.sub(" ", html.unescape(name)).strip().casefold() if isinstance(name, str) else ""
