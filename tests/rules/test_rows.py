"""The rows of the rule table that the rule sets answer beside quorum, votes and proxies: councils and committees."""

import pytest

from tests.kit.given import given
from tests.kit.sittings import (
    call,
    close_poll,
    first,
    leave,
    m,
    open_poll,
    opened,
    proclaim,
    standing_committee,
    votes,
)
from tests.rules.books import BOTH, COUNCILS, ELECTION, PRESENT, REMOTE_BODIES, emergency, remote, room, written
from voting import rules
from voting.domain import events as e
from voting.domain.assembly import Body, LegalSubject, Mode
from voting.domain.procedure import ArrangementsSource, NoticeRule, ReconveningRule
from voting.domain.refusals import QuorumNotReached
from voting.domain.ruleset import (
    Citation,
    ItemRule,
    MajorityBase,
    QuorumBase,
    RuleSet,
    Stance,
    StandingOrders,
    VotingMethod,
)
from voting.domain.standing_orders import Threshold
from voting.domain.tally import Choice
from voting.rules import articles, department_articles
from voting.rules.figures import SIXTH, THIRD, TWO_THIRDS, more_than_half


@pytest.mark.parametrize(("seats", "half", "third"), [(77, 39, 26), (60, 31, 20), (25, 13, 9), (6, 4, 2)])
def test_the_figures_of_the_law(seats: int, half: int, third: int) -> None:
    assert (more_than_half(seats), THIRD.of(seats)) == (half, third)


@pytest.mark.parametrize(
    ("book", "base", "article"),
    [
        (room(Body.COUNCIL), PRESENT, articles.COUNCIL_QUORUM),
        (room(Body.STANDING_COMMITTEE), BOTH, articles.STANDING_QUORUM),
        (room(Body.STANDING_COMMITTEE, StandingOrders(quorum_base=PRESENT)), BOTH, articles.STANDING_QUORUM),
        (room(Body.TENDER_COMMITTEE), PRESENT, articles.TENDER_QUORUM),
        (room(Body.DEPARTMENT), PRESENT, department_articles.COUNCIL_QUORUM),
        (room(Body.DEPARTMENT_COMMITTEE), BOTH, department_articles.COMMITTEE_QUORUM),
    ],
)
def test_R01_R02_R43_L4132_13_each_body_has_its_quorum_in_a_room(
    book: RuleSet, base: QuorumBase, article: Citation
) -> None:
    rule = book.quorum(25, second_convocation=False)
    assert (rule.required, rule.base, rule.advisory_base, rule.citation) == (13, base, None, article)
    assert (rule.threshold.of(77), rule.threshold.of(60), rule.threshold.of(6)) == (39, 31, 4)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    ("body", "article"),
    [
        (Body.COUNCIL, articles.COUNCIL_SECOND_CONVOCATION),
        (Body.STANDING_COMMITTEE, articles.STANDING_SECOND_CONVOCATION),
        (Body.DEPARTMENT, department_articles.COUNCIL_SECOND_CONVOCATION),
        (Body.DEPARTMENT_COMMITTEE, department_articles.COMMITTEE_SECOND_CONVOCATION),
    ],
)
def test_R04_L4132_13_al_2_the_second_sitting_is_three_days_later(body: Body, mode: Mode, article: Citation) -> None:
    book = rules.current(body, mode, StandingOrders())
    assert book.convening.reconvening == ReconveningRule(days=3, citation=article)
    again = book.quorum(77, second_convocation=True)
    assert (again.required, again.citation) == (0, article)


def test_R04_L1411_5_a_tender_committee_is_convened_again_without_an_interval() -> None:
    for book in (remote(Body.TENDER_COMMITTEE), room(Body.TENDER_COMMITTEE), written()):
        assert book.convening.reconvening == ReconveningRule(days=None, citation=articles.TENDER_QUORUM)
        assert book.quorum(6, second_convocation=True).required == 0


def test_R06_rep_AN_2004_the_vote_of_the_item_stands_when_the_quorum_is_lost_during_it() -> None:
    voting = given(*opened(standing_committee(), first(13)), call(), open_poll(), *votes(Choice.FOR, range(1, 14)))
    lost = voting.after(leave(m(13)), close_poll())
    decided = lost.when(proclaim()).then(e.ResultProclaimed)
    decided.when(call()).then(QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM))


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (Body.COUNCIL, articles.COUNCIL_ELECTION_QUORUM),
        (Body.DEPARTMENT, department_articles.COUNCIL_ELECTION_QUORUM),
    ],
)
def test_R07_L4133_1_two_thirds_must_be_present_to_elect_the_president(body: Body, article: Citation) -> None:
    rule = room(body).quorum(77, second_convocation=False, subject=ELECTION)
    assert (rule.required, rule.base, rule.citation, rule.threshold) == (52, PRESENT, article, TWO_THIRDS)
    assert room(body).quorum(77, second_convocation=True, subject=ELECTION).required == 0
    assert room(body).quorum(77, second_convocation=False, subject=LegalSubject.INITIAL_BUDGET).required == 39
    assert room(body).item(ELECTION).stance is Stance.ALLOWED
    assert remote(body).item(ELECTION).stance is Stance.FORBIDDEN


