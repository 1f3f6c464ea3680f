"""Whether what must come before an opening, an item or a vote came before it, in the order of the lines.

The live broadcast (R12), the summons that speaks of taking part from afar (R14), the assembly's word on an emergency
(R31), the answer to a request for a secret ballot (R18), and a vote by name where enough asked for one (R25).
"""

from collections import Counter

from voting.verify.record import Line, Record, Row
from voting.verify.report import Finding

_BROADCAST = ("council-remote/", "department-remote/", "epci-remote/", "emergency-2020/")
_SUMMONED = (*_BROADCAST, "cpr-remote/", "department-committee-remote/", "emergency-2020-committee/")
_BY_NAME = ("electronic", "roll_call")


def judge(record: Record) -> list[Finding]:
    """Every opening, item or poll that came too early, by what it lacks."""
    desk = _Desk(record.convened)
    found = ((desk.missing(line), line) for line in record.lines)
    return [Finding(f"formality.{lacks}", {"line": line.seq + 1}) for lacks, line in found if lacks]


class _Desk:
    """What was stated, asked and answered while the lines go by."""

    def __init__(self, convened: Row) -> None:
        rules = convened.text("rule_set")
        self.is_broadcast, self.must_be = False, rules.startswith(_BROADCAST)
        self.is_afar = rules.startswith(_SUMMONED) and convened.text("mode") != "room"
        self.says_afar = convened.truth("summons_mentions_remote")
        self.is_urgent = convened.values.get("is_urgent") is True
        self.secret = Counter[str]()
        self.named = Counter[str]()
        self.asked: set[str] = set()
        """The items whose secret ballot enough have asked for, and nobody answered."""
        self.hidden: set[str] = set()
        """Those where it was adopted."""
        self.by_name: set[str] = set()
        self.polls: dict[str, str] = {}

    def missing(self, line: Line) -> str:
        match line.event:
            case "sitting.opened/1":
                if self.is_afar and not self.says_afar:
                    return "summons"
                return "broadcast" if self.must_be and not self.is_broadcast else ""
            case "item.called/1":
                return "urgency" if self.is_urgent else ""
            case "statement.recorded/1":
                self._stated(line.data.text("statement"))
            case "poll.opened/1":
                return self._opened(line.data)
            case _:
                self._asked(line)
        return ""

    def _stated(self, statement: str) -> None:
        if statement in ("broadcast_started", "broadcast_stopped"):
            self.is_broadcast = statement == "broadcast_started"
        if statement == "urgency_admitted":
            self.is_urgent = False

    def _asked(self, line: Line) -> None:
        data = line.data
        match line.event:
            case "secret_ballot.requested/1":
                item, needed = data.text("item"), data.number("needed") if "needed" in data.values else 1
                self.secret[item] += 1
                if self.secret[item] >= needed:
                    self.asked.add(item)
            case "recorded_ballot.requested/1":
                item = data.text("item")
                self.named[item] += 1
                if self.named[item] >= data.number("needed"):
                    self.by_name.add(item)
            case "poll.result_proclaimed/1" if data.text("poll") in self.polls:
                item = self.polls[data.text("poll")]
                self.asked.discard(item)
                if data.row("decision").text("outcome") == "adopted":
                    self.hidden.add(item)

    def _opened(self, data: Row) -> str:
        item, method = data.text("item"), data.text("method")
        if data.text("purpose") == "secret_ballot_request":
            self.polls[data.text("poll")] = item
            return "" if item in self.asked else "no_request"
        if data.text("purpose") != "item":
            return ""
        if item in self.asked:
            return "secrecy"
        if item in self.hidden:
            return "" if method == "secret" else "secrecy"
        also = data.strings("also") if "also" in data.values else ()
        is_due = not self.by_name.isdisjoint((item, *also))
        return "by_name" if is_due and method not in _BY_NAME else ""
