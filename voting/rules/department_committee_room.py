"""*Commission permanente départementale* in one room (``department-committee-room/1``): CGCT L. 3121-14-1."""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import Convening, RequestRule
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
from voting.rules.book import IN_THE_ROOM, RuleBook, asked_by, in_one_room, in_three_days, own_notice


def department_committee_room(orders: StandingOrders) -> RuleBook:
    """The rules of the standing committee of a département in one place, twins of those of a region (R57).

    Its quorum counts the members present or represented, whatever the standing orders say (R02): only the remote text
    may be read otherwise. How it votes is for its standing orders: no law says.
    """
    return RuleBook(
        name="department-committee-room/1",
        body=Body.DEPARTMENT_COMMITTEE,
        quorum_base=QuorumBase.PRESENT_OR_REPRESENTED,
        quorum_citation=articles.COMMITTEE_QUORUM,
        second_convocation=articles.COMMITTEE_SECOND_CONVOCATION,
        methods=MethodRule(allowed=IN_THE_ROOM, citation=articles.COMMITTEE_ROOM_METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.COMMITTEE_MAJORITY),
        tie=TieRule(chair_prevails=True, citation=articles.CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=1, citation=articles.PROXY),
        substitutes=None,
        secrecy=SecrecyRule(postpones=False, citation=articles.COMMITTEE_ROOM_SECRECY),
        publicity=PublicityRule(public=orders.public_board, citation=articles.COMMITTEE_NOT_PUBLIC),
        summons=None,
        proclamation=articles.COMMITTEE_ROOM_PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, articles.COMMITTEE_NOTICE),
            reconvening=in_three_days(articles.COMMITTEE_SECOND_CONVOCATION),
        ),
        conduct=in_one_room(
            articles.COMMITTEE_QUORUM,
            RequestRule(threshold=orders.secret_ballot, citation=articles.COMMITTEE_ROOM_SECRECY),
            asked_by(orders.public_ballot, articles.COMMITTEE_PUBLIC_BALLOT),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """A designation to outside bodies may have to be voted in secret (R26): a warning, never a block."""
    if subject is LegalSubject.OUTSIDE_BODIES:
        return ItemRule(stance=Stance.WARNED, citation=articles.NOMINATIONS)
    return ItemRule(stance=Stance.ALLOWED)
