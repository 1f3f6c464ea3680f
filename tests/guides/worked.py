"""The worked examples of the pages on law: each kind of table played on the real core, row by row.

Answers for: from the cells of a row to what the core answers. Leaves reading the pages to ``test_rules``.
A row says what a reader sees; figures and codes in it are what is checked.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.guides.markdown import Row, codes, plain
from tests.kit import sittings as s
from tests.kit.given import Given, given
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem, Body, LegalSubject, Mode, Regime
from voting.domain.attendance import Presence
from voting.domain.ids import PersonId, SittingId, item_id, poll_id
from voting.domain.polls import Purpose
from voting.domain.refusals import Refusal
from voting.domain.ruleset import QuorumBase, StandingOrders, VotingMethod
from voting.domain.seats import electorate, quorum
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.service.views.board import board_view
from voting.wording import catalogue, sentences

FRENCH = catalogue("fr")
NOTHING = "—"
FIRST = SittingId("s-0000")
MEMBER, SECRETARY = s.m(2), s.m(3)
ROLES = {"chair": s.CHAIR, "clerk": s.CLERK, "member": MEMBER, "secretary": SECRETARY}
CHOICES = (Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART)


@dataclass(frozen=True, slots=True)
class Law:
    """The body of a page, and how it is convened."""

    body: Body
    mode: Mode = Mode.REMOTE
    regime: Regime = Regime.ORDINARY

    @property
    def where(self) -> Presence:
        """How one is present there."""
        return Presence.IN_ROOM if self.mode is Mode.ROOM else Presence.REMOTE

    def arrivals(self, people: Iterable[PersonId]) -> list[c.RecordAttendance]:
        """Each of them arrives, in the way of that sitting."""
        return [s.arrive(who, self.where) for who in people]

    def exchanged(self, writers: Iterable[PersonId] = s.first(3)) -> tuple[e.SittingEvent, ...]:
        """Where one deliberates in writing, what these members wrote on the first item; nothing elsewhere."""
        if self.regime is not Regime.WRITTEN_EXCHANGE:
            return ()
        item, at, by = item_id(1), s.START, s.CHAIR
        written = (e.MessageWritten(at=at, by=who, item=item, person=who, text="…") for who in writers)
        return (
            e.ExchangeOpened(at=at, by=by, item=item, until=at),
            *written,
            e.ExchangeClosed(at=at, by=by, item=item),
        )

    def convene(
        self,
        seats: int,
        items: tuple[AgendaItem, ...] = s.REPORTS,
        *,
        orders: StandingOrders | None = None,
        says_remote: bool = True,
        again: bool = False,
    ) -> c.ConveneSitting:
        """A remote sitting of that many seats."""
        deputies = s.substitutes(seats) if self.body is Body.TENDER_COMMITTEE else ()
        return s.convene(
            (*s.seats(seats), *deputies, *s.staff()),
            items,
            body=self.body,
            mode=self.mode,
            regime=self.regime,
            orders=orders,
            summons_mentions_remote=says_remote,
            second_convocation_of=FIRST if again else None,
        )


Example = Callable[[Law, list[Row]], None]


def _quorum(law: Law, rows: list[Row]) -> None:
    """Convocation (1 or 2), in office, present, represented, counted, required, verdict."""
    for row in rows:
        times, seats, present, represented = (number(cell) for cell in row[:4])
        state = _attended(law, law.convene(seats, again=times == 2), present, represented)
        check = quorum(state.sitting, state.rules)
        assert (check.counted, check.required, verdict(state)) == (number(row[4]), number(row[5]), plain(row[6]))


def _advisory(law: Law, rows: list[Row]) -> None:
    """Base in the standing orders, in office, present, represented, counted, required, verdict, present alone."""
    for row in rows:
        base = QuorumBase(codes(row[0])[0]) if codes(row[0]) else None
        seats, present, represented = (number(cell) for cell in row[1:4])
        state = _attended(law, law.convene(seats, orders=StandingOrders(quorum_base=base)), present, represented)
        check = quorum(state.sitting, state.rules)
        assert (check.counted, check.required, verdict(state)) == (number(row[4]), number(row[5]), plain(row[6]))
        advisory = board_view(state.sitting, state.rules).advisory
        assert row[7] == (NOTHING if advisory is None else str(advisory))


def _recusals(law: Law, rows: list[Row]) -> None:
    """In office, present, withdrawn, counted, required, verdict."""
    for row in rows:
        seats, present, withdrawn = (number(cell) for cell in row[:3])
        gone = [c.DeclareRecusal(by=s.m(n), person=s.m(n)) for n in range(present - withdrawn + 1, present + 1)]
        state = given(*s.called(law.convene(seats), s.first(present)), *gone)
        check = quorum(state.sitting, state.rules)
        assert (check.counted, check.required, verdict(state)) == (number(row[3]), number(row[4]), plain(row[5]))


def _others(law: Law, rows: list[Row]) -> None:
    """In office, voting members here, others here, counted, required, verdict."""
    others = (s.ADVISOR, s.SUPPORT, s.OBSERVER, s.CLERK)
    for row in rows:
        seats, present, without = (number(cell) for cell in row[:3])
        state = _attended(law, law.convene(seats), present, 0).after(*law.arrivals(others[:without]))
        check = quorum(state.sitting, state.rules)
        assert (check.counted, check.required, verdict(state)) == (number(row[3]), number(row[4]), plain(row[5]))


def _presences(law: Law, rows: list[Row]) -> None:
    """What it is called, the value, how many it counts for."""
    assert [codes(row[1])[0] for row in rows] == [presence.value for presence in Presence]
    for row in rows:
        where = Presence(codes(row[1])[0])
        state = given(law.convene(6))
        answer = state.when(s.arrive(MEMBER, where)).answer
        if not isinstance(answer, Refusal):
            state = state.happened(*answer)
        assert quorum(state.sitting, state.rules).counted == number(row[2])


def _substitutes(law: Law, rows: list[Row]) -> None:
    """Members here, substitutes of the absent, substitutes of those here, electors, required, verdict."""
    for row in rows:
        present, sitting, surplus = (number(cell) for cell in row[:3])
        people = (
            *s.first(present),
            *map(s.u, range(present + 1, present + sitting + 1)),
            *map(s.u, range(1, surplus + 1)),
        )
        state = given(law.convene(6), *law.arrivals(people))
        assert len(electorate(state.sitting, state.rules)) == number(row[3])
        assert (quorum(state.sitting, state.rules).required, verdict(state)) == (number(row[4]), plain(row[5]))


def _votes(law: Law, rows: list[Row], orders: StandingOrders | None = None) -> None:
    """For, against, abstentions, not taking part, no answer, what the chair votes, the result in words."""
    for row in rows:
        *voices, silent = (number(cell) for cell in row[:5])
        called = s.called(law.convene(sum(voices) + silent, orders=orders))
        state = given(*called, *law.exchanged(), s.open_poll(), *_cast(voices, row[5]))
        poll = state.after(*s.settled()).sitting.polls.all[poll_id(1)]
        assert poll.tally is not None
        assert poll.decision is not None
        assert plain(sentences.outcome_sentence(FRENCH, poll.tally, poll.decision)) == plain(row[6])


def _casting_vote(law: Law, rows: list[Row]) -> None:
    """The same under standing orders that give the chair a casting vote."""
    _votes(law, rows, StandingOrders(casting_vote=True))


def _secrecy(law: Law, rows: list[Row]) -> None:
    """For the request, against it, what becomes of the item."""
    for row in rows:
        voices = [number(cell) for cell in row[:2]]
        asked = given(*s.called(law.convene(sum(voices))), c.RequestSecretBallot(by=MEMBER))
        answers = [choice for choice, count in zip(CHOICES, voices, strict=False) for _ in range(count)]
        votes = [s.vote(s.m(n), choice) for n, choice in enumerate(answers, start=1)]
        polled = asked.after(s.open_poll(Purpose.SECRET_BALLOT_REQUEST), *votes, *s.settled())
        assert polled.sitting.agenda.states[item_id(1)] is ItemState(codes(row[2])[0])


def _methods(law: Law, rows: list[Row]) -> None:
    """What it is called, the value, the refusal."""
    assert [codes(row[1])[0] for row in rows] == [method.value for method in VotingMethod]
    for row in rows:
        method = VotingMethod(codes(row[1])[0])
        tried = s.open_poll(method=method)
        assert _refused(given(*s.called(law.convene(6)), *law.exchanged()), tried) == code(row[2])
        lawful = method in given(law.convene(6)).rules.methods.allowed
        assert lawful is (number(row[3]) == 1)


def _subjects(law: Law, rows: list[Row]) -> None:
    """What it is called, the value of the agenda's column, the stance of the law."""
    values = [(codes(row[1]) or [""])[0] for row in rows]
    assert values == [subject.value for subject in LegalSubject]
    for row, value in zip(rows, values, strict=True):
        stance = given(law.convene(6)).rules.item(LegalSubject(value)).stance
        assert codes(row[2]) == [stance.value]
        called = given(*s.opened(law.convene(6, (s.item(1, subject=value),))))
        assert _refused(called, s.call()) == code(row[3])


