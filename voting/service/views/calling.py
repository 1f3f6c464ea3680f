"""The roll call name by name (*appel nominal*): whom to call now, who did not answer. Read from the register alone.

Every name that has said nothing is called once, in the order of the roll; whoever then is recorded absent is called
again at the end. A member whose accepted proxy is held is called all the same: he may have come.
"""

from dataclasses import dataclass

from voting.domain.attendance import Presence
from voting.domain.sitting import Sitting
from voting.service.views.parts import PersonView, person_view


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingView:
    """How far the call has come."""

    called: PersonView | None
    """Whom to call now; None once every name was called."""
    place: int
    """How many have answered, or were called in vain."""
    total: int
    unanswered: tuple[PersonView, ...]
    """Called in vain: to be called again."""


def calling_view(sitting: Sitting) -> CallingView:
    """The call of the members in office as it stands."""
    members = sitting.voting_members()
    heard = [m for m in members if sitting.register.get(m.id)]
    waiting = [m for m in members if not sitting.register.get(m.id)]
    in_vain = [m for m in heard if sitting.presence(m.id) is Presence.ABSENT]
    return CallingView(
        called=person_view(waiting[0]) if waiting else None,
        place=len(heard),
        total=len(members),
        unanswered=tuple(person_view(m) for m in in_vain),
    )
