"""*Commission d'appel d'offres* by an exchange of writings (``cao-written/1``): ordonnance 2014-1329, art. 3 and 4."""

from dataclasses import replace

from voting.domain.assembly import LegalSubject
from voting.domain.procedure import ParticipationRule
from voting.domain.ruleset import ItemRule, MethodRule, Stance, StandingOrders, VotingMethod
from voting.rules import articles
from voting.rules.book import RuleBook, present
from voting.rules.cao_remote import tender_committee_remote
from voting.rules.figures import HALF


def tender_committee_written(orders: StandingOrders) -> RuleBook:
    """The rules of a tender committee that writes to one another: those from afar, but for what follows.

    At least half must really have taken part, whatever the quorum and the convocation (R50). Our reading: who writes is
    present, since the text keeps the quorum of the committee beside that half.
    """
    book = tender_committee_remote(orders)
    written = present(articles.TENDER_WRITTEN)
    return replace(
        book,
        name="cao-written/1",
        methods=MethodRule(allowed=frozenset({VotingMethod.ELECTRONIC}), citation=articles.TENDER_WRITTEN),
        item_rule=_item,
        conduct=replace(
            book.conduct,
            remote=written,
            audio_only=written,
            participation=ParticipationRule(threshold=HALF, citation=articles.TENDER_PARTICIPATION),
        ),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """Whatever a tender committee takes may be taken in writing."""
    return ItemRule(stance=Stance.ALLOWED, citation=articles.TENDER_WRITTEN)
