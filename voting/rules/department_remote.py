"""*Conseil départemental*, remote or hybrid (``department-remote/1``): CGCT L. 3121-9-1 over L. 3121-14."""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import (
    ArrangementsRule,
    ArrangementsSource,
    CameraRule,
    Conduct,
    Convening,
    RequestRule,
)
from voting.domain.ruleset import (
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
from voting.rules import department_articles as articles
from voting.rules.book import RECORDED_ONLY, RuleBook, doubtful, in_three_days, lawful_notice, present

NOTICE_DAYS = 12
"""The reports leave at least that long before (R31)."""

IN_CAMERA = CameraRule(requesters=5, majority_base=MajorityBase.PRESENT_OR_REPRESENTED, citation=articles.IN_CAMERA)


def department_remote(orders: StandingOrders) -> RuleBook:
    """The rules of a remote council of a département, twins of those of a region (R57)."""
    return RuleBook(
        name="department-remote/1",
        body=Body.DEPARTMENT,
        quorum_base=QuorumBase.PRESENT,
        quorum_citation=articles.COUNCIL_QUORUM,
        second_convocation=articles.COUNCIL_SECOND_CONVOCATION,
        methods=MethodRule(allowed=RECORDED_ONLY, citation=articles.REMOTE_METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.MAJORITY),
        tie=TieRule(chair_prevails=True, citation=articles.CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=1, citation=articles.PROXY),
        substitutes=None,
        secrecy=SecrecyRule(postpones=True, citation=articles.REMOTE_SECRECY),
        publicity=PublicityRule(public=True, citation=articles.COUNCIL_BROADCAST),
        summons=articles.REMOTE_SUMMONS,
        proclamation=articles.REMOTE_PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=lawful_notice(orders, NOTICE_DAYS, articles.COUNCIL_NOTICE),
            reconvening=in_three_days(articles.COUNCIL_SECOND_CONVOCATION),
            arrangements=ArrangementsRule(
                source=ArrangementsSource.STANDING_ORDERS, citation=articles.REMOTE_ARRANGEMENTS
            ),
            room_each_half_year=articles.ROOM_EACH_HALF_YEAR,
        ),
        conduct=Conduct(
            remote=present(articles.REMOTE_PRESENCE),
            audio_only=doubtful(articles.REMOTE_VIDEO),
            broadcast=articles.COUNCIL_BROADCAST,
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=articles.REMOTE_SECRECY),
            in_camera=IN_CAMERA,
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """Elections of the executive, the initial budget and designations cannot be taken remotely (R10)."""
    if subject is LegalSubject.ORDINARY:
        return ItemRule(stance=Stance.ALLOWED)
    return ItemRule(stance=Stance.FORBIDDEN, citation=articles.REMOTE_ITEMS)
