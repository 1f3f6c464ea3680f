"""Random rolls, agendas, convocations and commands for Hypothesis: mostly plausible, sometimes hostile or absurd."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from tests.kit import wishes
from tests.kit.sittings import convene, item, m, person, seats, staff, u
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, ItemKind, LegalSubject, Member, Mode, Regime, Role
from voting.domain.ids import SittingId
from voting.domain.ruleset import QuorumBase, StandingOrders
from voting.domain.sitting import Sitting
from voting.domain.standing_orders import Asker, FloorOrder, GroupTime, Requests
from voting.domain.tally import Choice

T = TypeVar("T")
Wish = Callable[[wishes.Choose, Sitting], c.SittingCommand]
BODIES = tuple(Body)
_REGIMES = {
    (Body.COUNCIL, Mode.REMOTE): (Regime.EMERGENCY_2020,),
    (Body.STANDING_COMMITTEE, Mode.REMOTE): (Regime.EMERGENCY_2020,),
    (Body.TENDER_COMMITTEE, Mode.REMOTE): (Regime.WRITTEN_EXCHANGE,),
}
CHOICES = st.sampled_from(Choice)


@st.composite
def rolls(draw: st.DrawFn, body: Body = Body.STANDING_COMMITTEE, most: int = 9) -> tuple[Member, ...]:
    """One to ``most`` voting members, the staff, and in a tender committee a few substitutes."""
    voters = draw(st.sampled_from([*range(4, most + 1), 1, 2, 3]))
    members = [*seats(voters), *staff()]
    if body is Body.TENDER_COMMITTEE:
        replaced = draw(st.sets(st.integers(1, voters), max_size=4))
        members += [person(u(n), Role.MEMBER, substitute_for=m(n)) for n in sorted(replaced)]
    return tuple(members)


@st.composite
def agendas(draw: st.DrawFn, most: int = 5) -> tuple[AgendaItem, ...]:
    """One to ``most`` items; some amend, or hang on, an earlier one; some are for information or reserved by law."""
    items: list[AgendaItem] = []
    for position in range(1, draw(st.integers(1, most)) + 1):
        kind = draw(st.sampled_from([ItemKind.REPORT, ItemKind.REPORT, *ItemKind]))
        above = [i.id for i in items]
        parent = draw(st.sampled_from(above)) if above and kind is ItemKind.AMENDMENT else None
        subject = draw(st.sampled_from([LegalSubject.ORDINARY, LegalSubject.ORDINARY, *LegalSubject]))
        items.append(item(position, kind, parent=parent, subject=subject.value))
    return tuple(items)


@st.composite
def convocations(draw: st.DrawFn, bodies: Sequence[Body] = BODIES) -> c.ConveneSitting:
    """A convocation that the core accepts."""
    body = draw(st.sampled_from(bodies))
    mode = draw(st.sampled_from([Mode.REMOTE, Mode.REMOTE, Mode.HYBRID, *([] if body is Body.EPCI else [Mode.ROOM])]))
    orders = st.builds(
        StandingOrders,
        quorum_base=st.sampled_from([None, *QuorumBase]),
        casting_vote=st.booleans(),
        public_board=st.booleans(),
        floor_order=st.sampled_from(FloorOrder),
        silence_during_vote=st.sampled_from([True, True, False]),
        closure_by_vote=st.booleans(),
        requests=st.builds(Requests, intervention=st.sampled_from([Asker.EVERYBODY, *Asker])),
        group_time=st.builds(GroupTime, item_seconds=st.sampled_from([0, 600]), is_shareable=st.booleans()),
    )
    return convene(
        draw(rolls(body)),
        draw(agendas()),
        body=body,
        mode=mode,
        regime=draw(st.sampled_from([Regime.ORDINARY, *_REGIMES.get((body, mode), ())])),
        orders=draw(orders),
        second_convocation_of=draw(st.sampled_from([None, None, SittingId("s-0000")])),
    )


@st.composite
def commands(draw: st.DrawFn, sitting: Sitting, kind: Wish = wishes.anything) -> c.SittingCommand:
    """A command of that kind, whatever the state."""

    def choose(among: Sequence[T], /) -> T:
        return draw(st.sampled_from(among))

    return kind(choose, sitting)