@pytest.mark.parametrize("body", REMOTE_BODIES)
def test_R08_L4132_9_1_al_2_those_connected_by_video_are_present(body: Body) -> None:
    assert remote(body).conduct.remote.stance is Stance.ALLOWED
    assert remote(body).conduct.remote.citation.rule == "R08"


@pytest.mark.parametrize("body", [*COUNCILS, Body.STANDING_COMMITTEE, Body.DEPARTMENT_COMMITTEE, Body.TENDER_COMMITTEE])
def test_R08_L4132_13_in_a_room_only_those_in_it_are_present(body: Body) -> None:
    conduct, quorum = room(body).conduct, room(body).quorum(25, second_convocation=False)
    assert conduct.remote == conduct.audio_only
    assert (conduct.remote.stance, conduct.remote.citation) == (Stance.FORBIDDEN, quorum.citation)


@pytest.mark.parametrize("body", REMOTE_BODIES)
def test_R09_L4132_9_1_al_1_sound_alone_is_for_the_chair_to_judge(body: Body) -> None:
    assert remote(body).conduct.audio_only.stance is Stance.WARNED
    assert remote(body).conduct.audio_only.citation.rule == "R09"


@pytest.mark.parametrize("subject", list(LegalSubject))
def test_R10_L4132_9_1_al_4_in_a_room_nothing_is_kept_out(subject: LegalSubject) -> None:
    for body, article in (
        (Body.COUNCIL, articles.NOMINATIONS),
        (Body.STANDING_COMMITTEE, articles.NOMINATIONS),
        (Body.DEPARTMENT, department_articles.NOMINATIONS),
        (Body.DEPARTMENT_COMMITTEE, department_articles.NOMINATIONS),
    ):
        warned = ItemRule(stance=Stance.WARNED, citation=article)
        allowed = ItemRule(stance=Stance.ALLOWED)
        assert room(body).item(subject) == (warned if subject is LegalSubject.OUTSIDE_BODIES else allowed)
    assert room(Body.TENDER_COMMITTEE).item(subject).stance is Stance.ALLOWED
    assert remote(Body.ASSOCIATION).item(subject).stance is Stance.ALLOWED


@pytest.mark.parametrize(("body", "due"), [(body, body in (*COUNCILS, Body.EPCI)) for body in Body])
def test_R11_L4132_9_1_al_4_a_council_meets_in_one_place_each_half_year(body: Body, due: bool) -> None:
    article = remote(body).convening.room_each_half_year
    assert (article is not None and article.rule == "R11") is due


@pytest.mark.parametrize(("body", "due"), [(body, body in (*COUNCILS, Body.EPCI)) for body in Body])
def test_R12_L4132_9_1_al_5_a_remote_council_is_broadcast_live(body: Body, due: bool) -> None:
    book = remote(body)
    assert book.publicity.public is due
    assert (book.conduct.broadcast == book.publicity.citation) is due
    assert (book.conduct.broadcast is not None) is due


@pytest.mark.parametrize("body", COUNCILS)
def test_R12_L4132_9_1_al_5_a_council_in_a_room_need_not_be(body: Body) -> None:
    assert room(body).publicity.public
    assert room(body).conduct.broadcast is None
    assert room(body).summons is None


@pytest.mark.parametrize("body", [Body.STANDING_COMMITTEE, Body.DEPARTMENT_COMMITTEE])
def test_R13_CE_1996_a_standing_committee_in_a_room_is_public_only_if_its_orders_say_so(body: Body) -> None:
    for opened_up in (False, True):
        assert room(body, StandingOrders(public_board=opened_up)).publicity.public is opened_up


