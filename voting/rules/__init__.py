"""The law as it stands, one file per kind of sitting. A released version is never edited: a change of law is ``/2``."""

from collections.abc import Callable, Mapping

from voting.domain.assembly import Body, Mode
from voting.domain.ruleset import RuleSet, StandingOrders
from voting.rules.cao_remote import tender_committee_remote
from voting.rules.council_remote import council_remote
from voting.rules.cpr_remote import standing_committee_remote

_RELEASED: Mapping[str, Callable[[StandingOrders], RuleSet]] = {
    "cpr-remote/1": standing_committee_remote,
    "council-remote/1": council_remote,
    "cao-remote/1": tender_committee_remote,
}

_CURRENT: Mapping[tuple[Body, Mode], str] = {
    (Body.STANDING_COMMITTEE, Mode.REMOTE): "cpr-remote/1",
    (Body.STANDING_COMMITTEE, Mode.HYBRID): "cpr-remote/1",
    (Body.COUNCIL, Mode.REMOTE): "council-remote/1",
    (Body.COUNCIL, Mode.HYBRID): "council-remote/1",
    (Body.TENDER_COMMITTEE, Mode.REMOTE): "cao-remote/1",
    (Body.TENDER_COMMITTEE, Mode.HYBRID): "cao-remote/1",
}


class UnknownRuleSet(Exception):
    """No released rule set answers to that name, or to that body in that mode."""

    def __init__(self, wanted: str) -> None:
        """``wanted`` is the name, or ``body/mode``."""
        super().__init__(wanted)
        self.wanted = wanted


def find(name: str, orders: StandingOrders) -> RuleSet:
    """The released rule set of that versioned name, under those standing orders. Raises ``UnknownRuleSet``."""
    if name not in _RELEASED:
        raise UnknownRuleSet(name)
    return _RELEASED[name](orders)


def current(body: Body, mode: Mode, orders: StandingOrders) -> RuleSet:
    """The rule set that governs a sitting convened today. Raises ``UnknownRuleSet`` where none is written yet."""
    name = _CURRENT.get((body, mode))
    if name is None:
        raise UnknownRuleSet(f"{body.value}/{mode.value}")
    return find(name, orders)
