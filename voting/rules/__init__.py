"""The law as it stands, one file per kind of sitting. A released version is never edited: a change of law is ``/2``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from voting.domain.assembly import Body, Mode, Regime
from voting.domain.ruleset import Citation, RuleSet, StandingOrders
from voting.rules import emergency_2020
from voting.rules.association import association
from voting.rules.cao_remote import tender_committee_remote
from voting.rules.cao_room import tender_committee_room
from voting.rules.cao_written import tender_committee_written
from voting.rules.council_remote import council_remote
from voting.rules.council_room import council_room
from voting.rules.cpr_remote import standing_committee_remote
from voting.rules.cpr_room import standing_committee_room
from voting.rules.department_committee_remote import department_committee_remote
from voting.rules.department_committee_room import department_committee_room
from voting.rules.department_remote import department_remote
from voting.rules.department_room import department_room
from voting.rules.epci_remote import epci_remote

_RELEASED: Mapping[str, Callable[[StandingOrders], RuleSet]] = {
    "cpr-remote/1": standing_committee_remote,
    "cpr-room/1": standing_committee_room,
    "council-remote/1": council_remote,
    "council-room/1": council_room,
    "cao-remote/1": tender_committee_remote,
    "cao-room/1": tender_committee_room,
    "cao-written/1": tender_committee_written,
    "department-remote/1": department_remote,
    "department-room/1": department_room,
    "department-committee-remote/1": department_committee_remote,
    "department-committee-room/1": department_committee_room,
    "epci-remote/1": epci_remote,
    "emergency-2020/1": emergency_2020.emergency_council,
    "emergency-2020-committee/1": emergency_2020.emergency_committee,
    "association/1": association,
}

_FROM_AFAR: Mapping[tuple[Regime, Body], str] = {
    (Regime.ORDINARY, Body.STANDING_COMMITTEE): "cpr-remote/1",
    (Regime.ORDINARY, Body.COUNCIL): "council-remote/1",
    (Regime.ORDINARY, Body.TENDER_COMMITTEE): "cao-remote/1",
    (Regime.ORDINARY, Body.DEPARTMENT): "department-remote/1",
    (Regime.ORDINARY, Body.DEPARTMENT_COMMITTEE): "department-committee-remote/1",
    (Regime.ORDINARY, Body.EPCI): "epci-remote/1",
    (Regime.ORDINARY, Body.ASSOCIATION): "association/1",
    (Regime.EMERGENCY_2020, Body.COUNCIL): "emergency-2020/1",
    (Regime.EMERGENCY_2020, Body.STANDING_COMMITTEE): "emergency-2020-committee/1",
    (Regime.WRITTEN_EXCHANGE, Body.TENDER_COMMITTEE): "cao-written/1",
}

_IN_ONE_ROOM: Mapping[tuple[Regime, Body], str] = {
    (Regime.ORDINARY, Body.STANDING_COMMITTEE): "cpr-room/1",
    (Regime.ORDINARY, Body.COUNCIL): "council-room/1",
    (Regime.ORDINARY, Body.TENDER_COMMITTEE): "cao-room/1",
    (Regime.ORDINARY, Body.DEPARTMENT): "department-room/1",
    (Regime.ORDINARY, Body.DEPARTMENT_COMMITTEE): "department-committee-room/1",
    (Regime.ORDINARY, Body.ASSOCIATION): "association/1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """The last day of a law that is no longer one."""

    last_day: date
    citation: Citation


_EMERGENCY = _Term(last_day=emergency_2020.LAST_DAY, citation=emergency_2020.END)
_ENDED: Mapping[str, _Term] = {"emergency-2020/1": _EMERGENCY, "emergency-2020-committee/1": _EMERGENCY}


class UnknownRuleSet(Exception):
    """No released rule set answers to that name, or to that body in that mode."""

    def __init__(self, wanted: str) -> None:
        """``wanted`` is the name, or ``body/mode``."""
        super().__init__(wanted)
        self.wanted = wanted


class RuleSetEnded(UnknownRuleSet):
    """The law asked for no longer governs an official sitting on that day, or no day was given."""

    def __init__(self, wanted: str, on: date | None, last_day: date, citation: Citation) -> None:
        """``citation`` is the article that set the last day."""
        super().__init__(wanted)
        self.on = on
        self.last_day = last_day
        self.citation = citation


def find(name: str, orders: StandingOrders) -> RuleSet:
    """The released rule set of that versioned name, under those standing orders. Raises ``UnknownRuleSet``."""
    if name not in _RELEASED:
        raise UnknownRuleSet(name)
    return _RELEASED[name](orders)


def released() -> tuple[str, ...]:
    """The name of every rule set."""
    return tuple(_RELEASED)


def current(
    body: Body,
    mode: Mode,
    orders: StandingOrders,
    *,
    on: date | None = None,
    regime: Regime = Regime.ORDINARY,
    replay: bool = False,
) -> RuleSet:
    """The rule set that governs a sitting of that day. Raises ``UnknownRuleSet`` where none is written.

    A law that has ended is refused (``RuleSetEnded``) unless the day lies within its term; ``replay`` lifts that for a
    rehearsal, or to hold again a sitting of that time.
    """
    name = (_IN_ONE_ROOM if mode is Mode.ROOM else _FROM_AFAR).get((regime, body))
    if name is None:
        wanted = f"{body.value}/{mode.value}"
        raise UnknownRuleSet(wanted if regime is Regime.ORDINARY else f"{wanted}/{regime.value}")
    term = _ENDED.get(name)
    if term is not None and not replay and (on is None or on > term.last_day):
        raise RuleSetEnded(name, on, term.last_day, term.citation)
    return find(name, orders)
