"""Every poll counted again from its ballots, and its outcome decided again: the last voice of each mandate counts."""

from collections import Counter
from dataclasses import dataclass, field

from voting.domain.tally import Choice, Ground, Outcome
from voting.verify.faults import Malformed
from voting.verify.record import Line, Record
from voting.verify.report import Answer, Finding, judged

_CHOICES = {choice.value for choice in Choice}


@dataclass(slots=True)
class Ballots:
    """One poll while its lines go by."""

    number: int
    purpose: str
    electors: dict[str, str]
    """Whose voice, and who gives it."""
    choices: dict[str, str] = field(default_factory=dict)
    stage: str = "open"
    tally: dict[str, int] = field(default_factory=dict)


def judge(record: Record) -> Answer:
    """Whether every stated count and outcome is what the ballots make it."""
    counter = Counter[str]()
    faults: list[Finding] = []
    polls: dict[str, Ballots] = {}
    chair = _first_chair(record)
    for line in record.lines:
        if line.event == "chair.handed_over/1":
            chair = line.data.text("person")
        if line.event in (
            "poll.opened/1",
            "vote.cast/1",
            "poll.closed/1",
            "poll.result_proclaimed/1",
            "poll.annulled/1",
        ):
            counter[line.event] += 1
            faults += _follow(line, polls, chair, record)
    unsettled = [p.number for p in polls.values() if p.stage in ("open", "closed")]
    faults += [Finding("unsettled", {"poll": number}) for number in unsettled]
    fields: dict[str, str | int] = {"polls": counter["poll.closed/1"], "ballots": counter["vote.cast/1"]}
    return judged(faults, Finding("good", fields))


def _first_chair(record: Record) -> str:
    chairs = [m.text("id") for m in record.convened.rows("members") if m.text("role") == "chair"]
    return chairs[0] if chairs else ""


def _follow(line: Line, polls: dict[str, Ballots], chair: str, record: Record) -> list[Finding]:
    name = line.data.text("poll")
    if line.event == "poll.opened/1":
        return _opened(line, name, polls)
    poll = polls.get(name)
    if poll is None:
        raise Malformed(line.seq, "poll")
    due = {"vote.cast/1": ("open",), "poll.closed/1": ("open",), "poll.result_proclaimed/1": ("closed",)}
    if poll.stage not in due.get(line.event, ("open", "closed")):
        return [Finding("out_of_order", {"poll": poll.number, "line": line.seq + 1})]
    match line.event:
        case "vote.cast/1":
            return _cast(line, poll)
        case "poll.closed/1":
            return _closed(line, poll)
        case "poll.result_proclaimed/1":
            return _proclaimed(line, poll, chair, record)
    poll.stage = "annulled"
    return []


def _opened(line: Line, name: str, polls: dict[str, Ballots]) -> list[Finding]:
    number = line.data.number("number")
    electors = {m.text("member"): m.text("voter") for m in line.data.rows("electorate")}
    if name in polls or number != len(polls) + 1:
        return [Finding("out_of_order", {"poll": number, "line": line.seq + 1})]
    polls[name] = Ballots(number, line.data.text("purpose"), electors)
    return []


def _cast(line: Line, poll: Ballots) -> list[Finding]:
    choice, member = line.data.text("choice"), line.data.text("member")
    if choice not in _CHOICES:
        raise Malformed(line.seq, "choice")
    poll.choices[member] = choice
    return []


def _closed(line: Line, poll: Ballots) -> list[Finding]:
    poll.stage = "closed"
    stated = line.data.row("tally")
    counted = Counter(choice for member, choice in poll.choices.items() if member in poll.electors)
    poll.tally = {
        "votes_for": counted["for"],
        "against": counted["against"],
        "abstention": counted["abstention"],
        "not_taking_part": counted["not_taking_part"],
        "no_answer": len(poll.electors) - counted.total(),
    }
    wrong = {name: figure for name, figure in poll.tally.items() if stated.number(name) != figure}
    if not wrong:
        return []
    name, figure = next(iter(wrong.items()))
    fields: dict[str, str | int] = {"poll": poll.number, "stated": stated.number(name), "counted": figure}
    return [Finding(f"count.{name}", fields)]


def _proclaimed(line: Line, poll: Ballots, chair: str, record: Record) -> list[Finding]:
    poll.stage = "proclaimed"
    stated = line.data.row("decision")
    own = poll.choices.get(chair) if poll.electors.get(chair) == chair else None
    outcome, ground = decide(poll.tally, len(poll.electors), own, prevails=_prevails(record))
    faults = []
    if (stated.text("outcome"), stated.text("ground")) != (outcome.value, ground.value):
        faults.append(Finding(f"outcome.{outcome.value}", {"poll": poll.number}))
    if line.by != chair:
        faults.append(Finding("not_the_chair", {"poll": poll.number}))
    return faults


def _prevails(record: Record) -> bool:
    """CGCT L. 4132-14 al. 1; in a tender committee or an association only if its own rules say so."""
    if record.convened.text("body") in ("cao", "association"):
        return record.convened.row("standing_orders").truth("casting_vote")
    return True


def decide(tally: dict[str, int], electors: int, chair: str | None, *, prevails: bool) -> tuple[Outcome, Ground]:
    """The outcome of those figures and its ground, from the law alone."""
    votes_for, against = tally["votes_for"], tally["against"]
    if votes_for + against == 0:
        return Outcome.REJECTED, Ground.NO_VOTE_CAST
    if votes_for == against:
        if prevails and chair in ("for", "against"):
            return (Outcome.ADOPTED if chair == "for" else Outcome.REJECTED), Ground.CASTING_VOTE
        return Outcome.REJECTED, Ground.TIE
    if against == 0:
        return Outcome.ADOPTED, Ground.UNANIMITY if votes_for == electors else Ground.UNANIMITY_OF_VOTES_CAST
    return (Outcome.ADOPTED if votes_for > against else Outcome.REJECTED), Ground.MAJORITY
