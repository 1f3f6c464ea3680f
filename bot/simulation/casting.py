"""Who plays which part: the parts of a script given to the people of a roll, as far as there are people."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.simulation.script import Act, Scene, Script
from voting.domain.assembly import Member, Role
from voting.domain.ids import PersonId

CHAIR, CLERK, SECRETARY, ADVISOR = "chair", "clerk", "secretary", "advisor"
OPPONENT = "opponent"
"""Parts whose name begins so are given to members of the opposition."""

LARGEST_OPPOSITION = 3
"""At most one voice in so many: a story in which everything is rejected shows nothing."""

Cast = Mapping[str, PersonId]


def cast(members: Sequence[Member], script: Script) -> Cast:
    """A person for every part that can be played on this roll; a small one has people in several parts, or none.

    Parts that are absent at the roll call are never doubled, and are left out where the quorum would suffer.
    """
    voters = [m for m in members if m.votes]
    ids = {m.id for m in members}
    given = _offices(members, voters) | {part: PersonId(part) for part in parts(script) if part in ids}
    taken = set(given.values())
    against = opposition(members)
    away = parts_away(script, len(voters))
    # From the end of the roll: those at its head report on the items, and are there.
    pool = [m.id for m in reversed(voters) if m.id not in taken]
    for part in dict.fromkeys(parts(script)):
        if part in given or (part in script.absent and part not in away):
            continue
        person = _choose(part, pool, against, set(given.values()))
        if person is not None:
            given[part] = person
        if part in away:
            pool = [p for p in pool if p != person]
    return given


def opposition(members: Sequence[Member]) -> frozenset[PersonId]:
    """The groups without the chair or a vice-chair, or the last members of the roll where there are no groups."""
    voters = [m for m in members if m.votes and m.role is not Role.CHAIR]
    most = max(1, (len(voters) + 1) // LARGEST_OPPOSITION)
    governing = {m.group for m in members if m.role in (Role.CHAIR, Role.VICE_CHAIR)}
    found: list[PersonId] = []
    for group in dict.fromkeys(m.group for m in voters if m.group and m.group not in governing):
        seats = [m.id for m in voters if m.group == group]
        if len(found) + len(seats) <= most:
            found += seats
    return frozenset(found or [m.id for m in voters[-most:]])


def parts(script: Script) -> Iterator[str]:
    """Every part that the script speaks of, in the order in which it does."""
    yield from script.absent
    yield from (part for part, _ in script.tempers)
    yield from _of(script.before)
    for scene in script.scenes:
        yield from of_scene(scene)


def of_scene(scene: Scene) -> Iterator[str]:
    """The parts of that scene."""
    yield from _of((*scene.between, *scene.debate, *scene.during))
    yield from (part for part, _ in scene.choices)
    yield from scene.silent


def parts_away(script: Script, voters: int) -> frozenset[str]:
    """The absent parts that an assembly of that size can spare: one more than the quorum must remain."""
    return frozenset(script.absent[: max(0, voters - (voters // 2 + 1) - 1)])


def _offices(members: Sequence[Member], voters: Sequence[Member]) -> dict[str, PersonId]:
    chair = next(m.id for m in members if m.role is Role.CHAIR)
    proposed = [m.id for m in voters if m.role is Role.SECRETARY] or [m.id for m in reversed(voters) if m.id != chair]
    offices = {
        CHAIR: chair,
        CLERK: next((m.id for m in members if m.role is Role.CLERK), chair),
        SECRETARY: proposed[0] if proposed else chair,
    }
    advisors = [m.id for m in members if m.role is Role.ADVISOR]
    return offices | ({ADVISOR: advisors[0]} if advisors else {})


def _choose(
    part: str, pool: Sequence[PersonId], against: Collection[PersonId], busy: Collection[PersonId]
) -> PersonId | None:
    """Somebody of the right side, without a part already if possible."""
    side = [p for p in pool if (p in against) == part.startswith(OPPONENT)] or list(pool)
    return next((p for p in side if p not in busy), next(iter(side), None))


def _of(acts: Sequence[Act]) -> Iterator[str]:
    for act in acts:
        yield act.who
        if act.to:
            yield act.to
