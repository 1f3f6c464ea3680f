"""By what a poll is decided, read from its opening and counted again: its majority and base, its colleges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voting.verify.record import Line, Record, Row

Figures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Need:
    """A majority: that part of the base, whose figure is None while it is that of the votes cast."""

    base: str
    numerator: int
    denominator: int
    is_strict: bool
    whole: int | None
    required: int | None

    @property
    def is_simple(self) -> bool:
        """More for than against."""
        return self.is_more_than_half_of("votes_cast")

    def is_more_than_half_of(self, base: str) -> bool:
        """The absolute majority of that base."""
        return (self.base, self.numerator, self.denominator, self.is_strict) == (base, 1, 2, True)

    def part_of(self, whole: int) -> int:
        """The smallest number that reaches it."""
        reached = whole * self.numerator
        return reached // self.denominator + 1 if self.is_strict else -(-reached // self.denominator)

    def is_met(self, tally: Figures) -> bool:
        """Enough votes for, of at least one."""
        cast = tally["votes_for"] + tally["against"]
        needed = self.part_of(cast if self.whole is None else self.whole)
        return tally["votes_for"] >= max(1, needed)


SIMPLE = Need("votes_cast", 1, 2, True, None, None)


@dataclass(frozen=True, slots=True)
class Part:
    """A college: who votes in it, and what it needs."""

    members: tuple[str, ...]
    need: Need


def need_of(opened: Row) -> Need:
    """The majority of a poll, or of a college; journals of before it was written had the simple one."""
    if opened.values.get("majority") is None:
        return SIMPLE
    row = opened.row("majority")
    part = row.row("threshold")
    return Need(
        row.text("base"),
        part.number("numerator"),
        max(1, part.number("denominator")),
        part.truth("is_strict"),
        row.number_or_none("whole"),
        row.number_or_none("required"),
    )


def parts_of(opened: Row) -> tuple[Part, ...]:
    """The colleges of a poll; none in older journals."""
    rows = opened.rows("colleges") if "colleges" in opened.values else []
    return tuple(Part(row.strings("members"), need_of(row)) for row in rows)


def wrong_figures(line: Line, record: Record) -> list[tuple[int, int]]:
    """The stated and the counted figure of every base, and of what it requires, where they differ."""
    electors = {m.text("member"): m.text("voter") for m in line.data.rows("electorate")}
    office = line.data.row("quorum").number("in_office")
    wrong = _wrong(need_of(line.data), electors, office)
    groups = {m.text("id"): (m.text("group"), m.truth("votes")) for m in record.convened.rows("members")}
    rows = line.data.rows("colleges") if "colleges" in line.data.values else []
    for row in rows:
        name, members = row.text("name"), row.strings("members")
        own = {m: v for m, v in electors.items() if groups.get(m, ("", False))[0] == name}
        seats = sum(1 for group, votes in groups.values() if votes and group == name)
        wrong += [] if set(own) == set(members) and len(own) == len(members) else [(len(members), len(own))]
        wrong += _wrong(need_of(row), own, seats)
    return wrong


def _wrong(need: Need, electors: Mapping[str, str], office: int) -> list[tuple[int, int]]:
    figure: Mapping[str, Callable[[], int]] = {
        "present": lambda: sum(1 for member, voter in electors.items() if member == voter),
        "present_or_represented": lambda: len(electors),
        "in_office": lambda: office,
    }
    if need.base not in figure:
        return [] if need.whole is None and need.required is None else [(need.whole or 0, 0)]
    whole = figure[need.base]()
    due = ((need.whole, whole), (need.required, need.part_of(whole)))
    return [(stated or 0, counted) for stated, counted in due if stated != counted]
