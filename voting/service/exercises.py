"""One member's exercises: what the simulated colleagues do next, which exercise a wish was, who is ready.

Pure. The exercises are held in a rehearsal of the member's own, with a chair, a colleague who is there and one who is
away and has given his proxy: nothing is played that is not the real thing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Civility, ItemKind, Member, Mode, Role
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, item_id
from voting.domain.polls import PollState, Purpose
from voting.domain.ruleset import RuleSet, VotingMethod
from voting.domain.sitting import Phase, Sitting
from voting.service.ports import Attempt, Exercise, Trainee, Trial

CHAIR, COLLEAGUE, AWAY = PersonId("exercise-chair"), PersonId("exercise-colleague"), PersonId("exercise-away")
SIMULATED = (CHAIR, COLLEAGUE, AWAY)

Cast = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
"""First and last names of the three."""


def bench(owner: Member, names: Cast) -> tuple[Member, ...]:
    """The member and three invented colleagues, each with a seat."""
    roles = (Role.CHAIR, Role.MEMBER, Role.MEMBER)
    invented = tuple(
        Member(id=person, civility=Civility.MRS, first_name=first, last_name=last, role=role, votes=True)
        for person, (first, last), role in zip(SIMULATED, names, roles, strict=True)
    )
    return (*invented, replace(owner, role=Role.MEMBER, votes=True, substitute_for=None))


def agenda(titles: Sequence[str]) -> tuple[AgendaItem, ...]:
    """Items on which nobody has an opinion."""
    return tuple(
        AgendaItem(id=item_id(place), number=str(place), title=title, kind=ItemKind.REPORT)
        for place, title in enumerate(titles, start=1)
    )


def required(has_proxies: bool) -> tuple[Exercise, ...]:
    """What somebody must have done once; a body without proxies has nothing to try with one."""
    return tuple(exercise for exercise in Exercise if has_proxies or exercise is not Exercise.PROXY)


def has_proxies(rules: RuleSet) -> bool:
    """Whether a member may hold one under that law."""
    return rules.proxies.max_per_holder > 0


def next_wish(sitting: Sitting, rules: RuleSet, owner: PersonId, done: Collection[Exercise]) -> c.SittingCommand | None:
    """What one of the simulated colleagues does now; None when it is the member's turn."""
    if sitting.course.phase is Phase.CONVENED:
        return _before(sitting, rules, owner)
    if sitting.course.phase is not Phase.OPEN:
        return None
    return _vote(sitting, rules, done)


def _before(sitting: Sitting, rules: RuleSet, owner: PersonId) -> c.SittingCommand | None:
    here = Presence.IN_ROOM if sitting.facts.mode is Mode.ROOM else Presence.REMOTE
    for person in (CHAIR, COLLEAGUE):
        if not sitting.is_here(person):
            return c.RecordAttendance(by=CHAIR, person=person, presence=here, source=Source.CARD)
    proxy = sitting.proxies.get(AWAY)
    if has_proxies(rules) and proxy is None:
        return c.GiveProxy(by=AWAY, grantor=AWAY, holder=owner, source=Source.CARD)
    if not sitting.is_here(owner):
        return None
    if proxy is not None and proxy.accepted_at is None:
        return c.AcceptProxy(by=owner, grantor=AWAY)
    return c.OpenSitting(by=CHAIR)


def _vote(sitting: Sitting, rules: RuleSet, done: Collection[Exercise]) -> c.SittingCommand | None:
    """The first item waits for the floor and then for every kind of vote, the second for words."""
    poll = sitting.polls.current()
    first = {Exercise.VOTE, Exercise.CHANGE} | ({Exercise.PROXY} if has_proxies(rules) else set())
    is_last = sitting.next_item() is None
    if sitting.agenda.current is None:
        return c.CloseSitting(by=CHAIR) if is_last else c.CallItem(by=CHAIR, item=None)
    if poll is None:
        settled = any(p.state is PollState.PROCLAIMED for p in sitting.polls.of_item(sitting.agenda.current))
        if settled:
            return c.CloseSitting(by=CHAIR) if is_last else c.CallItem(by=CHAIR, item=None)
        if Exercise.FLOOR not in done:
            return None
        return c.OpenPoll(by=CHAIR, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC)
    if poll.state is PollState.CLOSED:
        return c.ProclaimResult(by=CHAIR)
    over = set(required(has_proxies(rules))) if is_last else first
    return c.ClosePoll(by=CHAIR) if over <= set(done) else None


def exercises_of(sitting: Sitting, command: c.SittingCommand) -> tuple[Exercise, ...]:
    """What that wish, recorded, shows that its giver can do. ``sitting`` is as it stands after it."""
    match command:
        case c.RecordAttendance() if command.person == command.by and command.presence.is_here:
            return (Exercise.PRESENT,)
        case c.WithdrawFloor() if command.person == command.by:
            return (Exercise.FLOOR,)
        case c.CastVote() if command.source is not Source.VOICE:
            return _of_vote(sitting, command)
        case _:
            return ()


