"""The political groups as the roll names them: who belongs to which, who leads it. The roll's own words decide."""

import re

from voting.domain.assembly import Member
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting

_UNATTACHED = re.compile(r"\s*(élue?s? )?(non[ -]inscrit|sans (groupe|étiquette))")
_LEADER = re.compile(
    r"\b(co-?)?(présidente?|président\(e\)|président·e|cheffe?) (de|du) (son )?groupe\b"
    r"|\bgroup (leader|chair|president)\b"
)


def group_of(member: Member) -> str:
    """The group of that member; nothing for the unattached, whether the roll says so or leaves it blank."""
    return "" if _UNATTACHED.match(member.group.casefold()) else member.group.strip()


def is_leader(member: Member) -> bool:
    """His office says that he leads a group (*président du groupe …*)."""
    return bool(group_of(member)) and _LEADER.search(member.office.casefold()) is not None


def speaks_for_group(sitting: Sitting, person: PersonId) -> bool:
    """Leads his group; where the roll names no leader of it, any of its voting members does."""
    member = sitting.roll[person]
    group = group_of(member)
    if not group or is_leader(member):
        return bool(group)
    led = any(is_leader(m) and group_of(m) == group for m in sitting.facts.members)
    return member.votes and not led