@pytest.mark.parametrize("body", REMOTE_BODIES)
def test_R15_L4132_9_1_al_7_the_standing_orders_arrange_remote_sittings(body: Body) -> None:
    arrangements = remote(body).convening.arrangements
    assert arrangements is not None
    assert (arrangements.source, arrangements.citation.rule) == (ArrangementsSource.STANDING_ORDERS, "R15")
    if body is not Body.EPCI:
        assert room(body).convening.arrangements is None


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE, Body.DEPARTMENT, Body.TENDER_COMMITTEE])
def test_R16_R18_in_a_room_every_way_of_voting_is_lawful_and_secrecy_postpones_nothing(body: Body) -> None:
    assert room(body).methods.allowed == set(VotingMethod)
    assert not room(body).secrecy.postpones


@pytest.mark.parametrize(("present", "needed"), [(77, 13), (60, 10), (39, 7), (6, 1), (1, 1), (0, 1)])
def test_R25_L4132_14_al_1_a_sixth_of_those_present_may_ask_for_a_public_ballot(present: int, needed: int) -> None:
    for body, article in (
        (Body.COUNCIL, articles.PUBLIC_BALLOT),
        (Body.DEPARTMENT, department_articles.PUBLIC_BALLOT),
    ):
        rule = room(body, StandingOrders(public_ballot=Threshold(numerator=1, denominator=2))).conduct.public_ballot
        assert rule is not None
        assert (rule.needed(present), rule.citation, rule.threshold) == (needed, article, SIXTH)
        assert remote(body).conduct.public_ballot is None


def test_R25_standing_orders_a_standing_committee_lets_ask_only_if_its_orders_say_so() -> None:
    for body in (Body.STANDING_COMMITTEE, Body.DEPARTMENT_COMMITTEE):
        assert room(body).conduct.public_ballot is None
        rule = room(body, StandingOrders(public_ballot=THIRD)).conduct.public_ballot
        assert rule is not None
        assert (rule.needed(25), rule.citation.confirmed) == (9, False)


@pytest.mark.parametrize("name", rules.released())
def test_R18_standing_orders_say_how_many_ask_for_secrecy_else_one_is_enough(name: str) -> None:
    assert rules.find(name, StandingOrders()).conduct.secret_ballot.needed(25) == 1
    assert rules.find(name, StandingOrders(secret_ballot=THIRD)).conduct.secret_ballot.needed(25) == 9


@pytest.mark.parametrize(("council", "seats"), [(77, 25), (57, 19), (209, 69), (2, 0)])
def test_R30_L4133_4_a_standing_committee_has_at_most_a_third_of_the_seats_of_its_council(
    council: int, seats: int
) -> None:
    for book in (remote(Body.STANDING_COMMITTEE), room(Body.STANDING_COMMITTEE), emergency(Body.STANDING_COMMITTEE)):
        assert book.convening.size is not None
        assert book.convening.size.limit(council) == seats
        assert book.convening.size.citation == articles.STANDING_SIZE
    assert remote(Body.COUNCIL).convening.size is None
    assert remote(Body.DEPARTMENT_COMMITTEE).convening.size is None


@pytest.mark.parametrize(("own", "days"), [(None, 12), (5, 12), (15, 15)])
def test_R31_L4132_18_reports_leave_twelve_days_before_or_one_clear_day_in_urgency(own: int | None, days: int) -> None:
    orders = StandingOrders(notice_days=own)
    for book in (remote(Body.COUNCIL, orders), room(Body.COUNCIL, orders), emergency(Body.COUNCIL, orders)):
        assert book.convening.notice == NoticeRule(days=days, urgent_days=1, citation=articles.COUNCIL_NOTICE)
    for book in (remote(Body.DEPARTMENT, orders), room(Body.DEPARTMENT, orders)):
        assert (book.convening.notice.days, book.convening.notice.citation.confirmed) == (days, False)


@pytest.mark.parametrize("own", [None, 5, 15])
def test_R32_standing_orders_set_the_delay_of_the_committees(own: int | None) -> None:
    for body in (Body.STANDING_COMMITTEE, Body.DEPARTMENT_COMMITTEE, Body.TENDER_COMMITTEE, Body.ASSOCIATION):
        for mode in Mode:
            notice = rules.current(body, mode, StandingOrders(notice_days=own)).convening.notice
            assert (notice.days, notice.urgent_days, notice.citation.rule) == (own, None, "R32")
            assert not notice.citation.confirmed


@pytest.mark.parametrize("body", COUNCILS)
def test_R33_L4132_10_five_members_or_the_chair_ask_that_the_public_leave(body: Body) -> None:
    for book in (remote(body), room(body)):
        rule = book.conduct.in_camera
        assert rule is not None
        assert (rule.requesters, rule.majority_base) == (5, MajorityBase.PRESENT_OR_REPRESENTED)
        assert rule.citation.rule == "R33"
    assert remote(Body.STANDING_COMMITTEE).conduct.in_camera is None
