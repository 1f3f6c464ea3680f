"""Everybody of the roll as the staff sees them: where each one is, who speaks for whom, whose voice is awaited."""

from dataclasses import dataclass

from voting.domain.assembly import Role
from voting.domain.attendance import Presence
from voting.domain.polls import PollState
from voting.domain.seats import is_represented
from voting.domain.sitting import Sitting
from voting.service.views.parts import PersonView, person_view


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRow:
    """One person."""

    person: PersonView
    role: Role
    has_seat: bool
    """Holds a seat with a vote."""
    presence: Presence
    represented_by: PersonView | None
    """Who holds his proxy while he is away."""
    is_recused: bool
    is_awaited: bool
    """Gives a voice in the open poll, and it has not been heard."""


def roll_view(sitting: Sitting) -> tuple[RollRow, ...]:
    """Everybody, those with a seat first, each in the order of the roll."""
    poll = sitting.polls.current()
    silent = {m.member for m in poll.silent()} if poll is not None and poll.state is PollState.OPEN else set()
    rows = []
    for member in sitting.facts.members:
        proxy = sitting.proxies.get(member.id) if is_represented(sitting, member.id) else None
        rows.append(
            RollRow(
                person=person_view(member),
                role=member.role,
                has_seat=member.votes,
                presence=sitting.presence(member.id),
                represented_by=person_view(sitting.roll[proxy.holder]) if proxy is not None else None,
                is_recused=sitting.agenda.is_recused(member.id),
                is_awaited=member.id in silent,
            )
        )
    return tuple(sorted(rows, key=lambda row: not row.has_seat))
