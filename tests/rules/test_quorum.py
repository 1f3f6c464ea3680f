"""The quorum of each body, from the article to the refusal (R01–R05, R35, R43)."""

import pytest

from tests.kit.given import Given, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    OBSERVER,
    SUPPORT,
    accepted_proxy,
    arrivals,
    arrive,
    ask,
    broadcast,
    call,
    convene,
    council,
    first,
    leave,
    m,
    open_poll,
    opened,
    roll,
    standing_committee,
    tender_committee,
    u,
    vote,
)
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import SittingId, poll_id
from voting.domain.refusals import NoVote, QuorumNotReached
from voting.domain.ruleset import Citation, QuorumBase, RuleSet, StandingOrders
from voting.domain.seats import quorum
from voting.rules import articles
from voting.rules.figures import more_than_half

PRESENT, BOTH = QuorumBase.PRESENT, QuorumBase.PRESENT_OR_REPRESENTED
FIRST = SittingId("s-0000")


def law(body: Body, quorum_base: QuorumBase | None = None) -> RuleSet:
    return rules.current(body, Mode.REMOTE, StandingOrders(quorum_base=quorum_base))


def _counted(sitting: Given) -> int:
    return quorum(sitting.sitting, sitting.rules).counted


def test_R01_L4132_13_the_council_needs_more_than_half_of_its_members_present() -> None:
    rule = law(Body.COUNCIL).quorum(77, second_convocation=False)
    assert (rule.required, rule.base, rule.in_office) == (39, PRESENT, 77)
    assert rule.citation == articles.COUNCIL_QUORUM
    thirty_eight = given(council(), *broadcast(council()), *arrivals(first(38)))
    thirty_eight.when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=38, required=39, citation=articles.COUNCIL_QUORUM)
    )
    thirty_eight.after(arrive(m(39))).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


@pytest.mark.parametrize(("seats", "required"), [(77, 39), (60, 31), (25, 13), (6, 4), (8, 5), (11, 6), (2, 2), (1, 1)])
def test_R01_L4132_13_more_than_half_is_a_whole_number(seats: int, required: int) -> None:
    assert more_than_half(seats) == required
    for body in Body:
        assert law(body).quorum(seats, second_convocation=False).required == required


def test_R01_L4132_13_the_council_counts_no_proxy() -> None:
    proxies = [x for n in range(1, 39) for x in accepted_proxy(m(38 + n), m(n))]
    represented = given(council(), *broadcast(council()), *arrivals(first(38)), *proxies)
    represented.when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=38, required=39, citation=articles.COUNCIL_QUORUM)
    )


def test_R01_L4132_13_the_standing_orders_do_not_change_the_base_of_the_council() -> None:
    for base in QuorumBase:
        assert law(Body.COUNCIL, quorum_base=base).quorum(77, second_convocation=False).base is PRESENT


def test_R02_L4132_13_1_the_standing_committee_counts_present_or_represented() -> None:
    rule = law(Body.STANDING_COMMITTEE).quorum(25, second_convocation=False)
    assert (rule.required, rule.base, rule.in_office) == (13, BOTH, 25)
    assert rule.citation == articles.STANDING_QUORUM
    twelve = given(standing_committee(), *arrivals(first(12)))
    twelve.when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM)
    )
    twelve.after(*accepted_proxy(m(20), m(2))).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


def test_R03_L4133_6_2_presence_alone_is_the_second_reading_of_the_remote_committee() -> None:
    rule = law(Body.STANDING_COMMITTEE).quorum(25, second_convocation=False)
    assert rule.advisory_base is PRESENT
    for body in (Body.COUNCIL, Body.TENDER_COMMITTEE):
        assert law(body).quorum(25, second_convocation=False).advisory_base is None


