"""From what a person typed to a command and its argument. Accents, case and typographic apostrophes do not matter."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\u0060\u00b4", "'"))
_SEPARATOR = "|"


def fold(text: str) -> str:
    """Lower case, no accents, single spaces, straight apostrophes: the form in which words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.casefold().split()).strip(" .!?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A command and the words after it, as they were typed."""

    name: str
    argument: str


class Vocabulary:
    """Every form of every command, in every language at once: a menu entry inserts its localised title."""

    def __init__(self, forms: Mapping[str, Iterable[str]], with_argument: frozenset[str]) -> None:
        """``forms``: command name → its words, each entry being one or more forms separated by ``|``."""
        self._with_argument = with_argument
        self._names: dict[str, str] = {}
        for name, entries in forms.items():
            for form in (f for entry in entries for f in entry.split(_SEPARATOR)):
                self._names.setdefault(fold(form), name)
        self._longest = max((len(form.split()) for form in self._names), default=0)

    def hear(self, text: str) -> Heard | None:
        """The command with the longest form that the text begins with, or None.

        A command without argument is only heard when nothing follows it.
        """
        words = text.split()
        for length in range(min(self._longest, len(words)), 0, -1):
            name = self._names.get(fold(" ".join(words[:length])))
            if name is None:
                continue
            argument = " ".join(words[length:])
            if not argument or name in self._with_argument:
                return Heard(name=name, argument=argument)
        return None

    def nearest(self, text: str, count: int = 3) -> tuple[str, ...]:
        """The names of the commands that look most like it, best first."""
        close = difflib.get_close_matches(fold(text), self._names, n=count * 3, cutoff=0.45)
        return tuple(dict.fromkeys(self._names[form] for form in close))[:count]
