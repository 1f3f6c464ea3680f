"""The demonstration on a terminal: addresses at the top, what happens line by line, a bar of the items done.

Answers for: how it looks, on a terminal and in a file. Leaves the sentences to `telling` and to the catalogue.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.rule import Rule

from bot.demo.telling import Teller
from bot.texts import Catalogue
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.commands import ConveneSitting
from voting.domain.ids import SittingId
from voting.service.live import Recorded, Snapshot

_STYLES: dict[type[e.SittingEvent], str] = {
    e.ItemCalled: "bold",
    e.ResultProclaimed: "cyan",
    e.ContestProclaimed: "cyan",
}
_LEFT = (ItemState.PENDING, ItemState.UNDER_DISCUSSION)


class Terminal:
    """Where the demonstration is told."""

    def __init__(self, texts: Catalogue, console: Console | None = None) -> None:
        """``console``: the standard output unless a test brings its own."""
        self._texts = texts
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._teller = Teller(texts)

    @property
    def locale(self) -> str:
        """Of the clients of those who play, in Teams' way of writing it."""
        return {"fr": "fr-FR", "en": "en-GB"}[self._texts.language]

    @property
    def is_interactive(self) -> bool:
        """Somebody may be looking, and can press Ctrl-C."""
        return self._console.is_terminal

    def top(self, convocation: ConveneSitting, board: str, room: str, title: str = "demo.top.title") -> None:
        """What will be seen, and where to look."""
        texts = self._texts
        self._console.print(Rule(texts(title), align="left"))
        people, voters = len(convocation.members), sum(m.votes for m in convocation.members)
        named, items = escape(convocation.title), len(convocation.items)
        self._console.print(texts("demo.top.facts", title=named, people=people, voters=voters, items=items))
        self._console.print(texts("demo.top.keys"), style="dim")
        self._console.print(f"{texts('demo.top.board')}\n  [bold]{board}[/bold]")
        self._console.print(f"{texts('demo.top.room')}\n  [bold]{room}[/bold]")

    def chapter(self, code: str) -> None:
        """A part of the story begins; empty: one is over."""
        if not code:
            return
        self._console.print(f"\n[bold magenta]── {self._texts(f'demo.chapter.{code}')}[/bold magenta]")

    @contextmanager
    def following(self, sitting: SittingId, items: int) -> Iterator[Callable[[Snapshot, tuple[Recorded, ...]], None]]:
        """A writer's listener that tells that sitting, above a bar of its items."""
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[now]}"))
        title = TextColumn("{task.description}")
        with Progress(title, *columns, console=self._console, disable=not self.is_interactive) as progress:
            bar = progress.add_task(self._texts("demo.progress"), total=items, now="")

            def committed(snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
                if snapshot.id != sitting:
                    return
                for one in recorded:
                    self._tell(snapshot, one.event)
                done = sum(state not in _LEFT for state in snapshot.sitting.agenda.states.values())
                progress.update(bar, completed=done, now=self._voices(snapshot))

            yield committed

    def say(self, code: str, **fields: str | int) -> None:
        """A sentence of the catalogue."""
        self._console.print(escape(self._texts(code, **fields)))

    def line(self, text: str, *, good: bool | None = None) -> None:
        """A line as it is; green or red where it is an answer."""
        style = "" if good is None else "green" if good else "red"
        self._console.print(escape(text), style=style)

    def complain(self, code: str, **fields: str | int) -> None:
        """Why it cannot go on, in one sentence, on the standard error."""
        self.grumble(self._texts(code, **fields))

    def grumble(self, sentence: str) -> None:
        """That sentence, on the standard error."""
        Console(stderr=True, highlight=False, soft_wrap=True).print(escape(sentence))

    def _tell(self, snapshot: Snapshot, event: e.SittingEvent) -> None:
        told = self._teller.tell(snapshot.sitting, event)
        if told is not None:
            indent = "" if isinstance(event, e.ItemCalled) else "  "
            self._console.print(f"{indent}{escape(told)}", style=_STYLES.get(type(event), ""))

    def _voices(self, snapshot: Snapshot) -> str:
        poll = snapshot.sitting.polls.open_poll()
        if poll is None:
            return ""
        return self._texts(
            "demo.progress.poll", number=poll.number, heard=len(poll.ballots), electors=len(poll.electorate)
        )
