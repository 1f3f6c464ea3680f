"""A rule set as data: one field per answer, two small functions where the answer depends on a figure or a subject."""

from collections.abc import Callable
from dataclasses import dataclass

from voting.domain.assembly import Body, LegalSubject
from voting.domain.ruleset import (
    Citation,
    ItemRule,
    MajorityRule,
    MethodRule,
    ProxyRule,
    PublicityRule,
    QuorumBase,
    QuorumRule,
    SecrecyRule,
    TieRule,
    VotingMethod,
)
from voting.rules import articles
from voting.rules.figures import more_than_half

RECORDED_ONLY = frozenset({VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL})
"""Public votes whose names go into the minutes: what a remote sitting allows."""

ONE_PROXY = ProxyRule(max_per_holder=1, citation=articles.PROXY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """One released rule set under given standing orders; satisfies ``voting.domain.ruleset.RuleSet``."""

    name: str
    body: Body
    quorum_base: QuorumBase
    quorum_citation: Citation
    second_convocation: Citation
    """Why no quorum is asked the second time."""
    advisory_base: QuorumBase | None = None
    methods: MethodRule
    majority: MajorityRule
    tie: TieRule
    proxies: ProxyRule
    substitutes: Citation | None
    secrecy: SecrecyRule
    publicity: PublicityRule
    summons: Citation | None
    proclamation: Citation
    police: Citation
    item_rule: Callable[[LegalSubject], ItemRule]
    unanimity: Citation = articles.UNANIMITY
    recusal: Citation = articles.RECUSAL

    def quorum(self, in_office: int, *, second_convocation: bool) -> QuorumRule:
        """More than half of the seats; none on the second convocation (R01, R02, R04, R43)."""
        return QuorumRule(
            required=0 if second_convocation else more_than_half(in_office),
            base=self.quorum_base,
            in_office=in_office,
            citation=self.second_convocation if second_convocation else self.quorum_citation,
            advisory_base=self.advisory_base,
        )

    def item(self, subject: LegalSubject) -> ItemRule:
        """Whether an item on that subject may be taken."""
        return self.item_rule(subject)
