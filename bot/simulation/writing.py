"""Scripts as people write them: one line for one thing that somebody does, in French or English words.

Answers for: the words, and everything that is wrong in a file, each with its line, all at once. Leaves who plays
which part to ``casting``. A line is ``WHO DOES``; what comes before the first ``before`` or ``item`` is about people.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.commands.words import fold
from bot.simulation.casting import CLERK
from bot.simulation.phrases import CHOICES, HEADS, MOMENTS, PARTS, PHRASES, SPLITS, TEMPERS
from bot.simulation.script import Act, Deed, Scene, Script, Split, Where
from bot.texts import Catalogue
from voting.domain.assembly import AgendaItem, Member
from voting.domain.tally import Choice

LONGEST = 100_000
_SAID = re.compile(r"\s*[«“\"](?P<words>[^»”\"]*)[»”\"]\s*$")
_OPENED = re.compile(r"[«“\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong on a line: the code of a sentence and what it names."""

    code: str
    line: int
    value: str = ""

    def sentence(self, texts: Catalogue) -> str:
        """In one line."""
        return texts(f"simulate.wrong.{self.code}", line=self.line, value=self.value)


class ScriptRefused(Exception):
    """The file cannot be played: everything that is wrong with it, in the order of its lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """At least one."""
        super().__init__(", ".join(f"{p.line}: {p.code}" for p in problems))
        self.problems = tuple(problems)


@dataclass(slots=True)
class _Scene:
    """A scene while its lines are read."""

    item: str
    acts: dict[str, list[Act]] = field(default_factory=lambda: {"between": [], "debate": [], "during": []})
    choices: list[tuple[str, str]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    split: str = "ordinary"


def read_script(text: str, members: Sequence[Member], items: Sequence[AgendaItem]) -> Script:
    """The script of that text, for the people of that roll and that agenda. Raises ``ScriptRefused``."""
    reader = _Reader(members, items)
    for number, line in enumerate(text[:LONGEST].splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if written:
            reader.read(number, written)
    if len(text) > LONGEST:
        reader.note("too_long", 1)
    return reader.script()


class _Reader:
    def __init__(self, members: Sequence[Member], items: Sequence[AgendaItem]) -> None:
        self._numbers = {fold(item.number): item.number for item in items}
        self._people = _named(members)
        self._roles: dict[str, str] = {}
        self._absent: dict[str, None] = {}
        self._tempers: dict[str, str] = {}
        self._before: list[Act] = []
        self._scenes: dict[str, _Scene] = {}
        self._here: _Scene | None = None
        self._is_before = False
        self._seed = 2020
        self._line = 0
        self._problems: list[Problem] = []
        self._heads: Mapping[str, Callable[[str], None]] = {
            "seed": self._seed_is,
            "roles": self._roles_are,
            "absent": self._absent_are,
            "before": self._before_is,
            "item": self._item_is,
            "result": self._result_is,
        }

    def note(self, code: str, line: int, value: str = "") -> None:
        self._problems.append(Problem(code=code, line=line, value=value))

    def script(self) -> Script:
        if self._problems:
            raise ScriptRefused(sorted(self._problems, key=lambda p: p.line))
        return Script(
            before=tuple(self._before),
            absent=tuple(self._absent),
            scenes=tuple(_scene(scene) for scene in self._scenes.values()),
            tempers=tuple((who, TEMPERS[temper]) for who, temper in self._tempers.items()),
            seed=self._seed,
            words=8,
        )

    def read(self, number: int, line: str) -> None:
        self._line = number
        head, _, rest = line.rstrip(":").partition(" ")
        meaning = HEADS.get(fold(head))
        if meaning is not None:
            self._heads[meaning](rest.strip())
        else:
            self._act(line)

    # --- headings -----------------------------------------------------------------------------------------------------

    def _seed_is(self, rest: str) -> None:
        if rest.isdecimal() and len(rest) < 10:
            self._seed = int(rest)
        else:
            self._wrong("seed", rest)

    def _roles_are(self, rest: str) -> None:
        for name in _list(rest):
            if fold(name) in self._people or fold(name) in PARTS:
                self._wrong("role_taken", name)
            self._roles[fold(name)] = fold(name)

    def _absent_are(self, rest: str) -> None:
        for name in _list(rest):
            self._absent[self._who(name)] = None

    def _before_is(self, rest: str) -> None:
        self._here, self._is_before = None, True

    def _item_is(self, rest: str) -> None:
        number = self._numbers.get(fold(rest))
        if number is None:
            self._wrong("item_unknown", rest)
        elif number in self._scenes:
            self._wrong("item_twice", rest)
        self._is_before = False
        self._here = self._scenes.setdefault(number or rest, _Scene(item=number or rest))

    def _result_is(self, rest: str) -> None:
        split = SPLITS.get(fold(rest))
        if self._here is None:
            self._wrong("outside", rest)
        elif split is None:
            self._wrong("result_unknown", rest)
        else:
            self._here.split = split.value

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _act(self, line: str) -> None:
        found = _SAID.search(line)
        words = found["words"].strip() if found is not None else ""
        if found is None and _OPENED.search(line):
            self._wrong("quote_open", line)
            return
        name, _, does = line[: found.start() if found is not None else None].strip().partition(" ")
        does = fold(does)
        for phrase in sorted(PHRASES, key=len, reverse=True):
            if does == phrase or does.startswith(f"{phrase} "):
                self._does(self._who(name), phrase, does.removeprefix(phrase).strip(), words)
                return
        self._wrong("phrase_unknown", line)

    def _does(self, who: str, phrase: str, rest: str, words: str) -> None:
        meaning = PHRASES[phrase]
        if meaning in TEMPERS:
            self._always(who, meaning)
        elif meaning in ("choice", "silent"):
            self._votes(who, meaning, rest)
        else:
            self._plays(Act(who=who, deed=Deed(meaning), says=words), rest)

    def _always(self, who: str, temper: str) -> None:
        if self._here is not None or self._is_before:
            self._wrong("temper_inside", temper)
        self._tempers[who] = temper

    def _votes(self, who: str, meaning: str, rest: str) -> None:
        if self._here is None:
            self._wrong("outside", rest)
        elif meaning == "silent":
            self._here.silent.append(who)
        elif rest not in CHOICES:
            self._wrong("choice_unknown", rest)
        else:
            self._here.choices.append((who, CHOICES[rest]))

    def _plays(self, act: Act, rest: str) -> None:
        if act.deed is Deed.GIVE_PROXY:
            act = replace(act, to=self._who(rest)) if rest else act
            if not rest:
                self._wrong("holder_missing", act.who)
        elif rest:
            self._wrong("phrase_unknown", rest)
        if act.deed is Deed.SAY and not act.says:
            self._wrong("words_missing", act.who)
        self._place(act)

    def _place(self, act: Act) -> None:
        if self._is_before:
            if act.deed not in (Deed.GIVE_PROXY, Deed.ACCEPT_PROXY, Deed.TAKE_PROXY_BACK):
                self._wrong("not_before", act.who)
            self._before.append(act)
            if act.deed is Deed.GIVE_PROXY:
                self._absent[act.who] = None
        elif self._here is None:
            self._wrong("outside", act.who)
        else:
            self._here.acts[MOMENTS[act.deed]].append(act)
            if act.deed is Deed.ARRIVE and not self._has_left(act.who):
                self._absent[act.who] = None
            if act.deed is Deed.LOSE_NETWORK:
                taken = Act(who=CLERK, deed=Deed.TAKE_VOICE, to=act.who, after=4.0)
                self._here.acts["during"].append(taken)

    def _has_left(self, who: str) -> bool:
        acts = (act for scene in self._scenes.values() for act in scene.acts["between"])
        return any(act.who == who and act.deed is Deed.LEAVE for act in acts)

    def _who(self, name: str) -> str:
        known = fold(name)
        for book in (PARTS, self._roles, self._people):
            if known in book:
                return book[known]
        self._wrong("person_unknown", name)
        return name

    def _wrong(self, code: str, value: str) -> None:
        self.note(code, self._line, value)


def _scene(scene: _Scene) -> Scene:
    return Scene(
        chapter="",
        where=Where(number=scene.item),
        between=tuple(scene.acts["between"]),
        debate=tuple(scene.acts["debate"]),
        during=tuple(scene.acts["during"]),
        split=Split(scene.split),
        choices=tuple((who, Choice(choice)) for who, choice in scene.choices),
        silent=tuple(scene.silent),
    )


def _named(members: Sequence[Member]) -> dict[str, str]:
    """Everybody by id, and by last name where only one bears it."""
    names = [fold(m.last_name) for m in members]
    by_name = {name: m.id for name, m in zip(names, members, strict=True) if names.count(name) == 1}
    return {**by_name, **{fold(m.id): m.id for m in members}}


def _list(rest: str) -> list[str]:
    return [name for name in re.split(r"[,;\s]+", rest) if name]
