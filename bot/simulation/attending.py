"""Who will be there, item by item, as the story tells it: what the votes are planned from."""

from collections.abc import Collection, Iterable, Sequence

from bot.simulation.script import Act, Deed
from voting.domain.assembly import Member
from voting.domain.ids import PersonId


class Attendance:
    """Follows the acts that move people."""

    def __init__(self, members: Sequence[Member], away: Collection[PersonId]) -> None:
        """``away`` are those who do not answer the roll call."""
        self._members = members
        self._away = set(away)
        self._proxies: dict[PersonId, PersonId] = {}

    def follow(self, acts: Iterable[Act]) -> None:
        """Move people and proxies as these acts will."""
        for act in acts:
            who = PersonId(act.who)
            if act.deed is Deed.ARRIVE:
                self._away.discard(who)
                self._proxies.pop(who, None)
            elif act.deed is Deed.LEAVE:
                self._away.add(who)
                self._proxies = {g: h for g, h in self._proxies.items() if h != who}
            elif act.deed is Deed.GIVE_PROXY:
                self._proxies[who] = PersonId(act.to)
            elif act.deed is Deed.TAKE_PROXY_BACK:
                self._proxies.pop(who, None)

    def voices(self, recused: Collection[PersonId]) -> list[PersonId]:
        """Whose voices will be heard, seat by seat."""
        heard = (self._voice(seat, recused) for seat in self._members if seat.votes)
        return [voice for voice in heard if voice is not None]

    def _voice(self, seat: Member, recused: Collection[PersonId]) -> PersonId | None:
        if self._takes_part(seat.id, recused):
            return seat.id
        substitutes = (m.id for m in self._members if m.substitute_for == seat.id)
        if seat.id in self._away and (substitute := next(substitutes, None)) is not None:
            return substitute
        holder = self._proxies.get(seat.id)
        if holder is None or seat.id in recused or not self._takes_part(holder, recused):
            return None
        return seat.id

    def represented(self) -> frozenset[PersonId]:
        """Whose voice is given by the holder of a proxy, if it is heard."""
        return frozenset(self._proxies) & self._away

    def _takes_part(self, person: PersonId, recused: Collection[PersonId]) -> bool:
        return person not in self._away and person not in recused
