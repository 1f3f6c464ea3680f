"""The emergency of 2020 to 2022, from afar (``emergency-2020/1`` and ``emergency-2020-committee/1``): loi 2020-290.

History: for a rehearsal or a replay. The first name is the regional council's, the second its standing committee's.
"""

from dataclasses import replace
from datetime import date

from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import (
    ArrangementsRule,
    ArrangementsSource,
    Conduct,
    Convening,
    RequestRule,
)
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
)
from voting.rules import articles
from voting.rules.book import RECORDED_ONLY, RuleBook, in_three_days, lawful_notice, own_notice, present
from voting.rules.council_remote import IN_CAMERA, NOTICE_DAYS
from voting.rules.cpr_remote import SIZE
from voting.rules.figures import THIRD

LAST_DAY = date(2022, 7, 31)
END = Citation(rule="R54", article="loi n° 2021-1465", confirmed=False)
"""The law that is said to have set the last day: not read in a source."""

QUORUM = Citation(rule="R54", article="loi n° 2020-290 du 23 mars 2020, art. 10")
PUBLICITY = Citation(rule="R12", article="loi n° 2020-1379 du 14 novembre 2020, art. 6 II")
_REMOTE = "ord. n° 2020-391 du 1er avril 2020, art. 6"
VIDEO_OR_AUDIO = Citation(rule="R55", article=f"{_REMOTE} I")
ARRANGEMENTS = Citation(rule="R55", article=_REMOTE)
METHODS = Citation(rule="R16", article=f"{_REMOTE} II")
CASTING_VOTE = Citation(rule="R19", article=f"{_REMOTE} II")
PROCLAMATION = Citation(rule="R20", article=f"{_REMOTE} II")
SECRECY = Citation(rule="R18", article=f"{_REMOTE} II", confirmed=False)
PRESENCE = Citation(rule="R08", article=f"{_REMOTE} III")
SUMMONS = Citation(rule="R14", article=f"{_REMOTE} IV", confirmed=False)


def emergency_council(orders: StandingOrders) -> RuleBook:
    """The rules of a remote regional council: a third of its members present (R54), by video or by telephone (R55)."""
    return RuleBook(
        name="emergency-2020/1",
        body=Body.COUNCIL,
        quorum_base=QuorumBase.PRESENT,
        quorum_citation=QUORUM,
        second_convocation=QUORUM,
        threshold=THIRD,
        methods=MethodRule(allowed=RECORDED_ONLY, citation=METHODS),
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.MAJORITY),
        tie=TieRule(chair_prevails=True, citation=CASTING_VOTE),
        proxies=ProxyRule(max_per_holder=2, citation=QUORUM),
        substitutes=None,
        secrecy=SecrecyRule(postpones=True, citation=SECRECY),
        publicity=PublicityRule(public=True, citation=PUBLICITY),
        summons=SUMMONS,
        proclamation=PROCLAMATION,
        police=articles.POLICE,
        item_rule=_item,
        convening=Convening(
            notice=lawful_notice(orders, NOTICE_DAYS, articles.COUNCIL_NOTICE),
            reconvening=in_three_days(QUORUM),
            arrangements=ArrangementsRule(source=ArrangementsSource.FIRST_MEETING, citation=ARRANGEMENTS),
        ),
        conduct=Conduct(
            remote=present(PRESENCE),
            audio_only=present(VIDEO_OR_AUDIO),
            broadcast=PUBLICITY,
            secret_ballot=RequestRule(threshold=orders.secret_ballot, citation=SECRECY),
            in_camera=IN_CAMERA,
        ),
    )


def emergency_committee(orders: StandingOrders) -> RuleBook:
    """The rules of its remote standing committee: the same, but that it is not public and counts presence alone."""
    book = emergency_council(orders)
    return replace(
        book,
        name="emergency-2020-committee/1",
        body=Body.STANDING_COMMITTEE,
        majority=MajorityRule(base=MajorityBase.VOTES_CAST, citation=articles.STANDING_MAJORITY),
        publicity=PublicityRule(public=orders.public_board, citation=articles.STANDING_NOT_PUBLIC),
        convening=replace(book.convening, notice=own_notice(orders, articles.STANDING_NOTICE), size=SIZE),
        conduct=replace(book.conduct, broadcast=None, in_camera=None),
    )


def _item(subject: LegalSubject) -> ItemRule:
    """No list of forbidden subjects was found; an election by secret ballot cannot be held by recorded votes."""
    if subject in (LegalSubject.ORDINARY, LegalSubject.INITIAL_BUDGET):
        return ItemRule(stance=Stance.ALLOWED)
    return ItemRule(stance=Stance.WARNED, citation=SECRECY)
