"""*Conseil départemental* in one room (``department-room/1``): CGCT L. 3121-11 to L. 3121-19."""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import Conduct, Convening, RequestRule
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
from voting.rules.book import (
    IN_THE_ROOM,
    RuleBook,
    SpecialQuorum,
    in_three_days,
    lawful_notice,
    not_present,
)
from voting.rules.department_remote import IN_CAMERA, NOTICE_DAYS
from voting.rules.figures import SIXTH, TWO_THIRDS

_ELECTION = SpecialQuorum(
    subjects=frozenset({LegalSubject.PRESIDENCY_ELECTION}),
    threshold=TWO_THIRDS,
    citation=articles.COUNCIL_ELECTION_QUORUM,
)


def department_room(orders: StandingOrders) -> RuleBook:
    """The rules of a council of a département whose members are all in one place, twins of those of a region (R57)."""
    return RuleBook(
        name="department-room/1",
        body=Body.DEPARTMENT,
        quorum_base=QuorumBase.PRESENT,
        quorum_citation=articles.COUNCIL_QUORUM,
        second_convocation=articles.COUNCIL_SECOND_CONVOCATION,
        special_quorum=_ELECTION,
        methods=MethodRule(allowed=IN_THE_ROOM, citation=articles.PUBLIC_BALLOT),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.MAJORITY),
        tie=TieRule(chair_prevails=True, citation=articles.CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=1, citation=articles.PROXY),
        substitutes=None,
        secrecy=SecrecyRule(postpones=False, citation=articles.NOMINATIONS),
        publicity=PublicityRule(public=True, citation=articles.IN_CAMERA),
        summons=None,
        proclamation=articles.COUNCIL_PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=lawful_notice(orders, NOTICE_DAYS, articles.COUNCIL_NOTICE),
            reconvening=in_three_days(articles.COUNCIL_SECOND_CONVOCATION),
        ),
        conduct=Conduct(
            remote=not_present(articles.COUNCIL_QUORUM),
            audio_only=not_present(articles.COUNCIL_QUORUM),
            public_ballot=RequestRule(threshold=SIXTH, citation=articles.PUBLIC_BALLOT),
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=articles.NOMINATIONS),
            in_camera=IN_CAMERA,
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """Everything may be taken; a designation to outside bodies may have to be voted in secret (R26)."""
    if subject is LegalSubject.OUTSIDE_BODIES:
        return ItemRule(stance=Stance.WARNED, citation=articles.NOMINATIONS)
    return ItemRule(stance=Stance.ALLOWED)
