"""*Commission d'appel d'offres* in one room (``cao-room/1``): CGCT L. 1411-5 and its own standing orders."""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import Convening, ReconveningRule, RequestRule
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
from voting.rules import articles
from voting.rules.book import IN_THE_ROOM, RuleBook, in_one_room, own_notice


def tender_committee_room(orders: StandingOrders) -> RuleBook:
    """The rules of a tender committee around one table: substitutes instead of proxies (R44), never public (R53).

    As from afar, the majority of votes cast is an analogy, cited as not confirmed.
    """
    return RuleBook(
        name="cao-room/1",
        body=Body.TENDER_COMMITTEE,
        quorum_base=QuorumBase.PRESENT,
        quorum_citation=articles.TENDER_QUORUM,
        second_convocation=articles.TENDER_QUORUM,
        methods=MethodRule(allowed=IN_THE_ROOM, citation=articles.TENDER_ROOM_METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.TENDER_MAJORITY),
        tie=TieRule(chair_prevails=orders.casting_vote, citation=articles.TENDER_CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=0, citation=articles.TENDER_NO_PROXY),
        substitutes=articles.TENDER_SUBSTITUTES,
        secrecy=SecrecyRule(postpones=False, citation=articles.TENDER_ROOM_METHODS),
        publicity=PublicityRule(public=False, citation=articles.TENDER_PRIVATE),
        summons=None,
        proclamation=articles.TENDER_ROOM_PROCLAMATION,
        police=articles.TENDER_CHAIR,
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, articles.TENDER_NOTICE),
            reconvening=ReconveningRule(days=None, citation=articles.TENDER_QUORUM),
        ),
        conduct=in_one_room(
            articles.TENDER_QUORUM,
            RequestRule(threshold=orders.secret_ballot, citation=articles.TENDER_ROOM_METHODS),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """Everything that a tender committee takes may be taken around a table."""
    return ItemRule(stance=Stance.ALLOWED)
