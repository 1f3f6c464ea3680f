"""Given a past, when somebody wishes something, then these facts or this refusal: tests of the pure core read so.

Each ``when`` also checks that ``decide`` left the state as it was, that the facts carry the time and the actor, and
that facts and state hold what their types promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tests.kit import typed
from tests.kit.sittings import Clock
from voting import rules as law
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import decide
from voting.domain.evolve import evolve, fold
from voting.domain.ids import PersonId
from voting.domain.refusals import Refusal
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Sitting

Step = c.SittingCommand | e.SittingEvent


@dataclass(frozen=True)
class Fact:
    """An event of that class whose named fields have those values; the others may have any."""

    event: type[e.Event]
    fields: Mapping[str, object]

    def check(self, event: e.Event) -> None:
        """Fails unless the event is this fact."""
        assert type(event) is self.event, event
        found = {name: getattr(event, name) for name in self.fields}
        assert found == dict(self.fields), f"found {found!r}"


def fact(event: type[e.Event], **fields: object) -> Fact:
    """That event with those fields, whatever the others."""
    return Fact(event=event, fields=fields)


Expected = Fact | type[e.Event] | e.Event | Refusal


@dataclass(frozen=True)
class Given:
    """A sitting with its past; ``when`` asks something of it."""

    law: RuleSet | None
    clock: Clock
    history: tuple[e.SittingEvent, ...] = ()
    current: Sitting | None = None

    @property
    def rules(self) -> RuleSet:
        """The rule set of the sitting."""
        assert self.law is not None, "no convocation yet"
        return self.law

    @property
    def sitting(self) -> Sitting:
        """The state reached."""
        assert self.current is not None, "no convocation yet"
        return self.current

    def after(self, *steps: Step) -> "Given":
        """The sitting after these commands (none may be refused) and these events."""
        reached = self
        for step in steps:
            if isinstance(step, c.Command):
                reached = reached.when(step).accepted()
            else:
                reached = reached.happened(step)
        return reached

    def happened(self, *events: e.SittingEvent) -> "Given":
        """The sitting after these facts, whoever decided them."""
        current, law_ = self.current, self.law
        for event in events:
            typed.check(event)
            before, current = current, evolve(current, event)
            typed.check(current, before)
            if law_ is None and isinstance(event, e.SittingConvened):
                law_ = law.find(event.rule_set, event.standing_orders)
        return replace(self, law=law_, current=current, history=(*self.history, *events))

    def when(self, command: c.SittingCommand, *, by: PersonId | None = None, at: datetime | None = None) -> "When":
        """Ask this of the sitting, as somebody else and at another time if need be."""
        wish = command if by is None else replace(command, by=by)
        now = at if at is not None else self.clock.now()
        given = self if self.law is not None else replace(self, law=_law_of(wish))
        try:
            answer: tuple[e.SittingEvent, ...] | Refusal = tuple(decide(self.current, wish, given.rules, now))
        except Refusal as refusal:
            answer = refusal
        assert self.current is None or fold(self.history) == self.current, "decide moved the state"
        return When(given=given, wish=wish, now=now, answer=answer)


@dataclass(frozen=True)
class When:
    """What was answered."""

    given: Given
    wish: c.SittingCommand
    now: datetime
    answer: tuple[e.SittingEvent, ...] | Refusal

    def then(self, *expected: Expected) -> Given:
        """Fails unless exactly these facts came, or this refusal with its fields and citation."""
        if len(expected) == 1 and isinstance(expected[0], Refusal):
            assert self.answer == expected[0], f"answered {self.answer!r}"
            return self.given
        reached = self.accepted()
        events = reached.history[len(self.given.history) :]
        assert [type(x) for x in events] == [_class_of(x) for x in expected], f"answered {events!r}"
        for event, wanted in zip(events, expected, strict=True):
            assert (event.at, event.by) == (self.now, self.wish.by), f"signed {event.by} at {event.at}"
            if isinstance(wanted, Fact):
                wanted.check(event)
            elif isinstance(wanted, e.Event):
                assert event == wanted, f"found {event!r}"
        return reached

    def accepted(self) -> Given:
        """The sitting after it. Fails if it was refused."""
        if isinstance(self.answer, Refusal):
            raise AssertionError(f"{type(self.wish).__name__} refused: {self.answer}") from self.answer
        for event in self.answer:
            came_by_itself = event.at <= self.now and isinstance(event, e.ProxyStarted | e.ProxyEnded)
            signed = (event.at, event.by) == (self.now, self.wish.by)
            assert signed or came_by_itself, f"signed {event.by} at {event.at}"
        return self.given.happened(*self.answer)

    def refused(self) -> Refusal:
        """The refusal. Fails if it was accepted."""
        assert isinstance(self.answer, Refusal), self.answer
        return self.answer


def given(*steps: Step, rules: RuleSet | None = None, clock: Clock | None = None) -> Given:
    """A sitting after these commands and events, under the law of its convocation unless ``rules`` says otherwise."""
    return Given(law=rules, clock=clock if clock is not None else Clock()).after(*steps)


def _law_of(wish: c.SittingCommand) -> RuleSet:
    assert isinstance(wish, c.ConveneSitting), "a sitting begins with its convocation: say which rules"
    return law.current(wish.body, wish.mode, wish.standing_orders, regime=wish.regime, replay=True)


def _class_of(expected: Expected) -> type[object]:
    match expected:
        case Fact():
            return expected.event
        case type():
            return expected
        case _:
            return type(expected)
