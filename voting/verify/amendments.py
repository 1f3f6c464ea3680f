"""Whether each text was voted as it stood: with every amendment to it that was adopted before, and no other."""

from voting.verify.record import Line, Record
from voting.verify.report import Finding


def judge(record: Record) -> list[Finding]:
    """What is wrong with the amendments that the polls state, and with what was voted after it had lost its object."""
    kinds = {i.text("id"): (i.text("kind"), i.optional("parent")) for i in record.convened.rows("items")}
    adopted: set[str] = set()
    moot: set[str] = set()
    asked: dict[str, str] = {}
    faults: list[Finding] = []
    for line in record.lines:
        match line.event:
            case "item.moot_declared/1":
                moot.add(line.data.text("item"))
            case "poll.opened/1":
                item = line.data.text("item")
                due = {i for i in adopted if kinds.get(i) == ("amendment", item)}
                faults += _opened(line, due, moot)
                if line.data.text("purpose") == "item":
                    asked[line.data.text("poll")] = item
            case "poll.result_proclaimed/1":
                if line.data.row("decision").text("outcome") == "adopted":
                    adopted.add(asked.get(line.data.text("poll"), ""))
    return faults


def _opened(line: Line, due: set[str], moot: set[str]) -> list[Finding]:
    number = line.data.number("number")
    stated = set(line.data.strings("amended_by")) if "amended_by" in line.data.values else None
    faults = []
    is_item = line.data.text("purpose") == "item"
    if stated is not None and stated != (due if is_item else set()):
        faults.append(Finding("amended", {"poll": number}))
    if line.data.text("item") in moot:
        faults.append(Finding("moot", {"poll": number}))
    return faults
