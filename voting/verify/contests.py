"""Choices among several counted again: each option's figure, the chain of rounds, who or what the law makes chosen.

The rounds and majorities are written here a second time: the opening of a poll states them, and is checked.
"""

from collections import Counter
from dataclasses import dataclass, field

from voting.domain.contests import ContestGround, TieBreak
from voting.domain.standing_orders import MajorityBase
from voting.verify.faults import Malformed
from voting.verify.record import Line, Record, Row
from voting.verify.report import Finding

_USUAL_ROUNDS = 2
_EXECUTIVE = ("presidency_election", "permanent_commission")
_NOMINATIONS = ("commissions", "outside_bodies")
_COUNCILS = ("council-room/", "council-remote/", "department-room/", "department-remote/")


@dataclass(slots=True)
class Round:
    """One round while its lines go by."""

    poll: int
    item: str
    number: int
    options: tuple[str, ...]
    is_relative: bool
    base: str
    whole: int
    tie: str
    chosen: dict[str, str] = field(default_factory=dict)
    """Member to option: the last voice of each."""
    papers: dict[str, int] = field(default_factory=dict)
    """Option to figure, of a secret ballot."""
    counts: dict[str, int] = field(default_factory=dict)
    elder: str = ""
    is_over: bool = False
    """Proclaimed without anybody chosen: it waits for the next round."""


def opened(line: Line, record: Record, rounds: dict[str, Round]) -> tuple[Round | None, list[Finding]]:
    """The round that this poll opens, None for a question for or against; and what is wrong with its terms."""
    if line.data.values.get("contest") is None:
        return None, []
    said = line.data.row("contest")
    this = Round(
        poll=line.data.number("number"),
        item=line.data.text("item"),
        number=said.number("round"),
        options=tuple(o.text("id") for o in said.rows("options")),
        is_relative=said.truth("relative"),
        base=said.text("base"),
        whole=said.number("whole"),
        tie=said.text("tie"),
    )
    faults = [] if _follows(this, said, rounds) else [Finding("round.chain", {"poll": this.poll})]
    if (this.is_relative, this.base, this.whole, this.tie) != _terms(this, record):
        faults.append(Finding("round.terms", {"poll": this.poll}))
    if line.data.text("method") != "secret" and _is_covered(this.item, line.seq, record):
        faults.append(Finding("round.recorded", {"poll": this.poll}))
    return this, faults


def unopposed(line: Line, record: Record, chair: str) -> list[Finding]:
    """A nomination without a vote: read out by the chair, of a council that nominates (CGCT L. 4132-14 al. 4)."""
    item = _item(record, line.data.text("item"))
    may = _is_council(record) and _nominates(item) and item.text("legal_subject") not in _EXECUTIVE
    return [] if may and line.by == chair else [Finding("unopposed", {"line": line.seq + 1})]


def cast(line: Line, this: Round | None, choice: str) -> bool:
    """Note for whom the voice is; False when it names an option where there is none, or none where it must."""
    member = line.data.text("member")
    option = line.data.text("option") if line.event == "vote.option_chosen/1" else None
    if this is None:
        return option is None
    this.chosen.pop(member, None)
    if option is None:
        return choice in ("abstention", "not_taking_part")
    this.chosen[member] = option
    return choice == "for" and option in this.options


def papers(line: Line, this: Round) -> list[int]:
    """The papers of each option; exactly those that stand are named."""
    counts = {c.text("option"): c.number("votes") for c in line.data.rows("counts")}
    if set(counts) != set(this.options):
        raise Malformed(line.seq, "counts")
    this.papers = counts
    return list(counts.values())


def closed(line: Line, this: Round, electors: dict[str, str]) -> list[Finding]:
    """The figure of each option against the voices."""
    found = Counter(option for member, option in this.chosen.items() if member in electors)
    this.counts = this.papers or {option: found[option] for option in this.options}
    stated = {c.text("option"): c.number("votes") for c in line.data.rows("counts")}
    return [] if stated == this.counts else [Finding("round.count", {"poll": this.poll})]


