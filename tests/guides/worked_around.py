"""The worked examples of what the law wants before and around a sitting; ``worked`` has those of the sitting itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from tests.guides.markdown import Row, codes
from tests.guides.worked import MEMBER, NOTHING, ROLES, Example, Law, code, number
from tests.kit import sittings as s
from tests.kit.given import Given, given
from voting.domain import commands as c
from voting.domain.assembly import LegalSubject
from voting.domain.attendance import Presence
from voting.domain.decide.exchange import took_part
from voting.domain.refusals import Refusal
from voting.domain.remarks import FirstConvocation
from voting.domain.ruleset import StandingOrders
from voting.domain.seats import quorum
from voting.domain.standing_orders import Threshold
from voting.domain.statements import Statement
from voting.domain.tally import Choice

DAY = (s.START + timedelta(hours=1)).date()
"""Of the sitting that the kit convenes."""
THIRD = Threshold(numerator=1, denominator=3)


def _answered(wish: c.ConveneSitting) -> str | None:
    answer = given().when(wish).answer
    return answer.code if isinstance(answer, Refusal) else None


def _notice(law: Law, rows: list[Row]) -> None:
    """Delay of the standing orders, days before the sitting, whether it is urgent, the refusal."""
    for row in rows:
        days = None if row[0] == NOTHING else number(row[0])
        wish = law.convene(6, orders=StandingOrders(notice_days=days))
        sent = DAY - timedelta(days=number(row[1]))
        assert _answered(replace(wish, summoned_on=sent, is_urgent=number(row[2]) == 1)) == code(row[3])


def _arrangements(law: Law, rows: list[Row]) -> None:
    """Whether the standing orders settle it, the refusal."""
    for row in rows:
        orders = StandingOrders(remote_arrangements=number(row[0]) == 1)
        assert _answered(law.convene(6, orders=orders)) == code(row[1])


def _size(law: Law, rows: list[Row]) -> None:
    """Seats of the council, seats of the committee, the refusal."""
    for row in rows:
        orders = StandingOrders(council_seats=number(row[0]))
        assert _answered(law.convene(number(row[1]), orders=orders)) == code(row[2])


def _reconvened(law: Law, rows: list[Row]) -> None:
    """Days after the first sitting, the refusal, members needed for the quorum."""
    for row in rows:
        wish = law.convene(6, again=True)
        first = FirstConvocation(
            sitting=s.SITTING,
            scheduled_on=(DAY - timedelta(days=number(row[0]))).isoformat(),
            lines=9,
            root="0" * 64,
            items=tuple(item.id for item in wish.items),
        )
        again = replace(wish, first_convocation=first, summoned_on=DAY)
        assert _answered(again) == code(row[1])
        if row[2] != NOTHING:
            state = given(again)
            assert quorum(state.sitting, state.rules).required == number(row[2])


def _broadcast(law: Law, rows: list[Row]) -> None:
    """Whether the broadcast was stated, the refusal at the opening."""
    for row in rows:
        stated = [c.MakeStatement(by=s.CLERK, statement=Statement.BROADCAST_STARTED)] if number(row[0]) else []
        state = given(law.convene(6), *law.arrivals(s.first(6)), *stated)
        answer = state.when(c.OpenSitting(by=s.CHAIR)).answer
        assert (answer.code if isinstance(answer, Refusal) else None) == code(row[1])


def _half_year(law: Law, rows: list[Row]) -> None:
    """Whether the register has such a sitting, the remark made to whoever convenes."""
    for row in rows:
        wish = replace(law.convene(6), lacks_room_sitting=number(row[0]) == 0)
        made = [remark.code.value for remark in given(wish).sitting.facts.remarks]
        assert ("room_sitting_due" in made) is (row[1] != NOTHING)


def _remarks(law: Law, rows: list[Row]) -> None:
    """What the convocation is like, one remark that is made of it."""
    made = {remark.code.value for remark in given(law.convene(6)).sitting.facts.remarks}
    for row in rows:
        assert codes(row[1])[0] in made


def _sound(law: Law, rows: list[Row]) -> None:
    """What the chair said, for how many a member counts who is only heard."""
    for row in rows:
        state = given(law.convene(6), s.arrive(s.CHAIR), s.arrive(MEMBER, Presence.AUDIO_ONLY))
        if row[0] != NOTHING:
            state = _stated(state, Statement(codes(row[0])[0]))
        assert quorum(state.sitting, state.rules).present - 1 == number(row[1])


def _stated(state: Given, statement: Statement) -> Given:
    return state.after(c.MakeStatement(by=s.CHAIR, statement=statement))


def _recording(law: Law, rows: list[Row]) -> None:
    """Whether a decision settled it, the refusal to state that one records."""
    for row in rows:
        state = given(law.convene(6, orders=StandingOrders(recording_settled=number(row[0]) == 1)))
        answer = state.when(c.MakeStatement(by=s.CLERK, statement=Statement.RECORDING_STARTED)).answer
        assert (answer.code if isinstance(answer, Refusal) else None) == code(row[1])


def _asked(law: Law, rows: list[Row]) -> None:
    """Members present, how many it takes to ask for a recorded vote; the standing orders say a third."""
    rule = given(law.convene(6, orders=StandingOrders(public_ballot=THIRD))).rules.conduct.public_ballot
    assert rule is not None
    for row in rows:
        assert rule.needed(number(row[0])) == number(row[1])


def _camera(law: Law, rows: list[Row]) -> None:
    """How many ask, of what more than half must agree."""
    rule = given(law.convene(6)).rules.conduct.in_camera
    assert rule is not None
    for row in rows:
        assert (rule.requesters, rule.majority_base.value) == (number(row[0]), codes(row[1])[0])


def _election(law: Law, rows: list[Row]) -> None:
    """Members in office, needed for an ordinary item, needed to elect the president."""
    book = given(law.convene(6)).rules
    for row in rows:
        asked = [
            book.quorum(number(row[0]), second_convocation=False, subject=subject).required
            for subject in (LegalSubject.ORDINARY, LegalSubject.PRESIDENCY_ELECTION)
        ]
        assert asked == [number(row[1]), number(row[2])]


def _took_part(law: Law, rows: list[Row]) -> None:
    """Wrote, voted, take no part in the vote, took part, what closing the vote answers."""
    for row in rows:
        wrote, voted, nppv = (number(cell) for cell in row[:3])
        people = iter(s.first(6))
        written = tuple(next(people) for _ in range(wrote))
        answers = [Choice.FOR] * voted + [Choice.NOT_TAKING_PART] * nppv
        voices = [s.vote(next(people), choice) for choice in answers]
        state = given(*s.called(law.convene(6)), *law.exchanged(written), s.open_poll(), *voices)
        poll = state.sitting.polls.open_poll()
        assert poll is not None
        assert len(took_part(state.sitting, poll)) == number(row[3])
        answer = state.when(s.close_poll()).answer
        assert (answer.code if isinstance(answer, Refusal) else None) == code(row[4])


def _writing(law: Law, rows: list[Row]) -> None:
    """When, who, what he tries, the refusal."""
    noon = s.START + timedelta(hours=3)
    called = given(*s.called(law.convene(6)))
    writing = called.after(c.OpenExchange(by=s.CHAIR, until=noon))
    over = writing.when(c.CloseExchange(by=s.CHAIR), at=noon).accepted()
    moments = {"called": (called, None), "writing": (writing, None), "noon": (writing, noon), "over": (over, noon)}
    for row in rows:
        (state, at), by = moments[codes(row[0])[0]], ROLES[codes(row[1])[0]]
        wishes: Mapping[str, c.SittingCommand] = {
            "open": c.OpenExchange(by=by, until=noon),
            "prolong": c.ProlongExchange(by=by, until=noon + timedelta(hours=1)),
            "write": c.WriteMessage(by=by, text="Favorable."),
            "close": c.CloseExchange(by=by),
            "vote": s.open_poll(by=by),
            "next": s.call(by=by),
        }
        answer = state.when(wishes[codes(row[2])[0]], at=at).answer
        assert (answer.code if isinstance(answer, Refusal) else None) == code(row[3])


AROUND: Mapping[str, Example] = {
    "notice": _notice,
    "arrangements": _arrangements,
    "size": _size,
    "reconvened": _reconvened,
    "broadcast": _broadcast,
    "half year": _half_year,
    "remarks": _remarks,
    "sound": _sound,
    "recording": _recording,
    "asked by": _asked,
    "camera": _camera,
    "election": _election,
    "took part": _took_part,
    "writing": _writing,
}
"""By the name that stands above the table, in a comment."""
