"""What simulated members of a rehearsal have to do now, from where it stands. Pure; chance comes from a seed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.simulation import splits
from bot.simulation.casting import opposition
from bot.simulation.dice import dice
from bot.simulation.script import Split
from bot.simulation.splits import Sides
from bot.simulation.tempers import Temper, thinking
from voting.domain.assembly import ItemKind, Role
from voting.domain.ids import PersonId
from voting.domain.polls import Poll
from voting.domain.proxies import held_by
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Choice

LOSES_NETWORK, ASKS_HELP, SPEAKS, WITHDRAWS, HESITATES = 0.03, 0.02, 0.08, 0.15, 0.4
"""How often, of all occasions."""
STAYS_AWAY, COMES_AFTER_ALL = 1 / 12, 0.5
LATE = 25.0
"""Seconds that the slowest take to answer the roll call."""


class Kind(StrEnum):
    """What there is to do."""

    ARRIVE = "arrive"
    ACCEPT_PROXY = "accept_proxy"
    GIVE_PROXY = "give_proxy"
    VOTE = "vote"
    ASK_HELP = "ask_help"
    ASK_FLOOR = "ask_floor"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that one of them does once."""

    person: PersonId
    kind: Kind
    about: str = ""
    """The poll, the item, the proxy, or to whom one gives one's own."""
    after: float = 0.0
    """Seconds that it takes him."""


def duties(
    sitting: Sitting, rules: RuleSet, seats: Collection[PersonId], tempers: Mapping[PersonId, Temper], seed: int
) -> Iterator[Duty]:
    """In the order of the roll."""
    proxies = _proxies(sitting, rules, seats, seed)
    for member in sitting.facts.members:
        if member.id in seats:
            temper = tempers.get(member.id, Temper.PROMPT)
            yield from _of(sitting, member.id, temper, seed, proxies.get(member.id))


def _of(sitting: Sitting, person: PersonId, temper: Temper, seed: int, holder: PersonId | None) -> Iterator[Duty]:
    offers = (p for p in held_by(sitting.proxies, person) if p.accepted_at is None)
    for proxy in offers:
        yield Duty(person=person, kind=Kind.ACCEPT_PROXY, about=str(proxy.grantor), after=2.0)
    if not sitting.is_here(person):
        yield from _away(sitting, person, temper, seed, holder)
        return
    poll = sitting.polls.open_poll()
    if poll is not None:
        yield from _voting(poll, person, temper, seed)
    elif sitting.course.phase is Phase.OPEN:
        yield from _debating(sitting, person, seed)


def _away(sitting: Sitting, person: PersonId, temper: Temper, seed: int, holder: PersonId | None) -> Iterator[Duty]:
    """He comes; or he gives his proxy, and may come after all, which ends it."""
    has_begun = sitting.course.phase in (Phase.OPEN, Phase.SUSPENDED)
    if not sitting.course.roll_call_open and not has_begun:
        return
    chance = dice(seed, "arrival", person)
    if holder is not None and not (_is_well_under_way(sitting) and chance.random() < COMES_AFTER_ALL):
        if person not in sitting.proxies:
            yield Duty(person=person, kind=Kind.GIVE_PROXY, about=str(holder), after=chance.uniform(0.5, 3.0))
        return
    shy = LATE if temper is Temper.SLOW else 6.0
    yield Duty(person=person, kind=Kind.ARRIVE, after=dice(seed, "arrival", person).uniform(0.5, shy))


def _is_well_under_way(sitting: Sitting) -> bool:
    """Between two votes, after the first: whoever comes then is not kept from voting by having given a proxy."""
    return len(sitting.polls.all) > 0 and sitting.polls.current() is None


def _proxies(sitting: Sitting, rules: RuleSet, seats: Collection[PersonId], seed: int) -> Mapping[PersonId, PersonId]:
    """Who stays away and gives a proxy, to whom: one in a dozen of those who vote, one proxy for each holder.

    By the whole roll: the same people, whoever else is simulated.
    """
    if rules.proxies.max_per_holder == 0:
        return {}
    voting = [m.id for m in sitting.facts.members if m.votes]
    order = sorted(voting, key=lambda p: dice(seed, "away", p).random())
    count = round(len(voting) * STAYS_AWAY)
    staying = [p for p in order[count:] if p in seats]
    return dict(zip((p for p in order[:count] if p in seats), staying, strict=False))


def _voting(poll: Poll, person: PersonId, temper: Temper, seed: int) -> Iterator[Duty]:
    awaited = [m for m in poll.hands.get(person, ()) if m.member not in poll.ballots]
    if not poll.is_pressed or not awaited:
        return
    fallen = dice(seed, "trouble", poll.id, person).random()
    if fallen < LOSES_NETWORK:
        return  # hears the call and can press nothing: the clerk takes his voice
    seconds = dice(seed, "thinking", poll.id, person).uniform(*thinking(temper))
    if fallen < LOSES_NETWORK + ASKS_HELP:
        yield Duty(person=person, kind=Kind.ASK_HELP, about=str(poll.id), after=seconds)
        seconds += 10.0
    yield Duty(person=person, kind=Kind.VOTE, about=str(poll.id), after=seconds)


def _debating(sitting: Sitting, person: PersonId, seed: int) -> Iterator[Duty]:
    item = sitting.current_item()
    if item is None or item.kind is ItemKind.INFORMATION or sitting.polls.current() is not None:
        return
    chance = dice(seed, "floor", item.id, person)
    if chance.random() >= SPEAKS:
        return
    asked = chance.uniform(1.0, 8.0)
    yield Duty(person=person, kind=Kind.ASK_FLOOR, about=str(item.id), after=asked)
    if chance.random() < WITHDRAWS:
        yield Duty(person=person, kind=Kind.WITHDRAW, about=str(item.id), after=asked + 4.0)


def choices(sitting: Sitting, poll: Poll, seed: int) -> Mapping[PersonId, Choice]:
    """What every voice of that poll would answer, as the groups divide."""
    chair = next((m.id for m in sitting.facts.members if m.role is Role.CHAIR), PersonId(""))
    sides = Sides(
        voices=list(poll.electorate),
        opposition=opposition(sitting.facts.members),
        chair=chair,
        is_amendment=sitting.items[poll.item].kind is ItemKind.AMENDMENT,
    )
    return splits.divide(Split.ORDINARY, sides, dice(seed, "split", poll.id))