def _of_vote(sitting: Sitting, vote: c.CastVote) -> tuple[Exercise, ...]:
    typed = (Exercise.TYPED,) if vote.source is Source.TEXT else ()
    if vote.member != vote.by:
        return (Exercise.PROXY, *typed)
    poll = sitting.polls.current()
    ballot = poll.ballots.get(vote.member) if poll is not None else None
    changed = ballot is not None and ballot.revision > 0
    return (Exercise.CHANGE if changed else Exercise.VOTE, *typed)


def is_of_an_old_card(sitting: Sitting, command: c.SittingCommand) -> bool:
    """A press on the card of a vote that is over: answered with what was recorded then, and no progress."""
    poll = sitting.polls.open_poll()
    return isinstance(command, c.CastVote) and command.poll is not None and (poll is None or poll.id != command.poll)


def aimed_at(command: c.SittingCommand) -> Exercise | None:
    """What somebody was trying whose wish was refused."""
    match command:
        case c.RecordAttendance():
            return Exercise.PRESENT
        case c.RequestFloor() | c.WithdrawFloor():
            return Exercise.FLOOR
        case c.CastVote():
            if command.source is Source.TEXT:
                return Exercise.TYPED
            return Exercise.PROXY if command.member != command.by else Exercise.VOTE
        case _:
            return None


# --- who is ready -----------------------------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What support has to do about somebody."""

    READY = "ready"
    NEVER_CAME = "never_came"
    FAILED = "failed"
    """Tried, and something went wrong that he has not got past."""
    UNFINISHED = "unfinished"
    """Stopped on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One member on the readiness board."""

    trainee: Trainee
    verdict: Verdict
    attempts: tuple[Attempt, ...]
    """In the order of the exercises."""
    missing: tuple[Exercise, ...]
    at: Exercise | None
    """The exercise where he failed or stopped."""
    problem: str
    """Code of what went wrong there."""
    clients: tuple[str, ...]
    seconds: int | None
    """From the first exercise put before him to the last one done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The whole board."""

    exercises: tuple[Exercise, ...]
    rows: tuple[Row, ...]

    @property
    def ready(self) -> int:
        """How many need nothing more."""
        return sum(row.verdict is Verdict.READY for row in self.rows)

    @property
    def to_call(self) -> tuple[Row, ...]:
        """Everybody else."""
        return tuple(row for row in self.rows if row.verdict is not Verdict.READY)


def readiness(trainees: Iterable[Trainee], attempts: Iterable[Attempt], exercises: Sequence[Exercise]) -> Readiness:
    """The board of those people."""
    by_person: dict[PersonId, dict[Exercise, Attempt]] = {}
    for attempt in attempts:
        by_person.setdefault(attempt.person, {})[attempt.exercise] = attempt
    rows = (_row(trainee, by_person.get(trainee.person, {}), exercises) for trainee in trainees)
    return Readiness(exercises=tuple(exercises), rows=tuple(rows))


def _row(trainee: Trainee, tried: dict[Exercise, Attempt], exercises: Sequence[Exercise]) -> Row:
    attempts = tuple(tried[exercise] for exercise in exercises if exercise in tried)
    missing = tuple(e for e in exercises if e not in tried or tried[e].trial is not Trial.DONE)
    failed = next((a for a in attempts if a.trial is Trial.FAILED), None)
    touched = [a for a in attempts if a.trial is not Trial.STARTED or a.exercise is not exercises[0]]
    verdict, at = Verdict.READY, None
    if not touched:
        verdict = Verdict.NEVER_CAME
    elif failed is not None:
        verdict, at = Verdict.FAILED, failed.exercise
    elif missing:
        verdict, at = Verdict.UNFINISHED, missing[0]
    return Row(
        trainee=trainee,
        verdict=verdict,
        attempts=attempts,
        missing=missing,
        at=at,
        problem=failed.problem if failed is not None else "",
        clients=tuple(dict.fromkeys(a.client for a in attempts if a.client)),
        seconds=_seconds(attempts) if verdict is Verdict.READY else None,
    )


def _seconds(attempts: Sequence[Attempt]) -> int:
    return round((max(a.at for a in attempts) - min(a.since for a in attempts)).total_seconds())


def stepped(before: Attempt | None, person: PersonId, exercise: Exercise, at: datetime, client: str) -> Attempt:
    """That exercise, done."""
    since = before.since if before is not None else at
    return Attempt(
        person=person,
        exercise=exercise,
        trial=Trial.DONE,
        since=since,
        at=at,
        client=client or (before.client if before is not None else ""),
        failures=before.failures if before is not None else 0,
        problem=before.problem if before is not None else "",
    )


def stumbled(
    before: Attempt | None, person: PersonId, exercise: Exercise, at: datetime, client: str, problem: str
) -> Attempt:
    """That exercise after something went wrong; one that was done stays done."""
    done = before is not None and before.trial is Trial.DONE
    return Attempt(
        person=person,
        exercise=exercise,
        trial=Trial.DONE if done else Trial.FAILED,
        since=before.since if before is not None else at,
        at=before.at if before is not None and done else at,
        client=client or (before.client if before is not None else ""),
        failures=(before.failures if before is not None else 0) + 1,
        problem=problem,
    )