def _publicity(law: Law, rows: list[Row]) -> None:
    """Whether the standing orders open the sittings, whether the sitting is public."""
    for row in rows:
        orders = StandingOrders(public_board=number(row[0]) == 1)
        assert given(law.convene(6, orders=orders)).rules.publicity.public is (number(row[1]) == 1)


def _summons(law: Law, rows: list[Row]) -> None:
    """Whether the summons says that the sitting is remote, the refusal at the opening."""
    for row in rows:
        convocation = law.convene(6, says_remote=number(row[0]) == 1)
        convened = given(convocation, *s.broadcast(convocation), *law.arrivals(s.first(6)))
        assert _refused(convened, c.OpenSitting(by=s.CLERK)) == code(row[1])


def _proxies(law: Law, rows: list[Row]) -> None:
    """Grantor, holder, the refusal: one after the other in one sitting, each one accepted when it can be."""
    state = given(law.convene(25))
    for row in rows:
        grantor, holder = letter(row[0]), letter(row[1])
        refused = _refused(state, s.proxy(grantor, holder))
        assert refused == code(row[2])
        if refused is None:
            state = state.after(*s.accepted_proxy(grantor, holder))


def _proxy_life(law: Law, rows: list[Row]) -> None:
    """A step of the story, how many members are represented after it."""
    state = given(law.convene(25), *law.arrivals(s.first(20)))
    steps: Mapping[str, tuple[c.SittingCommand, ...]] = {
        "offered": (s.proxy(s.m(25), MEMBER),),
        "accepted": (c.AcceptProxy(by=MEMBER, grantor=s.m(25)),),
        "grantor arrives": (s.arrive(s.m(25), law.where),),
        "grantor leaves": (s.leave(s.m(25)),),
        "holder leaves": (s.leave(MEMBER),),
        "holder comes back": (s.arrive(MEMBER, law.where),),
        "revoked": (c.RevokeProxy(by=s.m(25), grantor=s.m(25)),),
    }
    for row in rows:
        state = state.after(*steps[codes(row[0])[0]])
        assert quorum(state.sitting, state.rules).represented == number(row[1])


