"""Council of an *EPCI à fiscalité propre*, remote or hybrid (``epci-remote/1``): CGCT L. 5211-11-1.

Its ordinary rules are those of a municipality, by a reference in L. 5211-1 that was not read in a source.
"""

from datetime import date

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import (
    ArrangementsRule,
    ArrangementsSource,
    CameraRule,
    Conduct,
    Convening,
    NoticeRule,
    RequestRule,
)
from voting.domain.ruleset import (
    Citation,
    ItemRule,
    MajorityBase,
    MajorityRule,
    MethodRule,
    ProxyRule,
    PublicityRule,
    QuorumBase,
    SecrecyRule,
    Stance,
    StandingOrders,
    TieRule,
)
from voting.rules.articles import cgct
from voting.rules.book import RECORDED_ONLY, RuleBook, doubtful, in_three_days, present

NOTICE_DAYS = 5
_FORBIDDEN = frozenset(
    {
        LegalSubject.PRESIDENCY_ELECTION,
        LegalSubject.PERMANENT_COMMISSION,
        LegalSubject.INITIAL_BUDGET,
        LegalSubject.OUTSIDE_BODIES,
    }
)
"""The bureau is the standing committee of an EPCI. The forming of commissions is not in its list."""


def _remote(rule: str, paragraph: int) -> Citation:
    return cgct(rule, f"L. 5211-11-1, al. {paragraph}", since=date(2022, 8, 1))


def _municipal(rule: str, article: str) -> Citation:
    return cgct(rule, f"L. 5211-1 (L. {article})", confirmed=False)


def epci_remote(orders: StandingOrders) -> RuleBook:
    """The rules of the remote council of an EPCI (R56)."""
    second = _municipal("R04", "2121-17")
    return RuleBook(
        name="epci-remote/1",
        body=Body.EPCI,
        quorum_base=QuorumBase.PRESENT,
        quorum_citation=_municipal("R01", "2121-17"),
        second_convocation=second,
        methods=MethodRule(allowed=RECORDED_ONLY, citation=_remote("R16", 3)),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=_municipal("R21", "2121-20")),
        tie=TieRule(chair_prevails=True, citation=_remote("R19", 3)),
        proxies=ProxyRule(max_per_holder=1, citation=_municipal("R27", "2121-20")),
        substitutes=None,
        secrecy=SecrecyRule(postpones=True, citation=_remote("R18", 3)),
        publicity=PublicityRule(public=True, citation=_remote("R12", 5)),
        summons=_remote("R14", 6),
        proclamation=_remote("R20", 3),
        police=_municipal("R34", "2121-16"),
        item_rule=_item,
        convening=Convening(
            notice=NoticeRule(
                days=max(NOTICE_DAYS, orders.notice_days or 0), urgent_days=1, citation=_municipal("R31", "2121-12")
            ),
            reconvening=in_three_days(second),
            arrangements=ArrangementsRule(source=ArrangementsSource.STANDING_ORDERS, citation=_remote("R15", 7)),
            room_each_half_year=_remote("R11", 4),
        ),
        conduct=Conduct(
            remote=present(_remote("R08", 2)),
            audio_only=doubtful(_remote("R09", 1)),
            broadcast=_remote("R12", 5),
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=_remote("R18", 3)),
            in_camera=CameraRule(
                requesters=5,
                majority_base=MajorityBase.PRESENT_OR_REPRESENTED,
                citation=cgct("R33", "L. 5211-11", confirmed=False),
            ),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """Elections of the executive, the initial budget and designations cannot be taken remotely (R56)."""
    if subject in _FORBIDDEN:
        return ItemRule(stance=Stance.FORBIDDEN, citation=_remote("R10", 4))
    return ItemRule(stance=Stance.ALLOWED)
