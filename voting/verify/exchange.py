"""Whether what was decided in writing was: time to write, closed not too soon, enough who took part (R50)."""

from dataclasses import dataclass, field

from voting.verify.record import Line, Record
from voting.verify.report import Finding

IN_WRITING = "cao-written/"
"""How the rule sets of those who deliberate in writing begin."""

_OF_THE_CHAIR = ("exchange.opened/1", "exchange.prolonged/1", "exchange.closed/1")
_VOTED = ("for", "against", "abstention")


def judge(record: Record) -> list[Finding]:
    """What is wrong with the exchanges and with the polls that they prepare."""
    desk = _Desk(record)
    return [Finding("exchange", {"line": line.seq + 1}) for line in record.lines if not desk.is_right(line)]


@dataclass(slots=True)
class _Asked:
    """A poll on items, until it closes."""

    items: tuple[str, ...]
    electors: frozenset[str]
    voices: dict[str, str] = field(default_factory=dict)
    is_founded: bool = False
    """Its participation was stated."""


class _Desk:
    """What is written on which item while the lines go by."""

    def __init__(self, record: Record) -> None:
        rows = record.convened.rows("members")
        self.is_written = record.convened.text("rule_set").startswith(IN_WRITING)
        self.seat = {m.text("id"): m.optional("substitute_for") or m.text("id") for m in rows}
        self.seats = [m.text("id") for m in rows if m.truth("votes")]
        self.chair = next((m.text("id") for m in rows if m.text("role") == "chair"), "")
        self.current = ""
        self.until: dict[str, str] = {}
        """Of the exchanges that are open."""
        self.writers: dict[str, set[str]] = {}
        """Of every exchange that was held."""
        self.recused: set[tuple[str, str]] = set()
        self.parents = {i.text("id"): i.optional("parent") for i in record.convened.rows("items")}
        self.polls: dict[str, _Asked] = {}

    def is_right(self, line: Line) -> bool:
        if line.event in _OF_THE_CHAIR or line.event == "exchange.message_written/1":
            return self._exchange(line)
        if line.event in ("poll.opened/1", "vote.cast/1", "vote.option_chosen/1", "poll.closed/1"):
            return self._poll(line)
        if line.event == "exchange.participation_found/1":
            return self._participation(line)
        return self._course(line)

    def _course(self, line: Line) -> bool:
        match line.event:
            case "chair.handed_over/1":
                self.chair = line.data.text("person")
            case "recusal.declared/1":
                self.recused |= {(i, line.data.text("person")) for i in self._below(line.data.text("item"))}
            case "item.called/1":
                self.current = line.data.text("item")
            case "item.closed/1":
                return line.data.text("item") not in self.until
            case "item.postponed/1":
                self.until.pop(line.data.text("item"), None)
        return True

    def _below(self, item: str) -> set[str]:
        """That item and all that hangs on it."""
        found = {item}
        while more := {i for i, parent in self.parents.items() if parent in found and i not in found}:
            found |= more
        return found

    def _exchange(self, line: Line) -> bool:
        item, at = line.data.text("item"), line.at
        before = self.until.get(item)
        is_here = self.is_written and item == self.current
        if line.event == "exchange.message_written/1":
            who = line.data.text("person")
            self.writers.setdefault(item, set()).add(who)
            is_his = line.by == who in self.seat and (item, who) not in self.recused
            return is_here and before is not None and is_his and bool(line.data.text("text").strip())
        if line.event == "exchange.closed/1":
            self.until.pop(item, None)
            is_due = before is not None and at >= before
        else:
            self.until[item] = until = line.data.text("until")
            self.writers.setdefault(item, set())
            is_new = line.event == "exchange.opened/1"
            is_due = until > max(at, before or "") and (before is None) is is_new
        return is_here and is_due and line.by == self.chair

    def _poll(self, line: Line) -> bool:
        poll = line.data.text("poll")
        if line.event == "poll.opened/1":
            if line.data.text("purpose") != "item":
                return True
            also = line.data.strings("also") if "also" in line.data.values else ()
            electors = frozenset(m.text("member") for m in line.data.rows("electorate"))
            asked = self.polls[poll] = _Asked((line.data.text("item"), *also), electors)
            return not self.is_written or (not self.until and self.writers.keys() >= set(asked.items))
        found = self.polls.get(poll)
        if found is None:
            return True
        if line.event == "poll.closed/1":
            return found.is_founded is self.is_written
        found.voices[line.data.text("member")] = line.data.text("choice")
        return True

    def _participation(self, line: Line) -> bool:
        asked = self.polls.get(line.data.text("poll"))
        if asked is None:
            return False
        asked.is_founded = True
        due, needed = self._took_part(asked), -(-len(self.seats) // 2)
        stated = (line.data.strings("members"), line.data.number("needed"))
        return stated == (due, needed) and len(due) >= needed

    def _took_part(self, asked: _Asked) -> tuple[str, ...]:
        voted = {m for m, choice in asked.voices.items() if choice in _VOTED}
        everywhere = [voted | self._wrote(item, asked) for item in asked.items]
        seats = [{self.seat.get(person, person) for person in some} for some in everywhere]
        return tuple(s for s in self.seats if all(s in some for some in seats))

    def _wrote(self, item: str, asked: _Asked) -> set[str]:
        """The members who wrote and did not withdraw, and the substitutes who sat when it was voted."""
        writers = {w for w in self.writers.get(item, set()) if (item, w) not in self.recused}
        return writers & (set(self.seats) | asked.electors)