def test_R03_L4133_6_2_the_standing_orders_may_make_it_the_rule() -> None:
    rule = law(Body.STANDING_COMMITTEE, quorum_base=PRESENT).quorum(25, second_convocation=False)
    assert (rule.base, rule.advisory_base, rule.required) == (PRESENT, None, 13)
    assert rule.citation == articles.STANDING_REMOTE_QUORUM
    assert not rule.citation.confirmed
    strict = standing_committee(orders=StandingOrders(quorum_base=PRESENT))
    given(strict, *arrivals(first(12)), *accepted_proxy(m(20), m(2))).when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_REMOTE_QUORUM)
    )


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (Body.COUNCIL, articles.COUNCIL_SECOND_CONVOCATION),
        (Body.STANDING_COMMITTEE, articles.STANDING_SECOND_CONVOCATION),
        (Body.TENDER_COMMITTEE, articles.TENDER_QUORUM),
    ],
)
def test_R04_L4132_13_al_2_the_second_convocation_asks_no_quorum(body: Body, article: Citation) -> None:
    rule = law(body).quorum(25, second_convocation=True)
    assert (rule.required, rule.citation) == (0, article)
    again = convene(roll(25), body=body, second_convocation_of=FIRST)
    alone = given(again, *broadcast(again), arrive(CHAIR), c.OpenSitting(by=CHAIR), call(), open_poll(), vote(CHAIR))
    decided = alone.after(c.ClosePoll(by=CHAIR), c.ProclaimResult(by=CHAIR))
    assert decided.sitting.polls.all[poll_id(1)].decision is not None


def test_R05_rep_10690_the_quorum_is_checked_at_each_item() -> None:
    sitting = given(*opened(standing_committee(), first(13)), call(), leave(m(13)))
    sitting.when(call()).then(QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM))
    sitting.after(arrive(m(14))).when(call()).then(e.ItemClosed, e.ItemCalled)


def test_R05_CE_Chaure_1983_who_withdrew_is_not_counted_though_he_stays_in_the_room() -> None:
    sitting = given(*opened(standing_committee(), first(13)), call(), c.DeclareRecusal(by=m(5), person=m(5)))
    assert sitting.sitting.is_here(m(5))
    assert _counted(sitting) == 12
    sitting.when(open_poll()).then(QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM))
    then = sitting.when(call()).then(e.ItemClosed, e.ItemCalled)
    assert _counted(then) == 13


@pytest.mark.parametrize("presence", [Presence.IN_ROOM, Presence.REMOTE, Presence.AUDIO_ONLY])
def test_R08_L4132_9_1_al_2_those_in_the_rooms_and_those_connected_count_alike(presence: Presence) -> None:
    sitting = given(council(), *broadcast(council()), *(arrive(p, presence) for p in first(39)))
    sitting.when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


def test_R35_practice_participants_without_a_vote_speak_and_never_count_nor_vote() -> None:
    others = (ADVISOR, SUPPORT, OBSERVER, CLERK)
    sitting = given(standing_committee(), *arrivals((*first(12), *others)))
    assert _counted(sitting) == 12
    sitting.when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM)
    )
    held = sitting.after(arrive(m(13)), c.OpenSitting(by=CLERK), call())
    held.when(ask(ADVISOR)).then(e.FloorRequested)
    for other in others:
        held.after(open_poll()).when(vote(other)).then(NoVote(person=other))


def test_R43_L1411_5_the_tender_committee_needs_more_than_half_present() -> None:
    rule = law(Body.TENDER_COMMITTEE).quorum(6, second_convocation=False)
    assert (rule.required, rule.base, rule.citation) == (4, PRESENT, articles.TENDER_QUORUM)
    three = given(tender_committee(), *arrivals(first(3)))
    three.when(c.OpenSitting(by=CLERK)).then(QuorumNotReached(counted=3, required=4, citation=articles.TENDER_QUORUM))
    three.after(arrive(m(4))).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


def test_R43_L1411_5_substitutes_who_sit_count_and_surplus_ones_do_not() -> None:
    three = given(tender_committee(), *arrivals(first(3)))
    three.after(arrive(u(1)), arrive(u(2))).when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=3, required=4, citation=articles.TENDER_QUORUM)
    )
    three.after(arrive(u(5))).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


def test_R49_decree_2014_1627_art_7_1_members_by_telephone_or_video_are_deemed_present() -> None:
    by_phone = [arrive(p, Presence.AUDIO_ONLY) for p in first(4)]
    given(tender_committee(), *by_phone).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)
