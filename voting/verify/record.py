"""The lines of an attached journal, read with suspicion: every value is asked for with the type that it must have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voting.verify.faults import Malformed


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object of the journal. Each reader fails as ``Malformed`` when the value is absent or of another type."""

    seq: int
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """A string."""
        value = self.values.get(name)
        if not isinstance(value, str):
            raise Malformed(self.seq, name)
        return value

    def optional(self, name: str) -> str | None:
        """A string or null."""
        return None if self.values.get(name) is None else self.text(name)

    def number(self, name: str) -> int:
        """An integer, never a boolean."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Malformed(self.seq, name)
        return value

    def number_or_none(self, name: str) -> int | None:
        """An integer or null."""
        return None if self.values.get(name) is None else self.number(name)

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Malformed(self.seq, name)
        return tuple(value)

    def truth(self, name: str) -> bool:
        """A boolean."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise Malformed(self.seq, name)
        return value

    def row(self, name: str) -> "Row":
        """An object."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise Malformed(self.seq, name)
        return Row(self.seq, value)

    def rows(self, name: str) -> list["Row"]:
        """A list of objects."""
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise Malformed(self.seq, name)
        return [Row(self.seq, item) for item in value]


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, by whom, what, with its data."""

    seq: int
    sitting: str
    at: str
    by: str
    event: str
    data: Row


@dataclass(frozen=True, slots=True)
class Record:
    """A journal whose lines are canonical and in order. The first one is the convocation."""

    lines: Sequence[Line]

    @property
    def convened(self) -> Row:
        """The facts of the first line."""
        return self.lines[0].data

    @property
    def sitting(self) -> str:
        """The id of the sitting."""
        return self.convened.text("sitting")

    def named(self, event: str) -> list[Line]:
        """Every line of that event."""
        return [line for line in self.lines if line.event == event]

    def names(self) -> dict[str, str]:
        """First and last name of everybody on the roll, by id."""
        return {
            m.text("id"): f"{m.text('first_name')} {m.text('last_name')}".strip() for m in self.convened.rows("members")
        }
