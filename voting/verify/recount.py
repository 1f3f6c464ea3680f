"""Every poll counted again from its ballots, and its outcome decided again: the last voice of each mandate counts."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from voting.domain.tally import Choice, Ground, Outcome
from voting.verify import amendments, blocks, camera, closure, contests, exchange, formalities
from voting.verify.contests import Round
from voting.verify.faults import Malformed
from voting.verify.record import Line, Record, Row
from voting.verify.report import Answer, Finding, judged
from voting.verify.terms import SIMPLE, Need, Part, need_of, parts_of, wrong_figures

_CHOICES = {choice.value for choice in Choice}
_NAMED = ("against", "abstention", "not_taking_part")
_PAPERS = ("votes_for", "against", "blank", "invalid")
_DUE = {
    "vote.cast/1": ("open",),
    "vote.option_chosen/1": ("open",),
    "contest.papers_counted/1": ("open",),
    "contest.elder_stated/1": ("closed",),
    "contest.result_proclaimed/1": ("closed",),
    "poll.hands_counted/1": ("open",),
    "poll.papers_counted/1": ("open",),
    "poll.closed/1": ("open",),
    "poll.result_proclaimed/1": ("closed",),
    "poll.annulled/1": ("open", "closed"),
}
"""In which stage of its poll each line may come."""


@dataclass(slots=True)
class Ballots:
    """One poll while its lines go by."""

    number: int
    purpose: str
    electors: dict[str, str]
    """Whose voice, and who gives it."""
    method: str
    need: Need
    parts: tuple[Part, ...]
    choices: dict[str, str] = field(default_factory=dict)
    papers: dict[str, int] | None = None
    stage: str = "open"
    tally: dict[str, int] = field(default_factory=dict)
    round: Round | None = None
    """Of a choice among several."""

    def count(self, members: Collection[str]) -> dict[str, int]:
        """The voices of those members."""
        counted = Counter(choice for member, choice in self.choices.items() if member in members)
        return {
            "votes_for": counted["for"],
            "against": counted["against"],
            "abstention": counted["abstention"],
            "not_taking_part": counted["not_taking_part"],
            "no_answer": len(members) - counted.total(),
            "blank": 0,
            "invalid": 0,
        }


def judge(record: Record) -> Answer:
    """Whether every stated count and outcome is what the ballots make it."""
    counter = Counter[str]()
    faults: list[Finding] = []
    polls: dict[str, Ballots] = {}
    chair = _first_chair(record)
    for line in record.lines:
        if line.event == "chair.handed_over/1":
            chair = line.data.text("person")
        if line.event == "contest.unopposed_declared/1":
            faults += contests.unopposed(line, record, chair)
        if line.event == "poll.opened/1" or line.event in _DUE:
            counter[line.event] += 1
            faults += _follow(line, polls, chair, record)
    unsettled = [p.number for p in polls.values() if p.stage in ("open", "closed")]
    faults += [Finding("unsettled", {"poll": number}) for number in unsettled]
    # a false outcome would make every text after it look false
    faults = faults or [*amendments.judge(record), *blocks.judge(record)]
    faults = faults or [*camera.judge(record), *closure.judge(record), *exchange.judge(record)]
    faults = faults or formalities.judge(record)
    ballots = counter["vote.cast/1"] + counter["vote.option_chosen/1"]
    fields: dict[str, str | int] = {"polls": counter["poll.closed/1"], "ballots": ballots}
    return judged(faults, Finding("good", fields))


def _first_chair(record: Record) -> str:
    chairs = [m.text("id") for m in record.convened.rows("members") if m.text("role") == "chair"]
    return chairs[0] if chairs else ""


def _follow(line: Line, polls: dict[str, Ballots], chair: str, record: Record) -> list[Finding]:
    name = line.data.text("poll")
    if line.event == "poll.opened/1":
        return _opened(line, name, polls, record)
    poll = polls.get(name)
    if poll is None:
        raise Malformed(line.seq, "poll")
    if poll.stage not in _DUE[line.event]:
        return [Finding("out_of_order", {"poll": poll.number, "line": line.seq + 1})]
    if line.event == "poll.result_proclaimed/1":
        return _proclaimed(line, poll, chair, record)
    if line.event == "contest.result_proclaimed/1":
        return _chosen(line, poll, chair)
    return _TAKEN[line.event](line, poll)


def _opened(line: Line, name: str, polls: dict[str, Ballots], record: Record) -> list[Finding]:
    number = line.data.number("number")
    electors = {m.text("member"): m.text("voter") for m in line.data.rows("electorate")}
    if name in polls or number != len(polls) + 1:
        return [Finding("out_of_order", {"poll": number, "line": line.seq + 1})]
    method, need, parts = line.data.text("method"), need_of(line.data), parts_of(line.data)
    before = {known: p.round for known, p in polls.items() if p.round is not None}
    this, faults = contests.opened(line, record, before)
    polls[name] = Ballots(number, line.data.text("purpose"), electors, method, need, parts, round=this)
    wrong = wrong_figures(line, record)
    return faults + [
        Finding("majority", {"poll": number, "stated": said, "counted": counted}) for said, counted in wrong
    ]


def _cast(line: Line, poll: Ballots) -> list[Finding]:
    choice, member = line.data.text("choice"), line.data.text("member")
    if choice not in _CHOICES:
        raise Malformed(line.seq, "choice")
    if not contests.cast(line, poll.round, choice):
        raise Malformed(line.seq, "option")
    poll.choices[member] = choice
    return []


def _shown(line: Line, poll: Ballots) -> list[Finding]:
    """A show of hands: those named, proxies as their holder, all the others for."""
    named = {member: choice for choice in _NAMED for member in line.data.strings(choice)}
    for member, voter in poll.electors.items():
        poll.choices[member] = named.get(member, named.get(voter, "for"))
    return []


def _papers(line: Line, poll: Ballots) -> list[Finding]:
    envelopes = line.data.number("envelopes")
    poll.papers = {name: line.data.number(name) for name in _PAPERS}
    found = sum(poll.papers.values())
    fits = min(poll.papers.values()) >= 0 and found == envelopes <= len(poll.electors)
    return [] if fits else [Finding("papers", {"poll": poll.number, "stated": envelopes, "counted": found})]


def _closed(line: Line, poll: Ballots) -> list[Finding]:
    poll.stage = "closed"
    poll.tally = poll.count(poll.electors)
    if poll.papers is not None:
        poll.tally |= {**poll.papers, "no_answer": len(poll.electors) - sum(poll.papers.values())}
    faults = _compared(poll, line.data.row("tally"), poll.tally)
    faults += contests.closed(line, poll.round, poll.electors) if poll.round is not None else []
    stated = line.data.rows("colleges") if "colleges" in line.data.values else []
    if len(stated) != len(poll.parts):
        return [*faults, Finding("majority", {"poll": poll.number, "stated": len(stated), "counted": len(poll.parts)})]
    for row, part in zip(stated, poll.parts, strict=True):
        faults += _compared(poll, row, poll.count(part.members))
    return faults


def _option_papers(line: Line, poll: Ballots) -> list[Finding]:
    """The box of a choice among several: each option's papers count as votes cast."""
    if poll.round is None or poll.method != "secret":
        raise Malformed(line.seq, "contest")
    envelopes, votes = line.data.number("envelopes"), contests.papers(line, poll.round)
    blank, invalid = line.data.number("blank"), line.data.number("invalid")
    poll.papers = {"votes_for": sum(votes), "against": 0, "blank": blank, "invalid": invalid}
    found = sum(poll.papers.values())
    fits = min(*votes, blank, invalid) >= 0 and found == envelopes <= len(poll.electors)
    return [] if fits else [Finding("papers", {"poll": poll.number, "stated": envelopes, "counted": found})]


