"""The polls that are final, and what was decided by them: what every paper of results is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from voting.domain import events as e
from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.contests import Contest, ContestResult, OptionCount
from voting.domain.ids import PollId
from voting.domain.tally import Decision, Outcome, Tally
from voting.minutes.facts import Minutes, PollRecord
from voting.minutes.scribe import Scribe

_ACTS = frozenset({ItemKind.REPORT, ItemKind.MOTION, ItemKind.ELECTION, ItemKind.AWARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round of a choice among several asked, and whom or what it chose."""

    contest: Contest
    result: ContestResult
    votes: tuple[OptionCount, ...]
    """How many chose each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A poll that the chair has proclaimed."""

    poll: PollRecord
    item: AgendaItem
    tally: Tally
    verdict: Decision | Round

    @property
    def is_adopted(self) -> bool:
        """Adopted, or somebody or something is chosen."""
        if isinstance(self.verdict, Round):
            return self.verdict.result.winner is not None
        return self.verdict.outcome is Outcome.ADOPTED

    @property
    def is_resolution(self) -> bool:
        """A decision on an item that is an act of its own: no amendment, no question of procedure."""
        return self.poll.decides_item and self.item.kind in _ACTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """An act put to the assembly: the poll that settles it after the rounds before it, or a single candidacy."""

    item: AgendaItem
    polls: tuple[Decided, ...] = ()
    """In order; one alone unless it was chosen in several rounds, none where it took no vote."""
    unopposed: e.UnopposedDeclared | None = None

    @property
    def is_adopted(self) -> bool:
        """By its last poll; a single candidacy takes effect without one (CGCT L. 4132-14 al. 4)."""
        return self.unopposed is not None or self.polls[-1].is_adopted

    @property
    def last(self) -> Decided | None:
        """The poll that settles it."""
        return self.polls[-1] if self.polls else None

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Those of a choice among several."""
        return tuple(one.verdict for one in self.polls if isinstance(one.verdict, Round))


def decided(minutes: Minutes, *, public: bool = False) -> Iterator[Decided]:
    """Every proclaimed poll, in order, once for each item that it decides. ``public``: no confidential item.

    Before the proclamation no voice is shown.
    """
    for poll in minutes.polls:
        yield from (one for one in _decided(minutes, poll) if not (public and one.item.confidential))


def resolutions(minutes: Minutes, *, public: bool = False) -> tuple[Resolution, ...]:
    """The acts, adopted or not; the rounds of one choice are one act."""
    made: list[Resolution] = []
    places: dict[PollId, int] = {}
    for entry in (entry for account in minutes.accounts for entry in account.entries):
        if isinstance(entry, e.UnopposedDeclared):
            made.append(Resolution(item=minutes.items[entry.item], unopposed=entry))
        for one in _decided(minutes, entry) if isinstance(entry, PollRecord) else ():
            if not one.is_resolution:
                continue
            contest = one.poll.opened.contest
            before = places.get(contest.previous) if contest is not None and contest.previous is not None else None
            if before is None:
                before = len(made)
                made.append(Resolution(item=one.item))
            made[before] = Resolution(item=one.item, polls=(*made[before].polls, one))
            places[one.poll.opened.poll] = before
    return tuple(r for r in made if not (public and r.item.confidential))


def day(scribe: Scribe) -> date:
    """The date of the sitting, on its own clock."""
    convened = scribe.minutes.convened
    opened = scribe.minutes.opened
    return scribe.calendar.local(opened.at if opened else convened.scheduled_for).date()


def _decided(minutes: Minutes, poll: PollRecord) -> tuple[Decided, ...]:
    """What that poll decided, item by item; nothing for one that is not proclaimed, or that is void."""
    if poll.closed is None or poll.annulled is not None:
        return ()
    verdict: Decision | Round
    if poll.proclaimed is not None:
        verdict = poll.proclaimed.decision
    elif poll.chosen is not None and poll.opened.contest is not None:
        verdict = Round(contest=poll.opened.contest, result=poll.chosen.result, votes=poll.closed.counts)
    else:
        return ()
    items = (minutes.items[i] for i in poll.items)
    tally = poll.closed.tally
    return tuple(Decided(poll=poll, item=item, tally=tally, verdict=verdict) for item in items)
