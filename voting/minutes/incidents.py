"""The incidents of a sitting while its journal is read, and the place of each in the account: at its hour."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voting.domain import events as e
from voting.domain.ids import IncidentId, ItemId
from voting.minutes.facts import Entry, IncidentFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one item as it was taken, or before the first one (``item`` is None then)."""

    item: ItemId | None
    since: datetime | None
    entries: list[Entry]


class Incidents(dict[IncidentId, IncidentFact]):
    """Each incident by its id, as it was last written; what was taken back is none."""

    def write(self, event: e.IncidentWritten) -> None:
        """The latest text is the one that counts."""
        self.pop(event.incident, None)
        if event.text:
            self[event.incident] = IncidentFact(
                id=event.incident,
                at=event.happened_at,
                text=tuple(event.text.split("\n")),
                item=event.item,
                person=event.person,
            )

    def early(self, opened_at: datetime | None) -> tuple[IncidentFact, ...]:
        """Those of before the opening, or all of them when there was none."""
        return tuple(x for x in self._in_order() if opened_at is None or x.at < opened_at)

    def place(self, told: Sequence[Told], opened_at: datetime | None) -> None:
        """Put the others into the account: on the item that they name, else on what was under way at their hour."""
        early = {x.id for x in self.early(opened_at)}
        for incident in self._in_order():
            if incident.id not in early:
                entries = _where(told, incident).entries
                entries.insert(bisect_right(entries, incident.at, key=lambda entry: entry.at), incident)

    def _in_order(self) -> list[IncidentFact]:
        return sorted(self.values(), key=lambda x: (x.at, int(x.id[1:])))


def _where(told: Sequence[Told], incident: IncidentFact) -> Told:
    on = [x for x in told if x.item == incident.item] if incident.item is not None else []
    begun = [x for x in (on or told) if x.since is None or x.since <= incident.at]
    return begun[-1] if begun else on[0]
