"""Who one can be in the local room: the people of each sitting, in the order in which one looks for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.web.room_ports import RoomSitting
from bot.web.words import Words, visible
from voting.domain.assembly import Member, Role

LEADING = (Role.CHAIR,)
STAFF = (Role.CLERK, Role.SUPPORT)


@dataclass(frozen=True, slots=True)
class Seat:
    """One person to be."""

    member: Member
    name: str
    about: str
    """Role, office and whether that person votes, in words."""


@dataclass(frozen=True, slots=True)
class Bench:
    """People who are looked for together."""

    title: str
    seats: tuple[Seat, ...]


def benches(sitting: RoomSitting, said: Words) -> list[Bench]:
    """Chair and clerks first, then the groups in the order of the roll; who votes comes first in each."""
    first = [m for role in (*LEADING, *STAFF) for m in sitting.members if m.role is role]
    rest: dict[str, list[Member]] = {}
    for member in sitting.members:
        if member.role not in (*LEADING, *STAFF):
            rest.setdefault(member.group, []).append(member)
    grouped = [
        (group or said.texts("room.choose.others"), sorted(people, key=lambda m: not m.votes))
        for group, people in sorted(rest.items(), key=lambda item: not item[0])
    ]
    named = [(said.texts("room.choose.leading"), first), *grouped]
    return [Bench(visible(title), tuple(_seat(m, said) for m in people)) for title, people in named if people]


def find(sittings: Sequence[RoomSitting], sitting: str, person: str) -> tuple[RoomSitting, Member] | None:
    """That person of that sitting."""
    for candidate in sittings:
        if candidate.sitting == sitting:
            return next(((candidate, member) for member in candidate.members if member.id == person), None)
    return None


def about(member: Member, said: Words) -> str:
    """What that person is in the sitting."""
    parts = [said.texts(f"room.role.{member.role.value}")]
    if member.office:
        parts.append(visible(member.office))
    if member.votes:
        parts.append(said.texts("room.votes"))
    return " · ".join(parts)


def _seat(member: Member, said: Words) -> Seat:
    return Seat(member, visible(f"{member.civility.value} {member.full_name}"), about(member, said))
