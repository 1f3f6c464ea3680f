"""The rows of bodies apart: the tender committee, the emergency of 2020, the twins of the Region, associations."""

import pytest

from tests.kit.given import given
from tests.kit.sittings import (
    CHAIR,
    arrivals,
    arrive,
    first,
    m,
    proxy,
    standing_committee,
)
from tests.rules.books import BOTH, ELECTION, PRESENT, emergency, remote, room, written
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, LegalSubject
from voting.domain.procedure import ArrangementsSource, ReconveningRule, RecordingRule
from voting.domain.refusals import QuorumNotReached
from voting.domain.ruleset import (
    ItemRule,
    MajorityBase,
    RuleSet,
    Stance,
    StandingOrders,
    VotingMethod,
)
from voting.domain.standing_orders import GroupTime, Threshold
from voting.rules import articles, department_articles, emergency_2020
from voting.rules.figures import SIXTH


def test_R46_L1414_2_a_tender_committee_is_held_by_telephone_or_video_or_in_writing() -> None:
    for subject in LegalSubject:
        assert remote(Body.TENDER_COMMITTEE).item(subject).citation == articles.TENDER_REMOTE
        assert written().item(subject) == ItemRule(stance=Stance.ALLOWED, citation=articles.TENDER_WRITTEN)


def test_R47_ord_2014_1329_art_4_I_no_third_party_follows_a_tender_committee() -> None:
    for orders in (StandingOrders(), StandingOrders(public_board=True)):
        for book in (remote(Body.TENDER_COMMITTEE, orders), room(Body.TENDER_COMMITTEE, orders), written(orders)):
            assert not book.publicity.public
            assert book.conduct.broadcast is None


@pytest.mark.parametrize("settled", [False, True])
def test_R48_ord_2014_1329_art_4_I_debates_are_recorded_only_under_rules_that_were_voted(settled: bool) -> None:
    for book in (
        remote(Body.TENDER_COMMITTEE, StandingOrders(recording_settled=settled)),
        written(StandingOrders(recording_settled=settled)),
    ):
        assert book.conduct.recording == RecordingRule(is_allowed=settled, citation=articles.TENDER_RECORDING)
        assert book.convening.arrangements is not None
        assert book.convening.arrangements.source is ArrangementsSource.PARENT_OR_BODY


def test_R49_decree_2014_1627_art_7_1_both_ways_of_being_afar_are_presence() -> None:
    conduct = remote(Body.TENDER_COMMITTEE).conduct
    assert conduct.remote == conduct.audio_only
    assert (conduct.remote.stance, conduct.remote.citation) == (Stance.ALLOWED, articles.TENDER_DEEMED_PRESENT)


@pytest.mark.parametrize(("seats", "half"), [(6, 3), (5, 3), (7, 4)])
def test_R50_ord_2014_1329_art_4_II_half_at_least_take_part_in_a_written_exchange(seats: int, half: int) -> None:
    participation = written().conduct.participation
    assert participation is not None
    assert (participation.threshold.of(seats), participation.citation) == (half, articles.TENDER_PARTICIPATION)
    assert written().quorum(6, second_convocation=False).required == 4
    assert written().methods.allowed == {VotingMethod.ELECTRONIC}
    assert remote(Body.TENDER_COMMITTEE).conduct.participation is None


@pytest.mark.parametrize("casting", [False, True])
def test_R52_standing_orders_give_a_casting_vote_to_a_tender_committee_or_nobody(casting: bool) -> None:
    orders = StandingOrders(casting_vote=casting)
    for book in (room(Body.TENDER_COMMITTEE, orders), written(orders)):
        assert (book.tie.chair_prevails, book.tie.citation) == (casting, articles.TENDER_CASTING_VOTE)


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE])
def test_R54_loi_2020_290_art_10_a_third_present_two_proxies_three_days(body: Body) -> None:
    book = emergency(body, StandingOrders(quorum_base=BOTH))
    figures = [book.quorum(n, second_convocation=False) for n in (77, 60, 25)]
    assert [rule.required for rule in figures] == [26, 20, 9]
    assert {(rule.base, rule.citation) for rule in figures} == {(PRESENT, emergency_2020.QUORUM)}
    assert book.quorum(77, second_convocation=True).required == 0
    assert book.convening.reconvening == ReconveningRule(days=3, citation=emergency_2020.QUORUM)
    assert (book.proxies.max_per_holder, book.proxies.citation) == (2, emergency_2020.QUORUM)


def test_R54_loi_2020_290_art_10_a_sitting_of_that_time_opens_with_nine_of_twenty_five() -> None:
    law = emergency(Body.STANDING_COMMITTEE)
    eight = given(standing_committee(), *arrivals(first(8)), rules=law)
    eight.when(c.OpenSitting(by=CHAIR)).then(QuorumNotReached(counted=8, required=9, citation=emergency_2020.QUORUM))
    nine = eight.after(arrive(m(9)), c.OpenSitting(by=CHAIR))
    nine.after(proxy(m(20), m(2))).when(proxy(m(21), m(2))).then(e.ProxyGiven)


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE])
def test_R55_ord_2020_391_art_6_video_or_audio_arranged_by_the_first_meeting(body: Body) -> None:
    book = emergency(body)
    assert book.conduct.audio_only.stance is Stance.ALLOWED
    assert book.conduct.audio_only.citation == emergency_2020.VIDEO_OR_AUDIO
    assert book.convening.arrangements is not None
    assert book.convening.arrangements.source is ArrangementsSource.FIRST_MEETING
    assert book.methods.allowed == {VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL}
    assert book.secrecy.postpones
    assert (book.conduct.broadcast is not None) is (body is Body.COUNCIL)
    assert book.publicity.public is (body is Body.COUNCIL)


