"""The call of a vote by name (*appel nominal*): in which order, who is called now, who is called again.

Every name is called once, then those who did not answer a second time. A name once called may answer until the close.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from voting.domain.ids import PersonId

TWICE = 2
"""The call and the second call (*appel et réappel*)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NominalCall:
    """How far the call of one poll has come."""

    order: tuple[PersonId, ...]
    """Whose voices are called, in that order."""
    round: int = 1
    called: PersonId | None = None
    """The name called now; None before the first and after the last."""
    is_over: bool = False

    def was_called(self, member: PersonId) -> bool:
        """That name has been called at least once."""
        if self.is_over or self.round == TWICE:
            return True
        return self.called is not None and self.order.index(member) <= self.order.index(self.called)

    def following(self, heard: Callable[[PersonId], bool]) -> tuple[int, PersonId | None]:
        """The round and the name that come after the one called now; None when the call is over."""
        place = self.order.index(self.called) + 1 if self.called is not None else 0
        rest = [m for m in self.order[place:] if self.round == 1 or not heard(m)]
        if rest:
            return self.round, rest[0]
        if self.round == TWICE:
            return TWICE, None
        silent = [m for m in self.order if not heard(m)]
        return (TWICE, silent[0]) if silent else (1, None)

    def left(self, heard: Callable[[PersonId], bool]) -> int:
        """How many names wait, the one called now included."""
        if self.is_over:
            return 0
        place = self.order.index(self.called) if self.called is not None else 0
        return sum(1 for m in self.order[place:] if not heard(m))


def plain(name: str) -> str:
    """A name as the alphabet sees it: capitals without accents, its letters and what parts them."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def from_letter(letter: str, named: Iterable[tuple[PersonId, str]]) -> tuple[PersonId, ...]:
    """Those people by their names in the order of the alphabet, from that letter on and round to it."""
    first = plain(letter)
    ordered: Sequence[tuple[PersonId, str]] = sorted(named, key=lambda pair: (plain(pair[1]), pair[0]))
    later = [person for person, name in ordered if plain(name) >= first]
    sooner = [person for person, name in ordered if plain(name) < first]
    return (*later, *sooner)
