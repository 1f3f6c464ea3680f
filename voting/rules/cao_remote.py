"""*Commission d'appel d'offres* by telephone or video (``cao-remote/1``): CGCT L. 1411-5 and ordonnance 2014-1329."""

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import (
    ArrangementsRule,
    ArrangementsSource,
    Conduct,
    Convening,
    ReconveningRule,
    RecordingRule,
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
from voting.rules import articles
from voting.rules.book import RECORDED_ONLY, RuleBook, own_notice, present


def tender_committee_remote(orders: StandingOrders) -> RuleBook:
    """The rules of a remote tender committee: substitutes instead of proxies (R44), never public (R47).

    No casting vote unless the committee's own rules give one (R52). The majority of votes cast and the proclamation by
    the chair are analogies, cited as not confirmed: no text of its own was found.
    """
    return RuleBook(
        name="cao-remote/1",
        body=Body.TENDER_COMMITTEE,
        quorum_base=QuorumBase.PRESENT,
        quorum_citation=articles.TENDER_QUORUM,
        second_convocation=articles.TENDER_QUORUM,
        methods=MethodRule(allowed=RECORDED_ONLY, citation=articles.TENDER_SECRECY),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.TENDER_MAJORITY),
        tie=TieRule(chair_prevails=orders.casting_vote, citation=articles.TENDER_CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=0, citation=articles.TENDER_NO_PROXY),
        substitutes=articles.TENDER_SUBSTITUTES,
        secrecy=SecrecyRule(postpones=True, citation=articles.TENDER_SECRECY),
        publicity=PublicityRule(public=False, citation=articles.TENDER_CONFIDENTIALITY),
        summons=None,
        proclamation=articles.TENDER_PROCLAMATION,
        police=articles.TENDER_CHAIR,
        item_rule=_item,
        convening=Convening(
            notice=own_notice(orders, articles.TENDER_NOTICE),
            reconvening=ReconveningRule(days=None, citation=articles.TENDER_QUORUM),
            arrangements=ArrangementsRule(source=ArrangementsSource.PARENT_OR_BODY, citation=articles.TENDER_RECORDING),
        ),
        conduct=Conduct(
            remote=present(articles.TENDER_DEEMED_PRESENT),
            audio_only=present(articles.TENDER_DEEMED_PRESENT),
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=articles.TENDER_SECRECY),
            recording=RecordingRule(is_allowed=orders.recording_settled, citation=articles.TENDER_RECORDING),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """Everything that a tender committee takes may be taken remotely (R46)."""
    return ItemRule(stance=Stance.ALLOWED, citation=articles.TENDER_REMOTE)
