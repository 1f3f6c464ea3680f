"""How one is chosen among several: the law where there is one, the standing orders elsewhere (R07, R26).

The rounds of the president's election are of the *members* of the council, not of the votes cast (CGCT L. 4133-1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voting.domain.assembly import AgendaItem, ItemKind, LegalSubject
from voting.domain.contests import TieBreak
from voting.domain.ruleset import Citation, ContestRule, MajorityBase, Secrecy, StandingOrders
from voting.rules.articles import NOMINATIONS, cgct, house

ABSOLUTE_ROUNDS = 2
"""Of the president's election; the third is relative."""

PRESIDENCY = cgct("R07", "L. 4133-1")
PRESIDENCY_SECRET = cgct("R26", "L. 4133-1", confirmed=False)
EXECUTIVE = cgct("R26", "L. 4133-5", confirmed=False)
UNOPPOSED = cgct("R26", "L. 4132-14, al. 4")
DEPARTMENT_PRESIDENCY = cgct("R07", "L. 3122-1", confirmed=False)
DEPARTMENT_EXECUTIVE = cgct("R26", "L. 3122-5", confirmed=False)
DEPARTMENT_NOMINATIONS = cgct("R26", "L. 3121-15, al. 2")
DEPARTMENT_UNOPPOSED = cgct("R26", "L. 3121-15, al. 4", confirmed=False)
HOUSE = house("R26")

ContestLaw = Callable[[AgendaItem, StandingOrders, bool], ContestRule]
"""From the item, the standing orders, and whether the chair's voice prevails on a tie."""

_NOMINATIONS = frozenset({LegalSubject.COMMISSIONS, LegalSubject.OUTSIDE_BODIES})


def house_contest(item: AgendaItem, orders: StandingOrders, chair_prevails: bool) -> ContestRule:
    """No law of its own: the body's own rules; people are elected, anything else is decided as any other question."""
    of_people = item.kind is ItemKind.ELECTION
    tie = TieBreak.CHAIR if chair_prevails else TieBreak.NOBODY
    return ContestRule(
        absolute_rounds=orders.contests.absolute_rounds,
        base=MajorityBase.VOTES_CAST,
        tie=TieBreak.ELDER if of_people and orders.contests.elder_wins else tie,
        secrecy=Secrecy.FREE,
        citation=HOUSE,
        secrecy_citation=HOUSE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominations:
    """The articles of a council on elections and nominations."""

    presidency: Citation
    presidency_secret: Citation
    executive: Citation
    """The vice-presidents and the standing committee."""
    nominations: Citation
    unopposed: Citation

    def contest(self, item: AgendaItem, orders: StandingOrders, chair_prevails: bool) -> ContestRule:
        """Secret for people, the executive without exception; a single candidacy elsewhere takes effect at once."""
        ordinary = house_contest(item, orders, chair_prevails)
        if item.legal_subject is LegalSubject.PRESIDENCY_ELECTION:
            return _in_secret(MajorityBase.IN_OFFICE, self.presidency, self.presidency_secret)
        if item.legal_subject is LegalSubject.PERMANENT_COMMISSION:
            return _in_secret(MajorityBase.VOTES_CAST, self.executive, self.executive)
        if item.kind is not ItemKind.ELECTION and item.legal_subject not in _NOMINATIONS:
            return ordinary
        return ContestRule(
            absolute_rounds=ordinary.absolute_rounds,
            base=ordinary.base,
            tie=TieBreak.ELDER if orders.contests.elder_wins else TieBreak.NOBODY,  # no casting vote in secret
            secrecy=Secrecy.WAIVABLE,
            citation=ordinary.citation,
            secrecy_citation=self.nominations,
            unopposed=self.unopposed,
        )


def _in_secret(base: MajorityBase, rounds: Citation, secret: Citation) -> ContestRule:
    """The executive: two rounds at the absolute majority, never by a recorded vote."""
    return ContestRule(
        absolute_rounds=ABSOLUTE_ROUNDS,
        base=base,
        tie=TieBreak.ELDER,
        secrecy=Secrecy.REQUIRED,
        citation=rounds,
        secrecy_citation=secret,
    )


_REGION = Nominations(
    presidency=PRESIDENCY,
    presidency_secret=PRESIDENCY_SECRET,
    executive=EXECUTIVE,
    nominations=NOMINATIONS,
    unopposed=UNOPPOSED,
)
_DEPARTMENT = Nominations(
    presidency=DEPARTMENT_PRESIDENCY,
    presidency_secret=DEPARTMENT_PRESIDENCY,
    executive=DEPARTMENT_EXECUTIVE,
    nominations=DEPARTMENT_NOMINATIONS,
    unopposed=DEPARTMENT_UNOPPOSED,
)

LAW: Mapping[str, ContestLaw] = {
    "council-room/1": _REGION.contest,
    "council-remote/1": _REGION.contest,
    "department-room/1": _DEPARTMENT.contest,
    "department-remote/1": _DEPARTMENT.contest,
}
"""By the name of the rule set; the others have no text of their own."""
