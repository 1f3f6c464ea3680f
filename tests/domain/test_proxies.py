"""The life of a proxy: offered, accepted, declined, taken back; never to oneself, never chained, never too many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CLERK,
    START,
    STRANGER,
    accepted_proxy,
    arrive,
    m,
    opened,
    polled,
    proxy,
    standing_committee,
    tender_committee,
    vote,
)
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.proxies import Proxy, ProxyEnd, held_by, most_at_once
from voting.domain.refusals import (
    AlreadyRecorded,
    NoSuchProxy,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    NoVote,
    ProxiesForbidden,
    ProxyAlreadyGiven,
    ProxyChained,
    ProxyLimitReached,
    ProxyToSelf,
    WrongPhase,
)
from voting.domain.ruleset import ProxyRule, StandingOrders
from voting.domain.sitting import Phase
from voting.rules import articles
from voting.rules.book import RuleBook

CPR = standing_committee()
CAO = tender_committee()


def _two_each() -> RuleBook:
    """As in the emergency of 2020: two proxies for one holder."""
    book = rules.current(Body.STANDING_COMMITTEE, Mode.REMOTE, StandingOrders())
    assert isinstance(book, RuleBook)
    return replace(book, proxies=ProxyRule(max_per_holder=2, citation=articles.PROXY))


def test_a_proxy_is_offered_then_accepted() -> None:
    offered = given(CPR).when(proxy(m(7), m(8))).then(fact(e.ProxyGiven, grantor=m(7), holder=m(8), source=Source.CARD))
    times = [x.at for x in offered.history]
    waiting = Proxy(grantor=m(7), holder=m(8), given_at=times[-1])
    assert offered.sitting.proxies == {m(7): waiting}
    then = offered.when(c.AcceptProxy(by=m(8), grantor=m(7))).then(fact(e.ProxyAccepted, grantor=m(7), holder=m(8)))
    assert then.sitting.proxies == {m(7): replace(waiting, accepted_at=then.history[-1].at)}
    then.when(c.AcceptProxy(by=m(8), grantor=m(7))).then(AlreadyRecorded())


def test_the_only_offer_needs_no_name() -> None:
    offered = given(CPR, proxy(m(7), m(8)))
    offered.when(c.AcceptProxy(by=m(8), grantor=None)).then(fact(e.ProxyAccepted, grantor=m(7)))
    offered.when(c.DeclineProxy(by=m(8), grantor=None)).then(fact(e.ProxyEnded, grantor=m(7)))


def test_without_a_name_the_offer_still_unanswered_is_meant() -> None:
    sitting = given(CPR, rules=_two_each()).after(*accepted_proxy(m(7), m(8)), proxy(m(9), m(8)))
    sitting.when(c.AcceptProxy(by=m(8), grantor=None)).then(fact(e.ProxyAccepted, grantor=m(9)))
    sitting.when(c.DeclineProxy(by=m(8), grantor=None)).then(fact(e.ProxyEnded, grantor=m(9)))


def test_the_clerk_registers_and_accepts_for_them() -> None:
    offered = given(CPR).when(proxy(m(7), m(8), by=CLERK)).then(fact(e.ProxyGiven, grantor=m(7)))
    offered.when(c.AcceptProxy(by=CLERK, grantor=m(7))).then(fact(e.ProxyAccepted, grantor=m(7), holder=m(8)))


def test_nobody_else_disposes_of_a_vote() -> None:
    given(CPR).when(proxy(m(7), m(8), by=m(8))).then(NotYours())
    given(CPR).when(proxy(m(7), m(8), by=STRANGER)).then(NotOnTheRoll())
    offered = given(CPR, proxy(m(7), m(8)))
    offered.when(c.AcceptProxy(by=m(9), grantor=m(7))).then(NotYours())
    offered.when(c.DeclineProxy(by=m(9), grantor=m(7))).then(NotYours())
    offered.when(c.RevokeProxy(by=m(8), grantor=m(7))).then(NotYours())
    offered.when(c.RevokeProxy(by=STRANGER, grantor=m(7))).then(NotOnTheRoll())


@pytest.mark.parametrize(
    "command",
    [
        c.AcceptProxy(by=m(8), grantor=None),
        c.AcceptProxy(by=m(8), grantor=m(7)),
        c.DeclineProxy(by=m(8), grantor=None),
        c.DeclineProxy(by=m(8), grantor=m(7)),
        c.RevokeProxy(by=m(7), grantor=m(7)),
    ],
)
def test_there_is_nothing_to_accept_decline_or_take_back(command: c.SittingCommand) -> None:
    given(CPR).when(command).then(NoSuchProxy())


@pytest.mark.parametrize("by", [m(7), CLERK])
def test_the_grantor_or_the_clerk_takes_it_back(by: PersonId) -> None:
    then = (
        given(CPR, *accepted_proxy(m(7), m(8)))
        .when(c.RevokeProxy(by=by, grantor=m(7)))
        .then(fact(e.ProxyEnded, grantor=m(7), holder=m(8), reason=ProxyEnd.REVOKED))
    )
    assert then.sitting.proxies == {}
    again = then.after(*accepted_proxy(m(7), m(9)), c.DeclineProxy(by=m(9), grantor=m(7)))
    ended = [(one.proxy.holder, one.reason, one.at) for one in again.sitting.ended_proxies]
    taken_back, declined = then.history[-1].at, again.history[-1].at
    assert ended == [(m(8), ProxyEnd.REVOKED, taken_back), (m(9), ProxyEnd.DECLINED, declined)]


def test_the_holder_declines_even_after_he_accepted() -> None:
    given(CPR, *accepted_proxy(m(7), m(8))).when(c.DeclineProxy(by=m(8), grantor=m(7))).then(
        fact(e.ProxyEnded, grantor=m(7), holder=m(8), reason=ProxyEnd.DECLINED)
    )


def test_not_to_oneself() -> None:
    given(CPR).when(proxy(m(7), m(7))).then(ProxyToSelf(citation=articles.PROXY))


def test_neither_from_nor_to_somebody_without_a_vote() -> None:
    given(CPR).when(proxy(m(7), ADVISOR)).then(NoVote(person=ADVISOR, citation=articles.PROXY))
    given(CPR).when(proxy(ADVISOR, m(7))).then(NoVote(person=ADVISOR, citation=articles.PROXY))
    given(CPR).when(proxy(m(7), STRANGER)).then(NotOnTheRoll())
    given(CPR).when(proxy(STRANGER, m(7), by=CLERK)).then(NotOnTheRoll())


def test_one_vote_goes_to_one_holder() -> None:
    given(CPR, proxy(m(7), m(8))).when(proxy(m(7), m(9))).then(ProxyAlreadyGiven(holder=m(8), citation=articles.PROXY))


def test_a_proxy_taken_back_goes_to_another() -> None:
    sitting = given(CPR, *accepted_proxy(m(7), m(8)), c.RevokeProxy(by=m(7), grantor=m(7)))
    sitting.when(proxy(m(7), m(9))).then(fact(e.ProxyGiven, holder=m(9)))


def test_a_chain_is_refused_from_both_ends() -> None:
    sitting = given(CPR, proxy(m(7), m(8)))
    sitting.when(proxy(m(9), m(7))).then(ProxyChained(person=m(7), citation=articles.PROXY))
    sitting.when(proxy(m(8), m(9))).then(ProxyChained(person=m(8), citation=articles.PROXY))
    sitting.when(proxy(m(8), m(7))).then(ProxyChained(person=m(7), citation=articles.PROXY))


def test_the_limit_counts_offers_not_yet_accepted() -> None:
    refusal = ProxyLimitReached(holder=m(8), limit=1, citation=articles.PROXY)
    given(CPR, proxy(m(7), m(8))).when(proxy(m(9), m(8))).then(refusal)
    given(CPR, *accepted_proxy(m(7), m(8))).when(proxy(m(9), m(8))).then(refusal)
    declined = given(CPR, proxy(m(7), m(8)), c.DeclineProxy(by=m(8), grantor=m(7)))
    declined.when(proxy(m(9), m(8))).then(e.ProxyGiven)


def test_a_law_of_two_lets_two_and_refuses_the_third() -> None:
    sitting = given(CPR, rules=_two_each()).after(proxy(m(7), m(8)), proxy(m(9), m(8)))
    assert [p.grantor for p in held_by(sitting.sitting.proxies, m(8))] == [m(7), m(9)]
    sitting.when(proxy(m(10), m(8))).then(ProxyLimitReached(holder=m(8), limit=2, citation=articles.PROXY))


def test_a_tender_committee_takes_none() -> None:
    given(CAO).when(proxy(m(2), m(3))).then(ProxiesForbidden(citation=articles.TENDER_NO_PROXY))


def test_after_the_sitting_no_proxy_moves() -> None:
    closed = given(*opened(CPR), proxy(m(7), m(8)), c.CloseSitting(by=CLERK))
    commands: tuple[c.SittingCommand, ...] = (
        proxy(m(9), m(10)),
        c.AcceptProxy(by=m(8), grantor=m(7)),
        c.DeclineProxy(by=m(8), grantor=m(7)),
        c.RevokeProxy(by=m(7), grantor=m(7)),
    )
    for command in commands:
        closed.when(command).then(WrongPhase(phase=Phase.CLOSED))


def _with_a_proxy_in_the_poll() -> Given:
    people = tuple(m(n) for n in range(1, 25))
    return given(*polled(CPR, people)[:-2], *accepted_proxy(m(25), m(7)), *polled(CPR)[-2:])


def test_what_happens_to_a_proxy_during_a_poll_changes_nothing_to_its_electorate() -> None:
    poll = _with_a_proxy_in_the_poll()
    changes: tuple[c.SittingCommand, ...] = (
        arrive(m(25)),
        c.RevokeProxy(by=m(25), grantor=m(25)),
        c.DeclineProxy(by=m(7), grantor=m(25)),
    )
    for change in changes:
        after = poll.after(change)
        after.when(vote(m(25), by=m(7))).then(fact(e.VoteCast, member=m(25), by=m(7)))
        after.when(vote(m(25))).then(NotYours())


def test_a_proxy_given_during_a_poll_gives_no_voice_in_it() -> None:
    people = tuple(m(n) for n in range(1, 25))
    sitting = given(*polled(CPR, people), *accepted_proxy(m(25), m(7)))
    sitting.when(vote(m(25), by=m(7))).then(NotPresent(person=m(25)))


def test_a_proxy_for_the_very_instant_at_which_it_is_given_waits_for_nothing() -> None:
    sitting = given(*opened(standing_committee()))
    now = sitting.clock.now()
    offer = e.ProxyGiven(at=now, by=m(2), grantor=m(2), holder=m(3), source=Source.CARD, since=now)
    then = sitting.happened(offer).sitting
    assert (list(then.proxies), then.planned) == ([m(2)], ())
    later = replace(offer, since=now.replace(year=now.year + 1))
    then = sitting.happened(later).sitting
    assert (list(then.proxies), [one.grantor for one in then.planned]) == ([], [m(2)])


def test_R28_a_proxy_covers_its_first_instant_and_not_its_last() -> None:
    hour = timedelta(hours=1)
    one = Proxy(grantor=m(1), holder=m(2), given_at=START, since=START + hour, until=START + 2 * hour)
    assert [one.covers(START + n * hour / 2) for n in range(6)] == [False, False, True, True, False, False]


def test_R28_what_begins_after_the_stretch_is_not_held_in_it() -> None:
    """Two for the afternoon are no reason to refuse one for the morning."""
    noon = START + timedelta(hours=3)
    held = [Proxy(grantor=m(n), holder=m(9), given_at=START, since=noon) for n in (2, 3)]
    morning = Proxy(grantor=m(1), holder=m(9), given_at=START, until=noon)
    assert most_at_once([morning, *held], START, noon) == 1
    assert most_at_once([morning, *held], START, None) == 2