def _tries(law: Law, rows: list[Row]) -> None:
    """When, who, what he tries, the refusal."""
    seats = 6
    debate = given(*s.called(law.convene(seats), s.first(seats)), c.AppointSecretary(by=s.CLERK, person=SECRETARY))
    debate = debate.after(*law.exchanged())
    polled = debate.after(s.open_poll())
    moments = {
        "debate": debate,
        "poll open": polled,
        "poll closed": polled.after(s.close_poll()),
        "withdrawn": debate.after(c.DeclareRecusal(by=MEMBER, person=MEMBER)),
        "withdrawn, poll open": debate.after(c.DeclareRecusal(by=MEMBER, person=MEMBER), s.open_poll()),
    }
    for row in rows:
        moment, role, wish = codes(row[0])[0], ROLES[codes(row[1])[0]], codes(row[2])[0]
        assert _refused(moments[moment], _wish(wish, role)) == code(row[3])


def _wish(name: str, by: PersonId) -> c.SittingCommand:
    wishes: Mapping[str, c.SittingCommand] = {
        "floor": s.ask(by),
        "point_of_order": s.ask(by, FloorKind.POINT_OF_ORDER),
        "reply": s.ask(by, FloorKind.REPLY),
        "explanation": s.ask(by, FloorKind.EXPLANATION),
        "closure": c.RequestClosure(by=by, person=by),
        "close debate": c.CloseDebate(by=by),
        "give": c.GiveFloor(by=by, person=by),
        "for": s.vote(by),
        "for, as another": s.vote(s.m(4), by=by),
        "suspend": c.SuspendSitting(by=by, reason=""),
        "vote": s.open_poll(by=by),
        "close": s.close_poll(by=by),
        "proclaim": s.proclaim(by=by),
        "lift": c.CloseSitting(by=by),
    }
    return wishes[name]


