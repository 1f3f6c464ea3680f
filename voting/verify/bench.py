"""Who sits, who represents whom, who withdrew: the sitting followed line by line, to judge mandates and quorum.

A few lines of its own rather than the domain's: the two must agree without knowing each other.
"""

from dataclasses import dataclass, field

from voting.verify.faults import Malformed
from voting.verify.record import Line, Row

_HERE = frozenset({"in_room", "remote", "audio_only"})


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the roll."""

    id: str
    role: str
    votes: bool
    substitute_for: str | None


@dataclass(slots=True)
class Bench:
    """The assembly as it stands after the lines seen so far."""

    body: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    in_room: set[str] = field(default_factory=set)
    holders: dict[str, str] = field(default_factory=dict)
    """Accepted proxies: grantor to holder."""
    offers: dict[str, str] = field(default_factory=dict)
    """Proxies given and not yet accepted."""
    planned: dict[tuple[str, str], tuple[str, bool, str | None]] = field(default_factory=dict)
    """Proxies given for a later hour, by grantor and hour: the holder, whether he accepted, until when."""
    hours: dict[str, str] = field(default_factory=dict)
    """Until when the proxy of a grantor lasts. Instants have one form: they compare as text."""
    withdrawn: dict[str, set[str]] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    item: str | None = None
    chair: str = ""
    secretary: str = ""

    def follow(self, line: Line) -> None:
        """The state after that line."""
        data = line.data
        match line.event:
            case "sitting.convened/1":
                self._convene(data)
            case "attendance.recorded/1":
                self._move(data.text("person"), data.text("presence"))
            case "chair.handed_over/1":
                self.chair = data.text("person")
            case "secretary.appointed/1":
                self.secretary = data.text("person")
            case "proxy.given/1" | "proxy.accepted/1" | "proxy.ended/1" | "proxy.started/1":
                self._proxy(line)
            case _:
                self._agenda(line)

    def _move(self, person: str, presence: str) -> None:
        (self.here.add if presence in _HERE else self.here.discard)(person)
        (self.in_room.add if presence == "in_room" else self.in_room.discard)(person)

    def _convene(self, data: Row) -> None:
        self.body = data.text("body")
        for m in data.rows("members"):
            person = Person(m.text("id"), m.text("role"), m.truth("votes"), m.optional("substitute_for"))
            self.people[person.id] = person
        self.parents = {i.text("id"): i.optional("parent") for i in data.rows("items")}
        self.subjects = {i.text("id"): i.text("legal_subject") for i in data.rows("items")}
        self.chair = next((p.id for p in self.people.values() if p.role == "chair"), "")

    def _proxy(self, line: Line) -> None:
        grantor, holder, since = line.data.text("grantor"), line.data.text("holder"), _hour(line, "since")
        match line.event:
            case "proxy.given/1" if since is not None:
                self.planned[grantor, since] = (holder, False, _hour(line, "until"))
            case "proxy.given/1":
                self.offers[grantor] = holder
                self._until(grantor, _hour(line, "until"))
            case "proxy.accepted/1" if since is not None:
                _, _, until = self._known(line, grantor, since)
                self.planned[grantor, since] = (holder, True, until)
            case "proxy.accepted/1":
                if self.offers.pop(grantor, None) != holder:
                    raise Malformed(line.seq, "proxy")
                self.holders[grantor] = holder
            case "proxy.started/1":
                _, accepted, until = self._known(line, grantor, line.at)
                del self.planned[grantor, line.at]
                (self.holders if accepted else self.offers)[grantor] = holder
                self._until(grantor, until)
            case _ if since is not None:
                self.planned.pop((grantor, since), None)
            case _:
                self.offers.pop(grantor, None)
                self.holders.pop(grantor, None)
                self.hours.pop(grantor, None)

    def _until(self, grantor: str, until: str | None) -> None:
        if until is None:
            self.hours.pop(grantor, None)
        else:
            self.hours[grantor] = until

    def _known(self, line: Line, grantor: str, since: str) -> tuple[str, bool, str | None]:
        """What was given for that hour, to the holder that the line names."""
        found = self.planned.get((grantor, since))
        if found is None or found[0] != line.data.text("holder"):
            raise Malformed(line.seq, "proxy")
        return found

    def overdue(self, at: str) -> list[str]:
        """Whose proxies should have begun or ended by the clock before that instant, and did not."""
        late = {grantor for grantor, until in self.hours.items() if until <= at}
        return sorted(late | {grantor for grantor, since in self.planned if since <= at})

    def _agenda(self, line: Line) -> None:
        match line.event:
            case "item.called/1":
                self.item = line.data.text("item")
            case "item.closed/1" | "item.postponed/1":
                self.item = None
            case "contest.result_proclaimed/1":
                self.item = self.item if line.data.row("result").optional("winner") is None else None
            case "item.moot_declared/1":
                self.item = None if self.item == line.data.text("item") else self.item
            case "contest.unopposed_declared/1":
                self.item = None
            case "recusal.declared/1":
                self.withdrawn.setdefault(line.data.text("item"), set()).add(line.data.text("person"))

    def settle(self) -> None:
        """The vote on the item under discussion is proclaimed: it is left."""
        self.item = None

    def is_staff(self, person: str) -> bool:
        """May record a spoken voice."""
        known = self.people.get(person)
        return known is not None and (known.role == "clerk" or person in (self.chair, self.secretary))

    def subject(self) -> str:
        """What the law calls the subject of the item under discussion."""
        return self.subjects.get(self.item or "", "")

    def recused(self) -> set[str]:
        """Who withdrew from the item under discussion, or from the text that it amends."""
        gone: set[str] = set()
        item, seen = self.item, set[str]()
        while item is not None and item not in seen:
            seen.add(item)
            gone |= self.withdrawn.get(item, set())
            item = self.parents.get(item)
        return gone

    def takes_part(self, person: str) -> bool:
        """Is here and has not withdrawn."""
        return person in self.here and person not in self.recused()

    def seats(self) -> list[tuple[str, str | None]]:
        """Each seat with a vote and who sits for it: its member, in a tender committee his substitute, or nobody."""
        return [(p.id, self._occupant(p.id)) for p in self.people.values() if p.votes]

    def mandates(self) -> dict[str, str]:
        """Every voice that can be heard now: whose it is, and who gives it."""
        heard: dict[str, str] = {}
        for seat, occupant in self.seats():
            if occupant is not None:
                heard[occupant] = occupant
            elif self.is_represented(seat):
                heard[seat] = self.holders[seat]
        return heard

    def is_represented(self, member: str) -> bool:
        """Away, not withdrawn, and his accepted proxy is held by somebody who takes part."""
        holder = self.holders.get(member)
        return holder is not None and member not in self.here | self.recused() and self.takes_part(holder)

    def _occupant(self, seat: str) -> str | None:
        if self.takes_part(seat):
            return seat
        if self.body != "cao":
            return None
        return next((p.id for p in self.people.values() if p.substitute_for == seat and self.takes_part(p.id)), None)


def _hour(line: Line, name: str) -> str | None:
    """An hour of a proxy; journals of before proxies had hours lack it."""
    return line.data.optional(name) if name in line.data.values else None