def test_R55_ord_2020_391_art_6_II_an_election_cannot_be_secret_from_afar() -> None:
    for subject in LegalSubject:
        free = subject in (LegalSubject.ORDINARY, LegalSubject.INITIAL_BUDGET)
        assert emergency(Body.COUNCIL).item(subject).stance is (Stance.ALLOWED if free else Stance.WARNED)


@pytest.mark.parametrize("subject", list(LegalSubject))
def test_R56_L5211_11_1_a_remote_council_of_an_EPCI_does_not_elect_nor_vote_the_initial_budget(
    subject: LegalSubject,
) -> None:
    free = subject in (LegalSubject.ORDINARY, LegalSubject.COMMISSIONS)
    rule = remote(Body.EPCI).item(subject)
    assert rule.stance is (Stance.ALLOWED if free else Stance.FORBIDDEN)
    if rule.citation is not None:
        assert "L. 5211-11-1" in rule.citation.article


def test_R56_L5211_11_1_a_remote_council_of_an_EPCI_is_a_twin() -> None:
    book = remote(Body.EPCI)
    rule = book.quorum(60, second_convocation=False)
    assert (rule.required, rule.base, rule.citation.confirmed) == (31, PRESENT, False)
    assert (book.proxies.max_per_holder, book.tie.chair_prevails, book.secrecy.postpones) == (1, True, True)
    assert book.convening.notice.days == 5
    assert remote(Body.EPCI, StandingOrders(notice_days=8)).convening.notice.days == 8


TWINS = [
    ("department-remote/1", "council-remote/1"),
    ("department-room/1", "council-room/1"),
    ("department-committee-remote/1", "cpr-remote/1"),
    ("department-committee-room/1", "cpr-room/1"),
]


@pytest.mark.parametrize("orders", [StandingOrders(), StandingOrders(quorum_base=PRESENT, public_board=True)])
@pytest.mark.parametrize(("twin", "regional"), TWINS)
def test_R57_L3121_9_1_and_14_to_16_a_departement_has_the_numbers_of_a_region(
    twin: str, regional: str, orders: StandingOrders
) -> None:
    ours, theirs = rules.find(twin, orders), rules.find(regional, orders)
    assert figures(ours) == figures(theirs)
    for subject in LegalSubject:
        assert ours.item(subject).stance is theirs.item(subject).stance


def figures(book: RuleSet) -> tuple[object, ...]:
    """What a rule set answers, its articles apart."""
    rule = book.quorum(77, second_convocation=False)
    election = book.quorum(77, second_convocation=False, subject=ELECTION)
    return (
        (rule.required, rule.base, rule.advisory_base, election.required),
        book.methods.allowed,
        (book.majority.base, book.majority.threshold),
        (book.tie.chair_prevails, book.proxies.max_per_holder, book.substitutes),
        (book.secrecy.postpones, book.publicity.public, book.summons is None),
        (book.convening.notice.days, book.convening.reconvening.days, book.convening.room_each_half_year is None),
        (book.conduct.remote.stance, book.conduct.audio_only.stance, book.conduct.broadcast is None),
    )


def test_R57_L3121_14_1_the_orders_choose_the_base_of_a_remote_departement_committee() -> None:
    strict = remote(Body.DEPARTMENT_COMMITTEE, StandingOrders(quorum_base=PRESENT)).quorum(25, second_convocation=False)
    assert (strict.base, strict.citation) == (PRESENT, department_articles.COMMITTEE_REMOTE_QUORUM)


def test_an_association_is_governed_by_its_own_rules() -> None:
    orders = StandingOrders(
        quorum=Threshold(numerator=1, denominator=4),
        quorum_base=BOTH,
        proxies_per_holder=3,
        majority=Threshold(numerator=2, denominator=3),
        majority_base=MajorityBase.PRESENT,
        casting_vote=True,
        public_board=True,
        public_ballot=SIXTH,
    )
    book = remote(Body.ASSOCIATION, orders)
    rule = book.quorum(101, second_convocation=False)
    assert (rule.required, rule.base, book.proxies.max_per_holder) == (26, BOTH, 3)
    assert (book.majority.base, book.majority.threshold.of(30)) == (MajorityBase.PRESENT, 20)
    assert book.tie.chair_prevails
    assert book.publicity.public
    assert book.conduct.public_ballot is not None
    assert not rule.citation.confirmed


def test_an_association_whose_rules_are_silent_has_the_usual_ones() -> None:
    book = room(Body.ASSOCIATION)
    rule = book.quorum(60, second_convocation=False)
    assert (rule.required, rule.base, book.proxies.max_per_holder) == (31, PRESENT, 1)
    assert (book.majority.base, book.tie.chair_prevails) == (MajorityBase.VOTES_CAST, False)
    assert remote(Body.ASSOCIATION, StandingOrders(proxies_per_holder=0)).proxies.max_per_holder == 0
    assert VotingMethod.SECRET not in book.methods.allowed


@pytest.mark.parametrize(("size", "seconds"), [(10, 240), (6, 144), (2, 60), (1, 60)])
def test_R58_standing_orders_share_the_time_by_size_with_a_floor(size: int, seconds: int) -> None:
    assert GroupTime(item_seconds=600, floor_seconds=60).allotted(size, 25) == seconds
    assert GroupTime(floor_seconds=60).allotted(size, 25) == 0
