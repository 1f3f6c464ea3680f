"""The polls that are final, and what each decided: what every paper of results is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.tally import Decision, Outcome, Tally
from voting.minutes.facts import Minutes, PollRecord
from voting.minutes.scribe import Scribe

_ACTS = frozenset({ItemKind.REPORT, ItemKind.MOTION, ItemKind.ELECTION, ItemKind.AWARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A poll that the chair has proclaimed."""

    poll: PollRecord
    item: AgendaItem
    tally: Tally
    decision: Decision

    @property
    def is_adopted(self) -> bool:
        """The outcome."""
        return self.decision.outcome is Outcome.ADOPTED

    @property
    def is_resolution(self) -> bool:
        """A decision on an item that is an act of its own: no amendment, no question of procedure."""
        return self.poll.decides_item and self.item.kind in _ACTS


def decided(minutes: Minutes, *, public: bool = False) -> Iterator[Decided]:
    """Every proclaimed poll, in order: before the proclamation no voice is shown. ``public``: no confidential item."""
    items = minutes.items
    for poll in minutes.polls:
        if poll.proclaimed is None or poll.closed is None or poll.annulled is not None:
            continue
        item = items[poll.opened.item]
        if not (public and item.confidential):
            yield Decided(poll=poll, item=item, tally=poll.closed.tally, decision=poll.proclaimed.decision)


def resolutions(minutes: Minutes, *, public: bool = False) -> tuple[Decided, ...]:
    """Those that decided an act, adopted or not."""
    return tuple(d for d in decided(minutes, public=public) if d.is_resolution)


def day(scribe: Scribe) -> date:
    """The date of the sitting, on its own clock."""
    convened = scribe.minutes.convened
    opened = scribe.minutes.opened
    return scribe.calendar.local(opened.at if opened else convened.scheduled_for).date()
