"""Rolls, agendas, a clock and the commands of a sitting, ready for a test. Invents no rule: the core decides.

Ids: ``m001``… hold a seat with a vote (``m001`` chairs), ``u001``… are their substitutes, ``a001`` advises, ``k001`` is
the clerk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, Civility, ItemKind, LegalSubject, Member, Mode, Regime, Role
from voting.domain.attendance import Presence, Source
from voting.domain.contests import Nominee, OptionCount
from voting.domain.ids import ItemId, PersonId, PollId, SittingId, item_id, option_id
from voting.domain.polls import Purpose
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.speakers import FloorKind
from voting.domain.statements import Statement
from voting.domain.tally import Choice

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SITTING = SittingId("s-0001")
CLERK = PersonId("k001")
CHAIR = PersonId("m001")
ADVISOR = PersonId("a001")
SUPPORT = PersonId("h001")
OBSERVER = PersonId("o001")
STRANGER = PersonId("z999")

GROUPS = (("Alliance des territoires", 10), ("Ensemble", 6), ("Les Verts", 4), ("Horizon", 3), ("Non inscrits", 2))
FIRST_NAMES = ("Camille", "Jeanne", "Louis", "Inès", "Paul", "Awa", "Hugo", "Nour", "Yves", "Lucie", "Marc")
LAST_NAMES = ("Aubert", "Besson", "Carlier", "Delmas", "Esnault", "Fontaine", "Guérin")


class Clock:
    """A clock of its own: UTC, whole milliseconds, one step further at each look."""

    def __init__(self, start: datetime = START, step: timedelta = timedelta(seconds=1)) -> None:
        self._next = start
        self._step = step

    def now(self) -> datetime:
        """The time; the next look is one step later."""
        now = self._next
        self._next = now + self._step
        return now

    def advance(self, duration: timedelta) -> None:
        """Let that much time pass."""
        self._next += duration


def m(number: int) -> PersonId:
    """The id of that voting member (from 1, the chair)."""
    return PersonId(f"m{number:03}")


def u(number: int) -> PersonId:
    """The id of the substitute of that voting member."""
    return PersonId(f"u{number:03}")


def person(person_id: PersonId, role: Role, *, substitute_for: PersonId | None = None) -> Member:
    """Somebody who sits without a vote of his own."""
    number = int(person_id[1:])
    return Member(
        id=person_id,
        civility=Civility.MRS if number % 2 else Civility.MR,
        first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
        last_name=LAST_NAMES[number % len(LAST_NAMES)],
        role=role,
        substitute_for=substitute_for,
    )


def seats(number: int) -> tuple[Member, ...]:
    """That many members with a vote, in five groups; the first one chairs, the next four are vice-chairs."""
    groups = [name for name, size in GROUPS for _ in range(size)]
    return tuple(
        Member(
            id=m(n),
            civility=Civility.MRS if n % 2 else Civility.MR,
            first_name=FIRST_NAMES[n % len(FIRST_NAMES)],
            last_name=f"{LAST_NAMES[n % len(LAST_NAMES)]}-{n}",
            group=groups[(n - 1) % len(groups)],
            role=Role.CHAIR if n == 1 else Role.VICE_CHAIR if n <= 5 else Role.MEMBER,
            votes=True,
        )
        for n in range(1, number + 1)
    )


def staff() -> tuple[Member, ...]:
    """Those who sit without a vote: a clerk, an advisor, the help desk, an observer."""
    return (
        person(CLERK, Role.CLERK),
        person(ADVISOR, Role.ADVISOR),
        person(SUPPORT, Role.SUPPORT),
        person(OBSERVER, Role.OBSERVER),
    )


def roll(voters: int) -> tuple[Member, ...]:
    """That many voting members and the staff."""
    return (*seats(voters), *staff())


def substitutes(number: int) -> tuple[Member, ...]:
    """One substitute for each of the first voting members."""
    return tuple(person(u(n), Role.MEMBER, substitute_for=m(n)) for n in range(1, number + 1))


def item(position: int, kind: ItemKind = ItemKind.REPORT, *, parent: ItemId | None = None, **more: str) -> AgendaItem:
    """An item of the summons; ``subject`` names its legal subject."""
    return AgendaItem(
        id=item_id(position),
        number=str(position),
        title=f"Rapport {position}",
        kind=kind,
        parent=parent,
        legal_subject=LegalSubject(more.get("subject", "")),
    )


def reports(number: int) -> tuple[AgendaItem, ...]:
    """That many plain reports."""
    return tuple(item(n) for n in range(1, number + 1))


REPORTS = reports(3)


def convene(
    members: tuple[Member, ...],
    items: tuple[AgendaItem, ...] = REPORTS,
    *,
    body: Body = Body.STANDING_COMMITTEE,
    mode: Mode = Mode.REMOTE,
    orders: StandingOrders | None = None,
    summons_mentions_remote: bool = True,
    second_convocation_of: SittingId | None = None,
    regime: Regime = Regime.ORDINARY,
) -> c.ConveneSitting:
    """The convocation of those members on those items."""
    return c.ConveneSitting(
        by=CLERK,
        sitting=SITTING,
        title="Commission permanente du 20 novembre 2026",
        body=body,
        mode=mode,
        body_name="Région Val-de-Brenne",
        standing_orders=orders if orders is not None else StandingOrders(),
        scheduled_for=START + timedelta(hours=1),
        summoned_on=date(2026, 11, 8),
        summons_mentions_remote=summons_mentions_remote,
        place="Hôtel de Région",
        members=members,
        items=items,
        second_convocation_of=second_convocation_of,
        regime=regime,
    )


def standing_committee(*items: AgendaItem, orders: StandingOrders | None = None, voters: int = 25) -> c.ConveneSitting:
    """A remote *commission permanente* of 25 in five groups, with its non-voting participants."""
    return convene(roll(voters), items or REPORTS, orders=orders)


def tender_committee(*items: AgendaItem, orders: StandingOrders | None = None) -> c.ConveneSitting:
    """A remote *commission d'appel d'offres*: six seats, a substitute for each."""
    members = (*seats(6), *substitutes(6), *staff())
    return convene(members, items or REPORTS, body=Body.TENDER_COMMITTEE, orders=orders)


def council(*items: AgendaItem, orders: StandingOrders | None = None) -> c.ConveneSitting:
    """A remote *conseil régional* of 77."""
    return convene(roll(77), items or REPORTS, body=Body.COUNCIL, orders=orders)


def arrive(who: PersonId, presence: Presence = Presence.REMOTE, *, by: PersonId | None = None) -> c.RecordAttendance:
    """That person says that he is here, or the one named by ``by`` says so."""
    return c.RecordAttendance(by=by or who, person=who, presence=presence, source=Source.CARD)


def leave(who: PersonId, presence: Presence = Presence.ABSENT, *, by: PersonId | None = None) -> c.RecordAttendance:
    """That person leaves."""
    return arrive(who, presence, by=by)


def arrivals(people: Iterable[PersonId], presence: Presence = Presence.REMOTE) -> tuple[c.RecordAttendance, ...]:
    """Each of them arrives."""
    return tuple(arrive(who, presence) for who in people)


def first(number: int) -> tuple[PersonId, ...]:
    """The first voting members, chair included."""
    return tuple(m(n) for n in range(1, number + 1))


def opened(convocation: c.ConveneSitting, here: Iterable[PersonId] | None = None) -> tuple[c.SittingCommand, ...]:
    """From the convocation to the opening, with those people here (every voting member when None)."""
    people = tuple(here) if here is not None else tuple(x.id for x in convocation.members if x.votes)
    presence = Presence.IN_ROOM if convocation.mode is Mode.ROOM else Presence.REMOTE
    return (convocation, *arrivals(people, presence), *broadcast(convocation), c.OpenSitting(by=CHAIR))


def broadcast(convocation: c.ConveneSitting) -> tuple[c.MakeStatement, ...]:
    """The clerk states that the public can follow, where a sitting from afar must be broadcast (R12)."""
    councils = (Body.COUNCIL, Body.DEPARTMENT, Body.EPCI)
    if convocation.mode is Mode.ROOM or convocation.body not in councils:
        return ()
    return (c.MakeStatement(by=CLERK, statement=Statement.BROADCAST_STARTED),)


def called(convocation: c.ConveneSitting, here: Iterable[PersonId] | None = None) -> tuple[c.SittingCommand, ...]:
    """As ``opened``, and the next item under discussion."""
    return (*opened(convocation, here), call())


def polled(convocation: c.ConveneSitting, here: Iterable[PersonId] | None = None) -> tuple[c.SittingCommand, ...]:
    """As ``called``, and its poll open (``p1``)."""
    return (*called(convocation, here), open_poll())


def call(which: ItemId | None = None, *, by: PersonId = CLERK) -> c.CallItem:
    """Call that item, or the next one."""
    return c.CallItem(by=by, item=which)


def open_poll(
    purpose: Purpose = Purpose.ITEM, method: VotingMethod = VotingMethod.ELECTRONIC, *, by: PersonId = CLERK
) -> c.OpenPoll:
    """Put the item to the vote."""
    return c.OpenPoll(by=by, purpose=purpose, method=method)


def vote(
    member: PersonId,
    choice: Choice = Choice.FOR,
    *,
    by: PersonId | None = None,
    poll: str | None = None,
    source: Source = Source.CARD,
    revision: int | None = None,
) -> c.CastVote:
    """The voice of that member, given by himself unless ``by`` says otherwise."""
    named = PollId(poll) if poll is not None else None
    return c.CastVote(by=by or member, poll=named, member=member, choice=choice, source=source, revision=revision)


def votes(choice: Choice, numbers: Iterable[int]) -> tuple[c.CastVote, ...]:
    """The same choice from each of those voting members."""
    return tuple(vote(m(n), choice) for n in numbers)


def ask(who: PersonId, kind: FloorKind = FloorKind.INTERVENTION, *, by: PersonId | None = None) -> c.RequestFloor:
    """Ask for the floor."""
    return c.RequestFloor(by=by or who, person=who, kind=kind)


def proxy(grantor: PersonId, holder: PersonId, *, by: PersonId | None = None) -> c.GiveProxy:
    """Offer a proxy."""
    return c.GiveProxy(by=by or grantor, grantor=grantor, holder=holder, source=Source.CARD)


def accepted_proxy(grantor: PersonId, holder: PersonId) -> tuple[c.GiveProxy, c.AcceptProxy]:
    """Offer a proxy and accept it."""
    return proxy(grantor, holder), c.AcceptProxy(by=holder, grantor=grantor)


def close_poll(*, by: PersonId = CLERK) -> c.ClosePoll:
    """Take no more voices."""
    return c.ClosePoll(by=by)


def proclaim(*, by: PersonId = CHAIR) -> c.ProclaimResult:
    """Say the result."""
    return c.ProclaimResult(by=by)


def settled() -> tuple[c.ClosePoll, c.ProclaimResult]:
    """Close the poll and proclaim."""
    return close_poll(), proclaim()


def contest(*names: str, method: VotingMethod = VotingMethod.ELECTRONIC, by: PersonId = CLERK) -> c.OpenContest:
    """Choose one of these: words, or people of the roll by their ids."""
    return c.OpenContest(by=by, nominees=tuple(nominee(n) for n in names), method=method)


def option_papers(*votes: int, blank: int = 0, invalid: int = 0, by: PersonId = CLERK) -> c.RecordOptionPapers:
    """The box of a secret choice: the papers of each option in order, blank and invalid ones."""
    counts = tuple(OptionCount(option=option_id(n), votes=x) for n, x in enumerate(votes, start=1))
    return c.RecordOptionPapers(
        by=by, envelopes=sum(votes) + blank + invalid, blank=blank, invalid=invalid, counts=counts
    )


def nominee(name: str) -> Nominee:
    """Somebody of the roll when the name is an id of ours, else words."""
    is_id = len(name) == 4 and name[0] in "mukahz" and name[1:].isdecimal()
    return Nominee(label="", person=PersonId(name)) if is_id else Nominee(label=name)


def choose(member: PersonId, number: int, **more: Any) -> c.CastVote:
    """The voice of that member for the option with that number."""
    return replace(vote(member, Choice.FOR, **more), option=option_id(number))


def chosen(by_number: Mapping[int, Iterable[int]]) -> tuple[c.CastVote, ...]:
    """For each option, by its number, the voting members who choose it."""
    return tuple(choose(m(n), option) for option, numbers in by_number.items() for n in numbers)
