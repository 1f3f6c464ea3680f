"""Items voted together: whether each such vote is on those put together before, less those taken out since."""

from voting.verify.record import Line, Record
from voting.verify.report import Finding

_ALIKE = ("report", "motion")


def judge(record: Record) -> list[Finding]:
    """What is wrong with the items of the polls, once nothing else is wrong with their figures."""
    watch = _Watch(record)
    for line in record.lines:
        watch.follow(line)
    return watch.faults


class _Watch:
    """Which items are put together, which must be voted apart and which are decided, line after line."""

    def __init__(self, record: Record) -> None:
        rows = record.convened.rows("items")
        self.parents = {i.text("id"): i.optional("parent") for i in rows}
        amended = {i.optional("parent") for i in rows if i.text("kind") == "amendment"}
        self.apart = {
            i.text("id")
            for i in rows
            if i.text("kind") not in _ALIKE or i.values.get("confidential") is True or i.text("id") in amended
        }
        self.blocks: list[tuple[str, ...]] = []
        self.asked: dict[str, tuple[str, ...]] = {}
        self.settled: set[str] = set()
        self.faults: list[Finding] = []

    def follow(self, line: Line) -> None:
        match line.event:
            case "block.formed/1":
                self.blocks.append(line.data.strings("items"))
            case "block.item_removed/1":
                self._leave({line.data.text("item")})
            case "recusal.declared/1":
                self.apart |= self._below(line.data.text("item"))
            case "secret_ballot.requested/1":
                self.apart.add(line.data.text("item"))
            case "poll.opened/1" if line.data.text("purpose") == "item":
                self._opened(line)
            case "poll.result_proclaimed/1":
                self.settled |= set(self.asked.get(line.data.text("poll"), ()))

    def _opened(self, line: Line) -> None:
        """Journals of before items were voted together do not say ``also``."""
        also = line.data.strings("also") if "also" in line.data.values else ()
        items = (line.data.text("item"), *also)
        number = line.data.number("number")
        due = next((block for block in self.blocks if items[0] in block), items[:1])
        if items != due:
            self.faults.append(Finding("block", {"poll": number}))
        if also and not self.apart.isdisjoint(items):
            self.faults.append(Finding("block_apart", {"poll": number}))
        if not self.settled.isdisjoint(items):
            self.faults.append(Finding("block_settled", {"poll": number}))
        self.asked[line.data.text("poll")] = items
        self._leave(set(items) if also else set())

    def _leave(self, gone: set[str]) -> None:
        left = (tuple(i for i in block if i not in gone) for block in self.blocks)
        self.blocks = [block for block in left if len(block) > 1]

    def _below(self, item: str) -> set[str]:
        """That item and all that hangs on it."""
        found = {item}
        while more := {i for i, parent in self.parents.items() if parent in found and i not in found}:
            found |= more
        return found
