"""Whoever is no French local authority (``association/1``): its own rules are its law, wherever its members are.

Where they are silent, the answers are the usual ones: more than half present, one proxy, votes cast, a tie rejects.
"""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import Conduct, Convening, ReconveningRule, RequestRule
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
    VotingMethod,
)
from voting.domain.standing_orders import MORE_THAN_HALF
from voting.rules.book import RECORDED_ONLY, RuleBook, asked_by, own_notice, present

OPEN = RECORDED_ONLY | {VotingMethod.SHOW_OF_HANDS}
"""The ways of voting in which one sees who votes what."""


def statutes(rule: str) -> Citation:
    """The rules that the association made for itself: nobody here has read them."""
    return Citation(rule=rule, article="statuts et règlement intérieur de l’association", confirmed=False)


def association(orders: StandingOrders) -> RuleBook:
    """The rules of an association, all from its standing orders.

    One way of voting is out, whatever its rules say: a secret ballot from afar, whose secret nobody here would keep.
    """
    proxies = orders.proxies_per_holder
    return RuleBook(
        name="association/1",
        body=Body.ASSOCIATION,
        quorum_base=orders.quorum_base or QuorumBase.PRESENT,
        quorum_citation=statutes("R01"),
        second_convocation=statutes("R04"),
        threshold=orders.quorum or MORE_THAN_HALF,
        methods=MethodRule(allowed=OPEN, citation=statutes("R16")),
        majority=MajorityRule(
            base=orders.majority_base or MajorityBase.VOTES_CAST,
            citation=statutes("R21"),
            threshold=orders.majority or MORE_THAN_HALF,
        ),
        tie=TieRule(chair_prevails=orders.casting_vote, citation=statutes("R19")),
        proxies=ProxyRule(max_per_holder=1 if proxies is None else proxies, citation=statutes("R27")),
        substitutes=None,
        secrecy=SecrecyRule(postpones=True, citation=statutes("R18")),
        publicity=PublicityRule(public=orders.public_board, citation=statutes("R13")),
        summons=None,
        proclamation=statutes("R20"),
        police=statutes("R34"),
        unanimity=statutes("R22"),
        recusal=statutes("R24"),
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, statutes("R32")),
            reconvening=ReconveningRule(days=None, citation=statutes("R04")),
        ),
        conduct=Conduct(
            remote=present(statutes("R08")),
            audio_only=present(statutes("R09")),
            public_ballot=asked_by(orders.public_ballot, statutes("R25")),
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=statutes("R18")),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """No law keeps a subject out."""
    return ItemRule(stance=Stance.ALLOWED)
