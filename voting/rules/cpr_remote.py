"""*Commission permanente régionale*, remote or hybrid (``cpr-remote/1``): loi 3DS art. 170 over CGCT L. 4132-13-1.

The article of the remote standing committee itself (L. 4133-6-2 ?) was not read in a source: its citations say so.
"""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import (
    ArrangementsRule,
    ArrangementsSource,
    Conduct,
    Convening,
    RequestRule,
    SizeRule,
)
from voting.domain.ruleset import (
    ItemRule,
    MajorityBase,
    MajorityRule,
    MethodRule,
    PublicityRule,
    QuorumBase,
    SecrecyRule,
    Stance,
    StandingOrders,
    TieRule,
)
from voting.rules import articles
from voting.rules.book import ONE_PROXY, RECORDED_ONLY, RuleBook, doubtful, in_three_days, own_notice, present

SIZE = SizeRule(denominator=3, citation=articles.STANDING_SIZE)
"""A third of the council at most (R30)."""


def standing_committee_remote(orders: StandingOrders) -> RuleBook:
    """The rules of a remote *commission permanente*.

    The quorum counts the members present or represented (R02). The remote text speaks of presence alone: that figure is
    shown beside (R03), and the standing orders may take it as the base.
    """
    present_only = orders.quorum_base is QuorumBase.PRESENT
    return RuleBook(
        name="cpr-remote/1",
        body=Body.STANDING_COMMITTEE,
        quorum_base=QuorumBase.PRESENT if present_only else QuorumBase.PRESENT_OR_REPRESENTED,
        quorum_citation=articles.STANDING_REMOTE_QUORUM if present_only else articles.STANDING_QUORUM,
        second_convocation=articles.STANDING_SECOND_CONVOCATION,
        advisory_base=None if present_only else QuorumBase.PRESENT,
        methods=MethodRule(allowed=RECORDED_ONLY, citation=articles.STANDING_METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.STANDING_MAJORITY),
        tie=TieRule(chair_prevails=True, citation=articles.CASTING_VOTE),
        proxies=ONE_PROXY,
        substitutes=None,
        secrecy=SecrecyRule(postpones=True, citation=articles.STANDING_SECRECY),
        publicity=PublicityRule(public=orders.public_board, citation=articles.STANDING_NOT_PUBLIC),
        summons=articles.STANDING_SUMMONS,
        proclamation=articles.STANDING_PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, articles.STANDING_NOTICE),
            reconvening=in_three_days(articles.STANDING_SECOND_CONVOCATION),
            arrangements=ArrangementsRule(
                source=ArrangementsSource.STANDING_ORDERS, citation=articles.STANDING_ARRANGEMENTS
            ),
            size=SIZE,
        ),
        conduct=Conduct(
            remote=present(articles.STANDING_REMOTE_PRESENCE),
            audio_only=doubtful(articles.STANDING_VIDEO),
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=articles.STANDING_SECRECY),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """R10 and R26 bind the council; here a designation to outside bodies is a warning, never a block."""
    if subject is LegalSubject.OUTSIDE_BODIES:
        return ItemRule(stance=Stance.WARNED, citation=articles.NOMINATIONS)
    return ItemRule(stance=Stance.ALLOWED)
