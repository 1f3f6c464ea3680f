"""Sittings to look at, played through the core, and a source of boards that tests move by hand."""

import asyncio
import csv
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import bot
from tests.kit.journals import AGAINST, CLERK, FOR, Story, agenda, convened, roll
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Civility, ItemKind, Member, Role
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, SittingId, item_id
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import GroupTime
from voting.domain.tally import Choice
from voting.service.views.board import BoardView, board_view

SAMPLES = Path(bot.__file__).parent / "samples"
SITTING = SittingId("3f1c9a52e07b4d68")
CLOCK = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SPREAD = (FOR, FOR, AGAINST, FOR, FOR, Choice.ABSTENTION, FOR, AGAINST, FOR, Choice.NOT_TAKING_PART, FOR)


class Table:
    """Sittings that a test moves; says so to those who listen."""

    def __init__(self, *stories: Story) -> None:
        self.stories = {story.state.facts.sitting: story for story in stories}
        self.reads = 0
        self._moved = asyncio.Condition()

    async def board(self, sitting: SittingId) -> BoardView | None:
        self.reads += 1
        story = self.stories.get(sitting)
        return view(story) if story is not None else None

    async def changes(self, sitting: SittingId) -> AsyncGenerator[None, None]:
        while True:
            async with self._moved:
                await self._moved.wait()
            yield

    async def move(self, *steps: Callable[[], object]) -> None:
        for step in steps:
            step()
        async with self._moved:
            self._moved.notify_all()


def view(story: Story) -> BoardView:
    return board_view(story.state, story.rules)


def sample_roll() -> tuple[Member, ...]:
    """The people of the demo, some sixty of whom 25 vote."""
    with (SAMPLES / "members.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    people = [
        Member(
            id=PersonId(row["id"]),
            civility=Civility(row["civility"]),
            first_name=row["first_name"],
            last_name=row["last_name"],
            group=row["group"],
            office=row["office"],
            role=Role(row["role"]),
            votes=row["votes"] == "1",
        )
        for row in rows
    ]
    clerk = Member(id=CLERK, civility=Civility.MRS, first_name="Jeanne", last_name="Morel", role=Role.CLERK)
    return (*people, clerk)


def sample_agenda() -> tuple[AgendaItem, ...]:
    """The reports of the demo."""
    with (SAMPLES / "agenda.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    ids = {row["number"]: item_id(n) for n, row in enumerate(rows, start=1)}
    return tuple(
        AgendaItem(
            id=ids[row["number"]],
            number=row["number"],
            title=row["title"],
            kind=ItemKind(row["kind"] or "report"),
            rapporteur=row["rapporteur"],
            commission=row["commission"],
            opinion=row["opinion"],
            parent=ids.get(row["parent"]),
        )
        for row in rows
    )


def convoked() -> Story:
    """The sitting of the demo before anybody is there."""
    return convened(sample_roll(), sample_agenda(), sitting=SITTING)


def calling(story: Story, *, until: int = 16) -> Story:
    """The roll call, with that many answers."""
    voters = _voters(story)
    story.do(c.OpenRollCall(by=CLERK), after=600)
    story.attend(*voters[: until - until // 3], as_=Presence.IN_ROOM)
    story.attend(*voters[until - until // 3 : until], as_=Presence.REMOTE)
    return story


def opened(story: Story) -> Story:
    """The sitting open: three represented, one excused, one absent."""
    voters = _voters(story)
    calling(story, until=len(voters) - 5)
    for holder, grantor in enumerate(voters[-5:-2]):
        story.proxy(grantor, voters[holder + 3])
    excused = c.RecordAttendance(by=CLERK, person=voters[-2], presence=Presence.EXCUSED, source=Source.CLERK)
    story.do(excused)
    story.do(c.CloseRollCall(by=CLERK))
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=voters[1]))
    return story


def debating(story: Story) -> Story:
    """Two items taken, the third under discussion: somebody speaks, two wait, one of them for a point of order."""
    voters = _voters(story)
    story.call()
    story.decide_item()
    story.call()
    story.call()
    for person in voters[4:7]:
        story.do(c.RequestFloor(by=person, person=person, kind=FloorKind.INTERVENTION))
    story.do(c.RequestFloor(by=voters[8], person=voters[8], kind=FloorKind.POINT_OF_ORDER))
    story.do(c.GiveFloor(by=CLERK, person=voters[4]))
    return story


def sharing(*, is_paused: bool = False) -> Story:
    """A debate whose time is shared among the groups: one has used up its own, one speaks, every kind waits."""
    orders = StandingOrders(group_time=GroupTime(item_seconds=900, floor_seconds=60, unattached_seconds=60))
    story = opened(convened(sample_roll(), sample_agenda(), sitting=SITTING, orders=orders))
    voters = _voters(story)
    story.call()
    for place, seconds in ((4, 130), (9, 290), (15, 70)):
        story.speak(voters[place], seconds=seconds)
    for person, kind in zip(voters[10:], FloorKind, strict=False):
        story.do(c.RequestFloor(by=person, person=person, kind=kind))
    story.do(c.GiveFloor(by=CLERK, person=voters[5]))
    if is_paused:
        story.do(c.PauseFloor(by=CLERK), after=75)
    return story


def voting(story: Story, *, heard: int = 14) -> Story:
    """The poll on that item, with that many voices."""
    story.open_poll()
    poll = story.state.polls.open_poll()
    assert poll is not None
    electors = list(poll.electorate)
    story.vote({m: SPREAD[n % len(SPREAD)] for n, m in enumerate(electors[:heard])}, rest=None)
    return story


def proclaimed(story: Story) -> Story:
    """Its result, one elector having stayed silent."""
    poll = story.state.polls.open_poll()
    assert poll is not None
    silent = list(poll.electorate)[-1]
    rest = [m for m in poll.electorate if m not in poll.ballots and m != silent]
    story.vote({m: SPREAD[n % len(SPREAD)] for n, m in enumerate(rest)}, rest=None)
    story.proclaim()
    return story


def whole() -> Story:
    """As far as a proclaimed result."""
    return proclaimed(voting(debating(opened(convoked()))))


def nasty() -> Story:
    """Names, groups and titles as an enemy or a tired clerk would type them."""
    bad = '<script>alert(1)</script> \u202eevil\u200b {{ 7 * 7 }} & "quoted" ' + "anticonstitutionnellement" * 4
    members = tuple(
        replace(m, last_name=f"{bad} {n}", group=bad if n % 2 else "\u2066'><img src=x onerror=alert(1)>")
        for n, m in enumerate(roll(12))
    )
    items = tuple(replace(item, title=bad, rapporteur=bad, opinion=bad, number="<b>1</b>") for item in agenda(2))
    story = convened(members, items, sitting=SITTING, title=bad)
    story.attend(*(m.id for m in story.state.voting_members()))
    story.do(c.OpenSitting(by=CLERK))
    story.call()
    return voting(story, heard=5)


def crowd(voters: int) -> Story:
    """A poll of so many voters that half have answered."""
    story = convened(roll(voters), agenda(3), sitting=SITTING)
    story.attend(*(m.id for m in story.state.voting_members()), after=0)
    story.do(c.OpenSitting(by=CLERK))
    story.call()
    return voting(story, heard=voters // 2)


def _voters(story: Story) -> list[PersonId]:
    return [m.id for m in story.state.voting_members()]
