"""A rule set as data: one field per answer, two small functions where the answer depends on a figure or a subject."""

from collections.abc import Callable
from dataclasses import dataclass

from voting.domain.assembly import AgendaItem, Body, LegalSubject
from voting.domain.minuting import MinutesRule
from voting.domain.procedure import Conduct, Convening, NoticeRule, PresenceRule, ReconveningRule, RequestRule
from voting.domain.ruleset import (
    Citation,
    ContestRule,
    ItemRule,
    MajorityRule,
    MethodRule,
    ProxyRule,
    PublicityRule,
    QuorumBase,
    QuorumRule,
    SecrecyRule,
    Stance,
    StandingOrders,
    TieRule,
    VotingMethod,
)
from voting.domain.standing_orders import MORE_THAN_HALF, Threshold
from voting.rules import articles, contests, document

RECORDED_ONLY = frozenset({VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL})
"""Public votes whose names go into the minutes: what a remote sitting allows."""

IN_THE_ROOM = frozenset(VotingMethod)
"""Whatever lets those who are together vote."""

THREE_DAYS = 3
"""Between a sitting without quorum and the next one (R04, R54)."""

ONE_PROXY = ProxyRule(max_per_holder=1, citation=articles.PROXY)


def present(citation: Citation) -> PresenceRule:
    """Whoever takes part in that way is present."""
    return PresenceRule(stance=Stance.ALLOWED, citation=citation)


def doubtful(citation: Citation) -> PresenceRule:
    """The text names another way only: the chair decides."""
    return PresenceRule(stance=Stance.WARNED, citation=citation)


def not_present(citation: Citation) -> PresenceRule:
    """Whoever takes part in that way is not present."""
    return PresenceRule(stance=Stance.FORBIDDEN, citation=citation)


def asked_by(threshold: Threshold | None, citation: Citation) -> RequestRule | None:
    """Such a part of the members present may ask, where the standing orders say so."""
    return None if threshold is None else RequestRule(threshold=threshold, citation=citation)


def in_one_room(quorum: Citation, secret_ballot: RequestRule, public_ballot: RequestRule | None = None) -> Conduct:
    """Where only those in the room are present, and where nothing else is asked of the sitting."""
    return Conduct(
        remote=not_present(quorum),
        audio_only=not_present(quorum),
        public_ballot=public_ballot,
        secret_ballot=secret_ballot,
    )


def in_three_days(citation: Citation) -> ReconveningRule:
    """The second sitting is held three days later."""
    return ReconveningRule(days=THREE_DAYS, citation=citation)


def own_notice(orders: StandingOrders, citation: Citation) -> NoticeRule:
    """The delay that the standing orders set; no law does."""
    return NoticeRule(days=orders.notice_days, urgent_days=None, citation=citation)


def lawful_notice(orders: StandingOrders, days: int, citation: Citation) -> NoticeRule:
    """The delay of the law, or a longer one of the standing orders; one clear day in an emergency (R31)."""
    return NoticeRule(days=max(days, orders.notice_days or 0), urgent_days=1, citation=citation)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialQuorum:
    """Another quorum for some subjects, always of the members present."""

    subjects: frozenset[LegalSubject]
    threshold: Threshold
    citation: Citation


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
    convening: Convening
    conduct: Conduct
    threshold: Threshold = MORE_THAN_HALF
    special_quorum: SpecialQuorum | None = None
    unanimity: Citation = articles.UNANIMITY
    recusal: Citation = articles.RECUSAL
    speaking: Citation = articles.SPEAKING
    silence: Citation = articles.SILENCE

    def quorum(
        self, in_office: int, *, second_convocation: bool, subject: LegalSubject = LegalSubject.ORDINARY
    ) -> QuorumRule:
        """That part of the seats; none on the second convocation (R01, R02, R04, R07, R43, R54)."""
        special = self.special_quorum
        if special is not None and subject in special.subjects:
            threshold, base, citation = special.threshold, QuorumBase.PRESENT, special.citation
        else:
            threshold, base, citation = self.threshold, self.quorum_base, self.quorum_citation
        return QuorumRule(
            required=0 if second_convocation else threshold.of(in_office),
            base=base,
            in_office=in_office,
            citation=self.second_convocation if second_convocation else citation,
            advisory_base=self.advisory_base,
            threshold=threshold,
        )

    @property
    def minutes(self) -> MinutesRule:
        """Approved by the next sitting and published, or neither (R36, R37, R53)."""
        return document.rule_for(self.body, self.publicity)

    def item(self, subject: LegalSubject) -> ItemRule:
        """Whether an item on that subject may be taken."""
        return self.item_rule(subject)

    def contest(self, item: AgendaItem, orders: StandingOrders) -> ContestRule:
        """How one is chosen among several on that item (R07, R26)."""
        law = contests.LAW.get(self.name, contests.house_contest)
        return law(item, orders, self.tie.chair_prevails)
