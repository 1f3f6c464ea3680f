"""A sitting as those who run it see it on their page: the console, the roll, the notes, who asks for help."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from voting.domain.agenda import ItemState
from voting.domain.ids import ItemId, PersonId
from voting.domain.sitting import Phase, Sitting
from voting.service.live import Snapshot
from voting.service.ports import HelpRequest, HelpState
from voting.service.views.console import ConsoleView, console_view
from voting.service.views.incidents import IncidentView, can_tell, incidents_view
from voting.service.views.notes import NotedTurn, noted_turns
from voting.service.views.parts import PersonView, person_view
from voting.service.views.proxies import ProxiesView, proxies_view
from voting.service.views.roll import RollRow, roll_view

LATEST = 3
"""Turns of speech whose notes stay at hand; all of them are one button away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody who asks for help."""

    request: str
    person: PersonView
    asked_at: datetime
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """Everything around the card of the moment."""

    console: ConsoleView
    roll: tuple[RollRow, ...]
    leads: bool
    """Is the chair."""
    movable: frozenset[ItemId]
    """The items whose place may still change."""
    grouped: frozenset[ItemId]
    """The items that will be voted with others."""
    notes: tuple[NotedTurn, ...]
    """The latest turns, the running one last."""
    proxies: ProxiesView
    incidents: tuple[IncidentView, ...]
    may_tell: bool
    """Incidents may be told now, put right and taken back."""
    names: Mapping[PersonId, str]
    """How each person of the roll is typed: by name, where nobody else has it."""
    asking: tuple[Asking, ...]
    """Who waits for help or is being helped."""


def conduct_of(snapshot: Snapshot, person: PersonId, requests: Iterable[HelpRequest]) -> Conduct | None:
    """That sitting for that person; None for whoever is not of its staff."""
    sitting = snapshot.sitting
    if not sitting.is_staff(person):
        return None
    open_ = (r for r in requests if r.state is not HelpState.CLOSED and r.person in sitting.roll)
    return Conduct(
        console=console_view(sitting, snapshot.rules),
        roll=roll_view(sitting),
        leads=sitting.officers.chair == person,
        movable=_movable(sitting),
        grouped=frozenset(item for block in sitting.agenda.blocks for item in block),
        notes=noted_turns(sitting)[-LATEST:],
        proxies=proxies_view(sitting),
        incidents=incidents_view(sitting),
        may_tell=can_tell(sitting),
        names=_names(sitting),
        asking=tuple(_asking(sitting, request) for request in open_),
    )


def _movable(sitting: Sitting) -> frozenset[ItemId]:
    if sitting.course.phase is Phase.CLOSED:
        return frozenset()
    states = sitting.agenda.states
    return frozenset(i.id for i in sitting.facts.items if i.parent is None and states[i.id] is ItemState.PENDING)


def _names(sitting: Sitting) -> dict[PersonId, str]:
    held = Counter(m.full_name for m in sitting.facts.members)
    return {m.id: m.full_name if held[m.full_name] == 1 else m.id for m in sitting.facts.members}


def _asking(sitting: Sitting, request: HelpRequest) -> Asking:
    return Asking(
        request=request.id,
        person=person_view(sitting.roll[request.person]),
        asked_at=request.asked_at,
        is_taken=request.state is HelpState.TAKEN,
    )
