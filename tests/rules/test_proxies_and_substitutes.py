"""Who votes for whom (R27–R29, R44)."""

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    ADVISOR,
    accepted_proxy,
    arrive,
    call,
    council,
    first,
    leave,
    m,
    open_poll,
    opened,
    proxy,
    standing_committee,
    tender_committee,
    u,
    vote,
)
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.proxies import ProxyEnd
from voting.domain.refusals import (
    NoMandate,
    NotPresent,
    NoVote,
    ProxiesForbidden,
    ProxyAlreadyGiven,
    ProxyChained,
    ProxyLimitReached,
)
from voting.domain.ruleset import RuleSet, StandingOrders
from voting.rules import articles

CPR = standing_committee()
BODIES = pytest.mark.parametrize("convocation", [CPR, council()], ids=["standing committee", "council"])


def law(body: Body) -> RuleSet:
    return rules.current(body, Mode.REMOTE, StandingOrders())


@BODIES
def test_R27_L4132_15_second_proxy_is_refused(convocation: c.ConveneSitting) -> None:
    given(convocation, *accepted_proxy(m(7), m(8))).when(proxy(m(9), m(8))).then(
        ProxyLimitReached(holder=m(8), limit=1, citation=articles.PROXY)
    )


@BODIES
def test_R27_L4132_15_a_member_gives_his_vote_to_one_other_member(convocation: c.ConveneSitting) -> None:
    given(convocation, proxy(m(7), m(8))).when(proxy(m(7), m(9))).then(
        ProxyAlreadyGiven(holder=m(8), citation=articles.PROXY)
    )
    given(convocation).when(proxy(m(7), ADVISOR)).then(NoVote(person=ADVISOR, citation=articles.PROXY))


def test_R27_L4132_15_one_at_any_instant_lets_another_follow() -> None:
    """As in the real minutes: two proxies one after the other, never two at once."""
    sitting = given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7)))
    sitting.when(proxy(m(23), m(7))).then(ProxyLimitReached(holder=m(7), limit=1, citation=articles.PROXY))
    sitting.after(arrive(m(22))).when(proxy(m(23), m(7))).then(e.ProxyGiven)


def test_R28_practice_the_proxy_ends_when_the_grantor_arrives() -> None:
    given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7))).when(arrive(m(22))).then(
        e.AttendanceRecorded, fact(e.ProxyEnded, grantor=m(22), holder=m(7), reason=ProxyEnd.GRANTOR_ARRIVED)
    )


def test_R28_practice_it_is_assigned_again_during_the_sitting() -> None:
    """To m7 until 10:25, then to m8."""
    sitting = given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7)), c.RevokeProxy(by=m(22), grantor=m(22)))
    voting = sitting.after(*accepted_proxy(m(22), m(8)), call(), open_poll())
    voting.when(vote(m(22), by=m(8))).then(e.VoteCast)


def test_R28_practice_the_holder_must_be_here_to_use_it() -> None:
    sitting = given(*accepted_early(), call(), open_poll())
    sitting.when(vote(m(22), by=m(23))).then(NotPresent(person=m(22)))


def accepted_early() -> tuple[c.SittingCommand, ...]:
    """A proxy given before the sitting to somebody who then does not come."""
    convocation, *rest = opened(CPR, first(20))
    return (convocation, *accepted_proxy(m(22), m(23)), *rest)


def test_R29_L4132_15_a_received_proxy_is_not_passed_on() -> None:
    sitting = given(CPR, *accepted_proxy(m(7), m(8)))
    sitting.when(proxy(m(8), m(9))).then(ProxyChained(person=m(8), citation=articles.PROXY))
    sitting.when(proxy(m(9), m(7))).then(ProxyChained(person=m(7), citation=articles.PROXY))


def test_R29_L4132_15_it_lapses_when_its_holder_leaves() -> None:
    sitting = given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7)))
    gone = sitting.when(leave(m(7))).then(
        fact(e.ProxyEnded, grantor=m(22), holder=m(7), reason=ProxyEnd.HOLDER_LEFT), e.AttendanceRecorded
    )
    gone.after(arrive(m(7)), call(), open_poll()).when(vote(m(22), by=m(7))).then(NotPresent(person=m(22)))


def test_R44_rep_17172_a_tender_committee_takes_no_proxy() -> None:
    assert law(Body.TENDER_COMMITTEE).proxies.max_per_holder == 0
    given(tender_committee()).when(proxy(m(2), m(3))).then(ProxiesForbidden(citation=articles.TENDER_NO_PROXY))


def test_R44_rep_17172_a_substitute_votes_in_the_place_of_his_absent_titular() -> None:
    sitting = given(*opened(tender_committee(), (*first(5), u(6))), call(), open_poll())
    sitting.when(vote(u(6))).then(fact(e.VoteCast, member=u(6)))
    sitting.when(vote(m(6))).then(NotPresent(person=m(6)))


def test_R44_rep_17172_surplus_substitutes_attend_and_do_not_vote() -> None:
    sitting = given(*opened(tender_committee()), arrive(u(2)), call(), open_poll())
    sitting.when(vote(u(2))).then(NoMandate(member=u(2)))


def test_R44_rep_17172_only_a_tender_committee_has_substitutes() -> None:
    assert law(Body.TENDER_COMMITTEE).substitutes == articles.TENDER_SUBSTITUTES
    assert law(Body.COUNCIL).substitutes is None
    assert law(Body.STANDING_COMMITTEE).substitutes is None
