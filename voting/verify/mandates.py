"""The right to each voice: a seat, presence or an accepted proxy at that instant, one proxy for each holder."""

from collections import Counter

from voting.verify import law
from voting.verify.bench import Bench
from voting.verify.faults import Malformed
from voting.verify.record import Line, Record
from voting.verify.report import Answer, Fields, Finding, judged

_TOGETHER = ("show_of_hands", "secret")
_RECORDED = {
    "poll.hands_counted/1": ("against", "abstention", "not_taking_part"),
    "poll.papers_counted/1": (),
    "poll.voters_marked/1": ("members",),
    "poll.name_called/1": (),
}
"""What the staff records of a poll, and the lists of members in it."""


def judge(record: Record) -> Answer:
    """Whether every voice was given by somebody who had the right to it, and nobody entitled was left out."""
    bench = Bench()
    names = record.names()
    faults: list[Finding] = []
    open_polls: dict[str, tuple[int, str, dict[str, str]]] = {}
    revisions = Counter[tuple[str, str]]()
    voices = 0
    most = law.proxies_per_holder(record)
    for line in record.lines:
        match line.event:
            case "poll.opened/1":
                opened = _electorate(line)
                open_polls[line.data.text("poll")] = opened
                faults += _compare(opened, bench.mandates(), names) + _elsewhere(line, opened, bench, names)
                voices += len(opened[2])
            case "vote.cast/1" | "vote.option_chosen/1":
                faults += _cast(line, open_polls, revisions, bench, names)
            case event if event in _RECORDED:
                faults += _recorded(line, open_polls, bench, names)
            case "poll.result_proclaimed/1":
                _, purpose, _ = _known(line, open_polls)
                if purpose == "item":
                    bench.settle()
        faults += [Finding("overdue", {"line": line.seq + 1, "member": names.get(m, m)}) for m in _late(line, bench)]
        bench.follow(line)
        if line.event in ("proxy.accepted/1", "proxy.started/1"):
            faults += _limit(line, bench, names, most)
    return judged(faults, Finding("good", {"mandates": voices, "polls": len(open_polls)}))


def _electorate(line: Line) -> tuple[int, str, dict[str, str]]:
    rows = line.data.rows("electorate")
    electors = {m.text("member"): m.text("voter") for m in rows}
    if len(electors) != len(rows):
        raise Malformed(line.seq, "electorate")
    return line.data.number("number"), line.data.text("purpose"), electors


def _compare(opened: tuple[int, str, dict[str, str]], due: dict[str, str], names: dict[str, str]) -> list[Finding]:
    number, _, stated = opened
    faults = []
    for member, voter in stated.items():
        if due.get(member) != voter:
            code = "no_right" if member == voter else "no_proxy"
            fields: Fields = {"poll": number, "member": names.get(member, member), "voter": names.get(voter, voter)}
            faults.append(Finding(code, fields))
    left_out = [m for m in due if m not in stated]
    return faults + [Finding("left_out", {"poll": number, "member": names.get(m, m)}) for m in left_out]


def _elsewhere(
    line: Line, opened: tuple[int, str, dict[str, str]], bench: Bench, names: dict[str, str]
) -> list[Finding]:
    """Who takes part from afar in a vote by hands or on paper."""
    if line.data.text("method") not in _TOGETHER:
        return []
    number, _, electors = opened
    afar = dict.fromkeys(v for v in electors.values() if v not in bench.in_room)
    return [Finding("not_in_room", {"poll": number, "voter": names.get(v, v)}) for v in afar]


def _recorded(
    line: Line, polls: dict[str, tuple[int, str, dict[str, str]]], bench: Bench, names: dict[str, str]
) -> list[Finding]:
    """What was recorded of the room: by the staff, of electors, each named once. An answer calls the next name."""
    number, _, electors = _known(line, polls)
    named = [member for list_ in _RECORDED[line.event] for member in line.data.strings(list_)]
    faults = []
    for member in dict.fromkeys(named):
        who = names.get(member, member)
        fields: Fields = {"poll": number, "member": who, "voter": names.get(line.by, line.by)}
        if member not in electors:
            faults.append(Finding("not_elector", fields))
        elif named.count(member) > 1:
            faults.append(Finding("named_twice", fields))
    if line.event != "poll.name_called/1" and not bench.is_staff(line.by):
        faults.append(Finding("not_staff", {"poll": number, "voter": names.get(line.by, line.by)}))
    return faults


def _cast(
    line: Line,
    polls: dict[str, tuple[int, str, dict[str, str]]],
    revisions: Counter[tuple[str, str]],
    bench: Bench,
    names: dict[str, str],
) -> list[Finding]:
    number, _, electors = _known(line, polls)
    poll, member = line.data.text("poll"), line.data.text("member")
    fields: Fields = {
        "poll": number,
        "member": names.get(member, member),
        "voter": names.get(line.by, line.by),
    }
    if member not in electors:
        return [Finding("not_elector", fields)]
    spoken = line.data.text("source") == "voice"
    if not (bench.is_staff(line.by) if spoken else electors[member] == line.by):
        return [Finding("not_his", fields)]
    if line.data.number("revision") != revisions[poll, member]:
        return [Finding("revision", fields)]
    revisions[poll, member] += 1
    return []


def _late(line: Line, bench: Bench) -> list[str]:
    """Whose proxies this line found begun or ended too late; the hours themselves are written first."""
    by_the_clock = line.event == "proxy.started/1" or line.data.values.get("reason") == "expired"
    return [] if by_the_clock else bench.overdue(line.at)


def _limit(line: Line, bench: Bench, names: dict[str, str], most: int) -> list[Finding]:
    holder = line.data.text("holder")
    held = sum(1 for h in bench.holders.values() if h == holder)
    if held <= most:
        return []
    return [Finding("too_many", {"holder": names.get(holder, holder), "n": held})]


def _known(line: Line, polls: dict[str, tuple[int, str, dict[str, str]]]) -> tuple[int, str, dict[str, str]]:
    poll = polls.get(line.data.text("poll"))
    if poll is None:
        raise Malformed(line.seq, "poll")
    return poll