def _elder(line: Line, poll: Ballots) -> list[Finding]:
    if poll.round is None:
        raise Malformed(line.seq, "contest")
    poll.round.elder = line.data.text("option")
    return []


def _chosen(line: Line, poll: Ballots, chair: str) -> list[Finding]:
    if poll.round is None:
        raise Malformed(line.seq, "contest")
    poll.stage = "proclaimed"
    own = poll.round.chosen.get(chair) if poll.electors.get(chair) == chair else None
    faults = contests.proclaimed(line, poll.round, own)
    return faults if line.by == chair else [*faults, Finding("not_the_chair", {"poll": poll.number})]


def _annulled(line: Line, poll: Ballots) -> list[Finding]:
    poll.stage = "annulled"
    return []


_TAKEN: Mapping[str, Callable[[Line, Ballots], list[Finding]]] = {
    "vote.cast/1": _cast,
    "vote.option_chosen/1": _cast,
    "contest.papers_counted/1": _option_papers,
    "contest.elder_stated/1": _elder,
    "poll.hands_counted/1": _shown,
    "poll.papers_counted/1": _papers,
    "poll.closed/1": _closed,
    "poll.annulled/1": _annulled,
}


def _compared(poll: Ballots, stated: Row, tally: dict[str, int]) -> list[Finding]:
    """The first figure that is not what was counted. Blanks and invalid papers are zero where they are not written."""
    said = {name: stated.number_or_none(name) or 0 for name in tally}
    wrong = [name for name, figure in tally.items() if said[name] != figure]
    return [
        Finding(f"count.{name}", {"poll": poll.number, "stated": said[name], "counted": tally[name]})
        for name in wrong[:1]
    ]


def _proclaimed(line: Line, poll: Ballots, chair: str, record: Record) -> list[Finding]:
    if poll.round is not None:
        raise Malformed(line.seq, "decision")
    poll.stage = "proclaimed"
    stated = line.data.row("decision")
    own = poll.choices.get(chair) if poll.electors.get(chair) == chair else None
    prevails = _prevails(record) and poll.method != "secret"
    parts = [(part.need, poll.count(part.members)) for part in poll.parts]
    outcome, ground = decide(poll.tally, len(poll.electors), own, prevails=prevails, need=poll.need, parts=parts)
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


def decide(
    tally: dict[str, int],
    electors: int,
    chair: str | None,
    *,
    prevails: bool,
    need: Need = SIMPLE,
    parts: Sequence[tuple[Need, dict[str, int]]] = (),
) -> tuple[Outcome, Ground]:
    """The outcome of those figures and its ground, from the law alone."""
    votes_for, against = tally["votes_for"], tally["against"]
    if votes_for + against == 0:
        return Outcome.REJECTED, Ground.NO_VOTE_CAST
    if parts:
        agreed = all(part.is_met(figures) for part, figures in parts)
        return (Outcome.ADOPTED if agreed else Outcome.REJECTED), Ground.COLLEGES
    if need.is_simple and votes_for == against:
        if prevails and chair in ("for", "against"):
            return (Outcome.ADOPTED if chair == "for" else Outcome.REJECTED), Ground.CASTING_VOTE
        return Outcome.REJECTED, Ground.TIE
    if not need.is_met(tally):
        return Outcome.REJECTED, Ground.MAJORITY
    if against == 0:
        return Outcome.ADOPTED, Ground.UNANIMITY if votes_for == electors else Ground.UNANIMITY_OF_VOTES_CAST
    return Outcome.ADOPTED, Ground.MAJORITY
