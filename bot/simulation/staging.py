"""A script fitted to a roll and an agenda: which scene is on which item, who is there by then, who votes what.

Everything that chance decides is decided here, from the seed: the same files and seed give the same votes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.simulation import splits
from bot.simulation.attending import Attendance
from bot.simulation.casting import CHAIR, Cast, cast, of_scene, opposition, parts_away
from bot.simulation.dice import dice
from bot.simulation.script import Act, Deed, Scene, Script, Split, Where
from bot.simulation.tempers import Temper, tempers
from voting.domain.assembly import AgendaItem, ItemKind, Member, Role
from voting.domain.ids import ItemId, PersonId
from voting.domain.tally import Choice

Choices = Mapping[PersonId, Choice]

ROUTINE, SHORTEST, OPENING, SPEECH = 20.0, 6.0, 25.0, 10.0
"""Seconds that an item, an item without a vote, the opening and a speech take in the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One item as it will be played. Acts name people, no longer parts."""

    item: AgendaItem
    chapter: str = ""
    between: tuple[Act, ...] = ()
    debate: tuple[Act, ...] = ()
    during: tuple[Act, ...] = ()
    choices: Choices
    """By the member whose voice it is. Who is missing here does not answer."""
    represented: frozenset[PersonId]
    """Members whose voice somebody else gives."""
    first_choices: Choices
    """What those who will change their vote answer first."""
    request_choices: Choices
    """On a request for a secret ballot."""
    options: tuple[str, ...] = ()
    """The catalogue's codes of what one chooses among, when it is no yes or no; ``FOR`` is then for one of them."""
    picks: Mapping[PersonId, int] = field(default_factory=dict)
    """Which one, counted from 1; who is missing here takes the first."""
    is_told: bool = False
    """Part of a scene: nobody improvises there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """A whole sitting, ready to be played."""

    cast: Cast
    members: tuple[Member, ...]
    before: tuple[Act, ...]
    arrivals: tuple[PersonId, ...]
    """Those who answer the roll call."""
    items: Mapping[ItemId, Staged]
    """In the order in which they should be called."""
    tempers: Mapping[PersonId, Temper]
    opening: str
    """The chapters that begin and end the story."""
    ending: str
    remarks: int
    seed: int
    real: frozenset[PersonId] = frozenset()
    """Those whom nobody plays: they come, speak and vote by themselves, or do not."""

    @property
    def seconds(self) -> float:
        """About how long the story takes."""
        told = sum(len((*s.between, *s.debate, *s.during)) * SPEECH / 2 for s in self.items.values())
        votes = sum(SHORTEST if s.item.kind is ItemKind.INFORMATION else ROUTINE for s in self.items.values())
        return OPENING + told + votes


def stage(
    members: Sequence[Member],
    items: Sequence[AgendaItem],
    script: Script,
    *,
    has_proxies: bool,
    seed: int | None = None,
    real: Iterable[PersonId] = (),
) -> Staging:
    """Fit that script to those people and that agenda. The roll must have a chair.

    ``seed``: another than the script's. ``real``: seats that nobody plays, because people sit in them.
    """
    seed = script.seed if seed is None else seed
    people = cast(members, script)
    left_out = () if has_proxies else (Deed.GIVE_PROXY, Deed.ACCEPT_PROXY, Deed.TAKE_PROXY_BACK)
    order = calling_order(items)
    voters = sum(m.votes for m in members)
    scenes = _placed(order, [s for s in script.scenes if _is_playable(s, people, voters, left_out)])
    away = {people[part] for part in parts_away(script, voters) if part in people}
    before = _named(script.before, people, left_out)
    attendance = Attendance(members, away)
    attendance.follow(before)
    staged = {}
    for item in order:
        scene = scenes.get(item.id) or Scene(chapter="")
        between, debate = (_named(acts, people, left_out) for acts in (scene.between, scene.debate))
        attendance.follow((*between, *debate))
        staged[item.id] = _staged(item, scene, (between, debate), people, members, attendance, seed)
    return Staging(
        cast=people,
        members=tuple(members),
        before=before,
        arrivals=tuple(m.id for m in members if m.id not in away and _comes(m, away)),
        items=staged,
        tempers={
            **tempers((m.id for m in members if m.role is not Role.CHAIR), seed),
            **{people[part]: temper for part, temper in script.tempers if part in people},
        },
        real=frozenset(real),
        opening=script.opening,
        ending=script.ending,
        remarks=script.words,
        seed=seed,
    )


def calling_order(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """As on the summons, what hangs on an item before it."""
    left, order = list(items), []
    while left:
        found = left[0]
        while (below := next((i for i in left if i.parent == found.id), None)) is not None:
            found = below
        left.remove(found)
        order.append(found)
    return order


def _comes(member: Member, away: Iterable[PersonId]) -> bool:
    """Support stays at its phones; a substitute stays at home unless he is needed."""
    if member.substitute_for is not None:
        return member.substitute_for in away
    return member.role is not Role.SUPPORT


def _is_playable(scene: Scene, people: Cast, voters: int, left_out: Sequence[Deed]) -> bool:
    deeds = {act.deed for act in (*scene.between, *scene.debate, *scene.during)}
    return voters >= scene.voices and all(part in people for part in of_scene(scene)) and deeds.isdisjoint(left_out)


def _placed(order: Sequence[AgendaItem], scenes: Sequence[Scene]) -> Mapping[ItemId, Scene]:
    placed: dict[ItemId, Scene] = {}
    for scene in scenes:
        item = _place(scene.where, order, placed)
        if item is None and not (scene.where.only or scene.where.number):
            item = _place(Where(share=scene.where.share), order, placed)
        if item is not None:
            placed[item.id] = scene
    return placed


def _place(where: Where, order: Sequence[AgendaItem], placed: Mapping[ItemId, Scene]) -> AgendaItem | None:
    if where.number:
        return next((item for item in order if item.number == where.number and item.id not in placed), None)
    free = [
        (position, item)
        for position, item in enumerate(order)
        if item.id not in placed
        and (item.kind is where.kind if where.kind is not None else item.kind is not ItemKind.INFORMATION)
    ]
    after = [item for position, item in free if position >= where.share * len(order)]
    return next(iter(after), free[-1][1] if free else None)


def _named(acts: Iterable[Act], people: Cast, left_out: Sequence[Deed]) -> tuple[Act, ...]:
    """The acts that can be played, with people in place of parts."""
    return tuple(
        replace(act, who=people[act.who], to=people[act.to] if act.to else "")
        for act in acts
        if act.who in people and (not act.to or act.to in people) and act.deed not in left_out
    )


def _staged(
    item: AgendaItem,
    scene: Scene,
    acts: tuple[tuple[Act, ...], tuple[Act, ...]],
    people: Cast,
    members: Sequence[Member],
    attendance: Attendance,
    seed: int,
) -> Staged:
    between, debate = acts
    during = _named(scene.during, people, ())
    recused = {PersonId(act.who) for act in debate if act.deed is Deed.RECUSE}
    asking = {PersonId(act.who) for act in debate if act.deed is Deed.ASK_SECRET}
    side = opposition(members)
    sides = splits.Sides(
        voices=attendance.voices(recused),
        opposition=side,
        chair=people[CHAIR],
        is_amendment=item.kind is ItemKind.AMENDMENT,
    )
    choices = dict(splits.divide(scene.split, sides, dice(seed, item.id)))
    choices |= {people[part]: choice for part, choice in scene.choices if people.get(part) in choices}
    for part in scene.silent:
        choices.pop(people.get(part, PersonId("")), None)
    changing = [PersonId(act.who) for act in during if act.deed is Deed.CHANGE_VOTE]
    return Staged(
        item=item,
        chapter=scene.chapter,
        between=between,
        debate=debate,
        during=during,
        choices=choices,
        represented=attendance.represented(),
        first_choices={p: splits.other(choices[p]) for p in changing if p in choices},
        request_choices=splits.on_request(sides, asking) if asking else {},
        options=scene.options,
        picks=dict.fromkeys(side, 2) if scene.options else {},
        is_told=bool(scene.chapter) and scene.split is not Split.ORDINARY,
    )
