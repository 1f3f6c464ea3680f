"""*Commission permanente régionale* in one room (``cpr-room/1``): CGCT L. 4132-13-1 and its own standing orders."""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import Convening, RequestRule
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
from voting.rules.book import IN_THE_ROOM, ONE_PROXY, RuleBook, asked_by, in_one_room, in_three_days, own_notice
from voting.rules.cpr_remote import SIZE


def standing_committee_room(orders: StandingOrders) -> RuleBook:
    """The rules of a *commission permanente* whose members are all in one place.

    Its quorum counts the members present or represented, whatever the standing orders say (R02): only the remote text
    may be read otherwise. How it votes is for its standing orders: no law says.
    """
    return RuleBook(
        name="cpr-room/1",
        body=Body.STANDING_COMMITTEE,
        quorum_base=QuorumBase.PRESENT_OR_REPRESENTED,
        quorum_citation=articles.STANDING_QUORUM,
        second_convocation=articles.STANDING_SECOND_CONVOCATION,
        methods=MethodRule(allowed=IN_THE_ROOM, citation=articles.STANDING_ROOM_METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.STANDING_MAJORITY),
        tie=TieRule(chair_prevails=True, citation=articles.CASTING_VOTE),
        proxies=ONE_PROXY,
        substitutes=None,
        secrecy=SecrecyRule(postpones=False, citation=articles.STANDING_ROOM_SECRECY),
        publicity=PublicityRule(public=orders.public_board, citation=articles.STANDING_NOT_PUBLIC),
        summons=None,
        proclamation=articles.STANDING_ROOM_PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, articles.STANDING_NOTICE),
            reconvening=in_three_days(articles.STANDING_SECOND_CONVOCATION),
            size=SIZE,
        ),
        conduct=in_one_room(
            articles.STANDING_QUORUM,
            RequestRule(threshold=orders.secret_ballot, citation=articles.STANDING_ROOM_SECRECY),
            asked_by(orders.public_ballot, articles.STANDING_PUBLIC_BALLOT),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """A designation to outside bodies may have to be voted in secret (R26): a warning, never a block."""
    if subject is LegalSubject.OUTSIDE_BODIES:
        return ItemRule(stance=Stance.WARNED, citation=articles.NOMINATIONS)
    return ItemRule(stance=Stance.ALLOWED)
