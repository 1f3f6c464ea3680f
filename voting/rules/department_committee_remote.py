"""*Commission permanente départementale*, remote or hybrid (``department-committee-remote/1``).

Loi 3DS art. 170 over CGCT L. 3121-14-1. The article of the code on its remote sittings was not found.
"""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import (
    ArrangementsRule,
    ArrangementsSource,
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
from voting.rules.book import RECORDED_ONLY, RuleBook, doubtful, in_three_days, own_notice, present


def department_committee_remote(orders: StandingOrders) -> RuleBook:
    """The rules of the remote standing committee of a département, twins of those of a region (R57).

    The quorum counts the members present or represented (R02). The remote text speaks of presence alone: that figure is
    shown beside (R03), and the standing orders may take it as the base.
    """
    present_only = orders.quorum_base is QuorumBase.PRESENT
    return RuleBook(
        name="department-committee-remote/1",
        body=Body.DEPARTMENT_COMMITTEE,
        quorum_base=QuorumBase.PRESENT if present_only else QuorumBase.PRESENT_OR_REPRESENTED,
        quorum_citation=articles.COMMITTEE_REMOTE_QUORUM if present_only else articles.COMMITTEE_QUORUM,
        second_convocation=articles.COMMITTEE_SECOND_CONVOCATION,
        advisory_base=None if present_only else QuorumBase.PRESENT,
        methods=MethodRule(allowed=RECORDED_ONLY, citation=articles.COMMITTEE_METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.COMMITTEE_MAJORITY),
        tie=TieRule(chair_prevails=True, citation=articles.CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=1, citation=articles.PROXY),
        substitutes=None,
        secrecy=SecrecyRule(postpones=True, citation=articles.COMMITTEE_SECRECY),
        publicity=PublicityRule(public=orders.public_board, citation=articles.COMMITTEE_NOT_PUBLIC),
        summons=articles.COMMITTEE_SUMMONS,
        proclamation=articles.COMMITTEE_PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, articles.COMMITTEE_NOTICE),
            reconvening=in_three_days(articles.COMMITTEE_SECOND_CONVOCATION),
            arrangements=ArrangementsRule(
                source=ArrangementsSource.STANDING_ORDERS, citation=articles.COMMITTEE_ARRANGEMENTS
            ),
        ),
        conduct=Conduct(
            remote=present(articles.COMMITTEE_REMOTE_PRESENCE),
            audio_only=doubtful(articles.COMMITTEE_VIDEO),
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=articles.COMMITTEE_SECRECY),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """R10 and R26 bind the council; here a designation to outside bodies is a warning, never a block."""
    if subject is LegalSubject.OUTSIDE_BODIES:
        return ItemRule(stance=Stance.WARNED, citation=articles.NOMINATIONS)
    return ItemRule(stance=Stance.ALLOWED)
