"""Whether a debate that the assembly must end by a vote ended by one, and any vote on it was asked for (R58)."""

from voting.verify.record import Line, Record
from voting.verify.report import Finding


def judge(record: Record) -> list[Finding]:
    """What is wrong with the ends of debates; journals of before this rule leave them to the chair."""
    desk = _Desk(record.convened.row("standing_orders").values.get("closure_by_vote") is True)
    wrong = [line for line in record.lines if not desk.is_right(line)]
    return [Finding("closure", {"line": line.seq + 1}) for line in wrong + desk.waiting()]


class _Desk:
    def __init__(self, is_voted: bool) -> None:
        self.is_voted = is_voted
        self.asked = ""
        """The item on which the end of the debate is asked for."""
        self.polls: dict[str, str] = {}
        self.due: tuple[str, str, Line] | None = None
        """After a vote on it: the event that must follow, and on which item."""

    def is_right(self, line: Line) -> bool:
        match line.event:
            case "closure.requested/1":
                self.asked = line.data.text("item")
            case "item.called/1":
                self.asked = ""
            case "poll.opened/1" if line.data.text("purpose") == "closure":
                item = self.polls[line.data.text("poll")] = line.data.text("item")
                return self.is_voted and item == self.asked and self.due is None
            case "poll.result_proclaimed/1" if line.data.text("poll") in self.polls:
                adopted = line.data.row("decision").text("outcome") == "adopted"
                event = "debate.closed/1" if adopted else "closure.declined/1"
                self.due = (event, self.polls[line.data.text("poll")], line)
            case "debate.closed/1" | "closure.declined/1":
                due, self.due, self.asked = self.due, None, ""
                return due is not None and due[:2] == (line.event, line.data.text("item")) if self.is_voted else True
            case _:
                pass
        return True

    def waiting(self) -> list[Line]:
        """The vote that nothing followed."""
        return [self.due[2]] if self.due is not None else []