EXAMPLES: Mapping[str, Example] = {
    "quorum": _quorum,
    "two readings": _advisory,
    "withdrawn": _recusals,
    "without a vote": _others,
    "presences": _presences,
    "substitutes": _substitutes,
    "votes": _votes,
    "casting vote": _casting_vote,
    "secret ballot": _secrecy,
    "methods": _methods,
    "subjects": _subjects,
    "publicity": _publicity,
    "summons": _summons,
    "proxies": _proxies,
    "life of a proxy": _proxy_life,
    "tries": _tries,
}
"""By the name that stands above the table, in a comment."""


def number(cell: str) -> int:
    """The first whole number of a cell."""
    found = re.search(r"\d+", cell)
    assert found, cell
    return int(found[0])


def letter(cell: str) -> PersonId:
    """A member called by a letter."""
    return s.m(ord(cell[-1]) - ord("A") + 1)


def code(cell: str) -> str | None:
    """The code of a refusal, or nothing."""
    return None if cell == NOTHING else codes(cell)[0]


def verdict(state: Given) -> str:
    """Whether the quorum is reached, in words."""
    return plain(sentences.quorum_verdict(FRENCH, quorum(state.sitting, state.rules)))


def _attended(law: Law, convocation: c.ConveneSitting, present: int, represented: int) -> Given:
    proxies = [x for n in range(1, represented + 1) for x in s.accepted_proxy(s.m(present + n), s.m(n))]
    return given(convocation, *law.arrivals(s.first(present)), *proxies)


def _cast(voices: Iterable[int], chair: str) -> list[c.CastVote]:
    """That many of each choice; the chair, who is the first member, gives the one named or none."""
    left = [choice for choice, count in zip(CHOICES, voices, strict=False) for _ in range(count)]
    chosen = next((choice for choice in CHOICES if plain(sentences.choice_word(FRENCH, choice)) == plain(chair)), None)
    if chosen is None:
        return [s.vote(s.m(n), choice) for n, choice in enumerate(left, start=2)]
    left.remove(chosen)
    return [s.vote(s.CHAIR, chosen), *(s.vote(s.m(n), choice) for n, choice in enumerate(left, start=2))]


def _refused(state: Given, wish: c.SittingCommand) -> str | None:
    answer = state.when(wish).answer
    return answer.code if isinstance(answer, Refusal) else None