def proclaimed(line: Line, this: Round, chair: str | None) -> list[Finding]:
    """Who or what the figures make chosen, against what was proclaimed. ``chair``: what the chair himself chose."""
    stated = line.data.row("result")
    winner, ground = decide(this, chair)
    this.is_over = winner is None
    if (stated.optional("winner"), stated.text("ground")) == (winner, ground.value):
        return []
    return [Finding("round.result", {"poll": this.poll})]


def decide(this: Round, chair: str | None) -> tuple[str | None, ContestGround]:
    """The result of those figures, from the law alone."""
    cast_votes = sum(this.counts.values())
    if cast_votes == 0:
        return None, ContestGround.NO_VOTE_CAST
    most = max(this.counts.values())
    first = [option for option, votes in this.counts.items() if votes == most]
    half = (cast_votes if this.base == "votes_cast" else this.whole) // 2
    if len(first) == 1 and most > half:
        return first[0], ContestGround.ABSOLUTE_MAJORITY
    if not this.is_relative:
        return None, ContestGround.NO_MAJORITY
    if len(first) == 1:
        return first[0], ContestGround.RELATIVE_MAJORITY
    if this.tie == "elder" and this.elder in first:
        return this.elder, ContestGround.ELDER
    if this.tie == "chair" and chair in first:
        return chair, ContestGround.CASTING_VOTE
    return None, ContestGround.TIE


def _is_covered(item: str, seq: int, record: Record) -> bool:
    """People are chosen in secret by a council, unless it gave that up before; its executive always."""
    said = _item(record, item)
    if not _is_council(record) or not _nominates(said):
        return False
    given_up = any(e.seq < seq and e.data.text("item") == item for e in record.named("contest.ballot_uncovered/1"))
    return said.text("legal_subject") in _EXECUTIVE or not given_up


def _item(record: Record, item: str) -> Row:
    found = next((i for i in record.convened.rows("items") if i.text("id") == item), None)
    if found is None:
        raise Malformed(record.convened.seq, "items")
    return found


def _is_council(record: Record) -> bool:
    return record.convened.text("rule_set").startswith(_COUNCILS)


def _nominates(item: Row) -> bool:
    return item.text("kind") == "election" or item.text("legal_subject") in (*_EXECUTIVE, *_NOMINATIONS)


def _follows(this: Round, said: Row, rounds: dict[str, Round]) -> bool:
    """The first round has none before it; another follows one of the same item that chose nobody."""
    previous = said.optional("previous")
    if previous is None:
        return this.number == 1
    before = rounds.get(previous)
    return before is not None and before.is_over and before.item == this.item and this.number == before.number + 1


def _terms(this: Round, record: Record) -> tuple[bool, str, int, str]:
    """Relative or not, of what, of how many, and who wins a tie: CGCT L. 4133-1, else the standing orders."""
    convened = record.convened
    item = _item(record, this.item)
    orders = convened.row("standing_orders")
    own = orders.row("contests").values if orders.values.get("contests") is not None else {}
    absolute, elder = own.get("absolute_rounds", _USUAL_ROUNDS), own.get("elder_wins", True)
    subject = item.text("legal_subject")
    base, whole = MajorityBase.VOTES_CAST.value, 0
    nominates = _is_council(record) and _nominates(item)
    if nominates and subject in _EXECUTIVE:
        absolute, elder = _USUAL_ROUNDS, True
        if subject == "presidency_election":
            base, whole = MajorityBase.IN_OFFICE.value, sum(1 for m in convened.rows("members") if m.truth("votes"))
    of_people = item.text("kind") == "election"
    return this.number > int(str(absolute)), base, whole, _tie(record, nominates, of_people, bool(elder)).value


def _tie(record: Record, nominates: bool, of_people: bool, elder: bool) -> TieBreak:
    if elder and (nominates or of_people):
        return TieBreak.ELDER
    if nominates:
        return TieBreak.NOBODY
    convened = record.convened
    own = convened.text("body") in ("cao", "association")
    prevails = convened.row("standing_orders").truth("casting_vote") if own else True
    return TieBreak.CHAIR if prevails else TieBreak.NOBODY
