"""How minutes name people: as on the roll, in words that agree with the person, proxies in brackets."""

from collections import Counter
from collections.abc import Iterable

from voting.domain.assembly import Civility, Member
from voting.domain.ids import PersonId
from voting.domain.polls import Mandate
from voting.wording import Catalogue

_NOBREAK = "\u00a0"


class People:
    """The names of one roll in one language."""

    def __init__(self, texts: Catalogue, members: Iterable[Member]) -> None:
        self._texts = texts
        self._members = {m.id: m for m in members}
        self._short = Counter(_short(m) for m in self._members.values())

    def full(self, person: PersonId) -> str:
        """Civility, first name, last name."""
        member = self._members.get(person)
        if member is None:
            return str(person)
        return f"{member.civility.value}{_NOBREAK}{member.full_name}"

    def with_office(self, person: PersonId) -> str:
        """The full name and the office held that day."""
        member = self._members.get(person)
        office = member.office if member else ""
        return ", ".join(filter(None, (self.full(person), office)))

    def short(self, person: PersonId) -> str:
        """Civility and last name, or the full name where two people would share it."""
        member = self._members.get(person)
        if member is None or self._short[_short(member)] > 1:
            return self.full(person)
        return _short(member)

    def is_woman(self, person: PersonId) -> bool:
        """Whether words about that person take the feminine."""
        member = self._members.get(person)
        return member is not None and member.civility is Civility.MRS

    def word(self, code: str, person: PersonId, /, **fields: str) -> str:
        """The sentence of that code in the form that agrees with the person (``.f`` or ``.m``)."""
        return self._texts(f"{code}.{'f' if self.is_woman(person) else 'm'}", **fields)

    def voice(self, mandate: Mandate) -> str:
        """A voice in a list of names: its member, and the holder when it was given by proxy."""
        if not mandate.is_proxy:
            return self.short(mandate.member)
        return self._texts(
            "minutes.voice.by_proxy", member=self.short(mandate.member), holder=self.short(mandate.voter)
        )


def _short(member: Member) -> str:
    return f"{member.civility.value}{_NOBREAK}{member.last_name}"
