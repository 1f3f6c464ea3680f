"""Finding a person or an item from a few typed words, or from the payload of a button."""

from bot.commands.base import Ask, Misunderstood, Moment
from bot.commands.words import fold
from voting.domain.assembly import AgendaItem, Member
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting


def named(sitting: Sitting, text: str) -> Member:
    """The one person of the roll with that name (last name, or first and last). Raises ``Misunderstood``."""
    wanted = fold(text)
    if not wanted:
        raise Misunderstood("misunderstood.who")
    found = [m for m in sitting.facts.members if wanted in _names(m)]
    if not found:
        found = [m for m in sitting.facts.members if all(w in fold(m.full_name).split() for w in wanted.split())]
    if not found:
        raise Misunderstood("misunderstood.nobody", name=text)
    if len(found) > 1:
        raise Misunderstood("misunderstood.several", name=text, names=", ".join(m.full_name for m in found))
    return found[0]


def asked(moment: Moment, ask: Ask) -> PersonId | None:
    """The person that the button or the words name; None when neither names anybody."""
    sitting = moment.snapshot.sitting
    if ask.payload.person is not None:
        return known(sitting, ask.payload.person)
    return named(sitting, ask.argument).id if ask.argument else None


def known(sitting: Sitting, name: str) -> PersonId:
    """The person of that id, as a button carries it. Raises ``Misunderstood``."""
    person = PersonId(name)
    if person not in sitting.roll:
        raise Misunderstood("misunderstood.stale")
    return person


def is_for_another(sitting: Sitting, by: PersonId, grantor: PersonId) -> bool:
    """The staff answers in the place of whoever was offered that proxy."""
    offered = [p for p in (*sitting.proxies.values(), *sitting.planned) if p.grantor == grantor]
    return sitting.is_staff(by) and bool(offered) and all(p.holder != by for p in offered)


def several(sitting: Sitting, text: str) -> tuple[PersonId, ...]:
    """Each of those people, by name or by id, parted by commas or lines. Raises ``Misunderstood``."""
    parts = [part.strip() for part in text.replace("\n", ",").split(",")]
    return tuple(
        PersonId(part) if PersonId(part) in sitting.roll else named(sitting, part).id for part in parts if part
    )


def numbered(sitting: Sitting, text: str) -> AgendaItem:
    """The item with that number on the agenda, else at that place. Raises ``Misunderstood``."""
    wanted = fold(text).removeprefix("n°").removeprefix("no ").strip()
    for item in sitting.facts.items:
        if fold(item.number) == wanted:
            return item
    if wanted.isdecimal() and 1 <= int(wanted) <= len(sitting.facts.items):
        return sitting.facts.items[int(wanted) - 1]
    raise Misunderstood("misunderstood.item", number=text)


def _names(member: Member) -> tuple[str, ...]:
    last, first = fold(member.last_name), fold(member.first_name)
    return last, f"{first} {last}", f"{last} {first}", fold(member.id)
