"""Votes that were really held elsewhere, to be held again here. The data is not part of the repository."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.kit.sittings import CLERK, Clock, convene, item, person
from voting import rules as law
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Civility, Member, Mode, Role
from voting.domain.attendance import Presence, Source
from voting.domain.decide import decide
from voting.domain.fold import Fold
from voting.domain.ids import PersonId
from voting.domain.polls import Poll
from voting.domain.ruleset import StandingOrders
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

CHOICES = {
    "for": Choice.FOR,
    "against": Choice.AGAINST,
    "abstain": Choice.ABSTENTION,
    "nonvoting": Choice.NOT_TAKING_PART,
}
PRESIDENT = PersonId("president")
"""Leads the sitting without a seat: whoever really did is one of the members and says for himself."""


@cache
def data(name: str) -> Any:
    """That file of the replay data; the test is skipped where there is none."""
    folder = Path(os.environ.get("HEMICYCLE_REPLAY_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
    if not (folder / name).is_file():
        pytest.skip(f"{name} is not in {folder}: set HEMICYCLE_REPLAY_DATA to the folder of the replay data")
    return json.loads((folder / name).read_text("utf-8"))


class Replay:
    """One sitting of that many seats, held by its own rules."""

    def __init__(
        self, seats: Mapping[str, str], orders: StandingOrders, clock: Clock | None = None, chair: str = PRESIDENT
    ) -> None:
        """``seats``: the group of each member, by id. The chair is one of them, or somebody without a vote."""
        members = [
            Member(
                id=PersonId(seat),
                civility=Civility.MRS,
                first_name="",
                last_name=seat,
                group=group,
                role=Role.CHAIR if seat == chair else Role.MEMBER,
                votes=True,
            )
            for seat, group in seats.items()
        ]
        if chair not in seats:
            members.append(
                Member(id=PRESIDENT, civility=Civility.MR, first_name="", last_name=PRESIDENT, role=Role.CHAIR)
            )
        self.rules = law.current(Body.ASSOCIATION, Mode.REMOTE, orders)
        self.clock = clock or Clock()
        self.chair = PersonId(chair)
        self.history: list[e.SittingEvent] = []
        self._fold = Fold()
        roll = (*members, person(CLERK, Role.CLERK))
        self.do(convene(roll, (item(1),), body=Body.ASSOCIATION, orders=orders))

    @property
    def sitting(self) -> Sitting:
        assert self._fold.now is not None
        return self._fold.now

    def do(self, command: c.SittingCommand) -> list[e.SittingEvent]:
        """What the command makes of the sitting; a refusal fails the test."""
        events = decide(self._fold.now, command, self.rules, self.clock.now())
        self._fold.add(events)
        self.history += events
        return events

    def arrive(self, *people: str) -> None:
        for who in people:
            name = PersonId(who)
            self.do(c.RecordAttendance(by=name, person=name, presence=Presence.REMOTE, source=Source.CARD))

    def open(self) -> None:
        """Those here open the sitting and call the one item."""
        self.do(c.OpenSitting(by=CLERK))
        self.do(c.CallItem(by=CLERK, item=None))

    def vote(self, positions: Mapping[str, str]) -> None:
        for who, position in positions.items():
            if position in CHOICES:
                member = PersonId(who)
                cast = c.CastVote(by=member, poll=None, member=member, choice=CHOICES[position], source=Source.CARD)
                self.do(cast)

    def settle(self) -> Poll:
        """Closed and proclaimed."""
        self.do(c.ClosePoll(by=CLERK))
        self.do(c.ProclaimResult(by=self.chair))
        return tuple(self.sitting.polls.all.values())[-1]


def mismatched(vote: Mapping[str, Any]) -> set[str]:
    """The fields in which the source says itself that it contradicts its own lists."""
    return {f"{x.get('part', '')}.{x['field']}".strip(".") for x in vote.get("check_mismatch", ())}


def present(vote: Mapping[str, Any]) -> Iterator[str]:
    """Who was there, whatever he answered."""
    return (who for who, position in vote["positions"].items() if position in CHOICES)
