"""Proxies between two hours (R27, R28, R29), and five real attendance lists of a standing committee held again."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    START,
    Clock,
    arrivals,
    arrive,
    call,
    close_poll,
    convene,
    first,
    leave,
    m,
    open_poll,
    opened,
    proclaim,
    reports,
    roll,
    seats,
    standing_committee,
    vote,
)
from tests.verify.test_law import record
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Regime
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.proxies import ProxyEnd
from voting.domain.refusals import (
    NoSuchProxy,
    NotYours,
    ProxyAlreadyGiven,
    ProxyChained,
    ProxyLimitReached,
    StaffOnly,
)
from voting.domain.refusals.law import ProxyHoursPast
from voting.domain.seats import quorum
from voting.domain.tally import Choice
from voting.rules import articles
from voting.verify import mandates
from voting.verify import quorum as verified_quorum

CPR = standing_committee(*reports(9))
TEN = START + timedelta(hours=1)


def at(hour: str) -> datetime:
    """That hour of the day of the sitting; the tests' clock starts at nine."""
    return datetime.fromisoformat(f"2026-11-20T{hour}:00").replace(tzinfo=UTC)


def given_for(grantor: int, holder: int, since: str = "", until: str = "") -> c.GiveProxy:
    return c.GiveProxy(
        by=m(grantor),
        grantor=m(grantor),
        holder=m(holder),
        source=Source.CLERK,
        since=at(since) if since else None,
        until=at(until) if until else None,
    )


def accepted(grantor: int, holder: int) -> c.AcceptProxy:
    return c.AcceptProxy(by=m(holder), grantor=m(grantor))


def moved() -> Given:
    """As in the real minutes: to one until 10:25, to a second until 11:20, to a third from then on."""
    terms = [(2, "", "10:25"), (3, "10:25", "11:20"), (4, "11:20", "")]
    steps = [s for holder, since, until in terms for s in (given_for(22, holder, since, until), accepted(22, holder))]
    return given(*opened(CPR, first(20)), *steps)


def holder_at(sitting: Given, hour: str) -> PersonId | None:
    """Who gives the voice of m22 in a poll opened at that hour."""
    called = sitting.when(call(), at=at(hour)).accepted()
    poll = called.when(open_poll(), at=at(hour)).accepted().sitting.polls.open_poll()
    assert poll is not None
    mandate = poll.electorate.get(m(22))
    return None if mandate is None else mandate.voter


@pytest.mark.parametrize(
    ("hour", "holder"),
    [("10:00", 2), ("10:24", 2), ("10:25", 3), ("10:26", 3), ("11:19", 3), ("11:20", 4), ("13:00", 4)],
)
def test_R28_practice_a_vote_follows_the_proxies_of_the_instant_at_which_it_opens(hour: str, holder: int) -> None:
    assert holder_at(moved(), hour) == m(holder)


def test_R28_practice_the_hours_are_written_by_the_first_command_after_them_and_dated_at_them() -> None:
    sitting = moved().when(call(), at=at("12:00")).accepted()
    brought = [x for x in sitting.history if isinstance(x, e.ProxyStarted | e.ProxyEnded)]
    assert [(type(x), x.at, x.by, x.holder) for x in brought] == [
        (e.ProxyEnded, at("10:25"), m(22), m(2)),
        (e.ProxyStarted, at("10:25"), m(22), m(3)),
        (e.ProxyEnded, at("11:20"), m(22), m(3)),
        (e.ProxyStarted, at("11:20"), m(22), m(4)),
    ]
    assert isinstance(sitting.history[-1], e.ItemCalled)
    assert brought[0].reason is ProxyEnd.EXPIRED  # type: ignore[union-attr]
    assert [x.at for x in sitting.history] == sorted(x.at for x in sitting.history)
    assert mandates.judge(record(sitting)).ok is True


def test_R28_practice_a_refused_command_leaves_the_hours_to_the_next_one() -> None:
    sitting = moved()
    assert isinstance(sitting.when(call(), by=m(7), at=at("10:30")).refused(), StaffOnly)
    assert sitting.sitting.next_hour == at("10:25")
    later = sitting.when(call(), at=at("10:31")).accepted()
    assert later.sitting.proxies[m(22)].holder == m(3)
    assert later.sitting.next_hour == at("11:20")


def test_R28_practice_a_voice_given_before_the_hour_stays_and_its_mandate_too() -> None:
    polled = moved().when(call(), at=at("10:20")).accepted().when(open_poll(), at=at("10:21")).accepted()
    after = polled.when(vote(m(22), Choice.FOR, by=m(2)), at=at("10:26")).accepted()
    assert after.sitting.proxies[m(22)].holder == m(3)
    assert after.sitting.polls.all[after.sitting.polls.open_poll().id].ballots[m(22)].by == m(2)  # type: ignore[union-attr]


def test_R28_practice_what_nobody_accepted_gives_no_vote_at_its_hour() -> None:
    offered = given(*opened(CPR, first(20)), given_for(22, 3, "10:25"))
    begun = offered.when(call(), at=at("10:30")).accepted()
    assert quorum(begun.sitting, begun.rules).represented == 0
    assert quorum(begun.after(accepted(22, 3)).sitting, begun.rules).represented == 1


def test_R28_practice_all_of_them_are_taken_back_at_once_and_each_is_declined_alone() -> None:
    taken = moved().when(c.RevokeProxy(by=m(22), grantor=m(22))).then(*[e.ProxyEnded] * 3)
    assert (taken.sitting.proxies, taken.sitting.planned, taken.sitting.next_hour) == ({}, (), None)
    declined = (
        moved()
        .when(c.DeclineProxy(by=m(3), grantor=m(22)))
        .then(fact(e.ProxyEnded, holder=m(3), since=at("10:25"), reason=ProxyEnd.DECLINED))
    )
    assert holder_at(declined, "10:30") is None
    assert holder_at(declined, "11:30") == m(4)


def test_R28_practice_one_of_them_is_taken_back_by_its_hour_and_the_others_stand() -> None:
    sitting = moved()
    begun = sitting.sitting.proxies[m(22)].begins
    for since, gone in ((begun, m(2)), (at("10:25"), m(3)), (at("11:20"), m(4))):
        for by in (m(22), CLERK):
            event_since = None if since == begun else since
            ended = fact(e.ProxyEnded, holder=gone, since=event_since, reason=ProxyEnd.REVOKED)
            then = sitting.when(c.RevokeProxy(by=by, grantor=m(22), since=since)).then(ended)
            kept = {holder_at(then, hour) for hour in ("10:00", "10:30", "11:30")}
            assert kept == {m(2), m(3), m(4), None} - {gone}
    sitting.when(c.RevokeProxy(by=m(22), grantor=m(22), since=at("10:26"))).then(NoSuchProxy())
    sitting.when(c.RevokeProxy(by=m(3), grantor=m(22), since=at("10:25"))).then(NotYours())


def test_R28_practice_each_of_them_is_answered_by_its_hour() -> None:
    """Whoever holds two of the same member, and the clerk between two holders."""
    offers = (given_for(22, 3, "10:25", "11:20"), given_for(22, 3, "12:00", "12:30"), given_for(22, 4, "13:00"))
    sitting = given(*opened(CPR, first(20)), *offers)
    for by, grantor, hour in ((m(3), None, "12:00"), (m(3), m(22), "12:00"), (CLERK, m(22), "13:00")):
        since = at(hour)
        accepted_one = fact(e.ProxyAccepted, since=since)
        sitting.when(c.AcceptProxy(by=by, grantor=grantor, since=since)).then(accepted_one)
        declined = fact(e.ProxyEnded, since=since, reason=ProxyEnd.DECLINED)
        sitting.when(c.DeclineProxy(by=by, grantor=grantor, since=since)).then(declined)
    sitting.when(c.DeclineProxy(by=m(3), grantor=None, since=at("13:00"))).then(NoSuchProxy())
    sitting.when(c.DeclineProxy(by=m(3), grantor=m(22), since=at("13:00"))).then(NotYours())


def test_R28_practice_an_arrival_ends_the_living_one_and_the_later_ones_wait() -> None:
    came = moved().after(arrive(m(22)))
    assert came.sitting.proxies == {}
    left = came.when(leave(m(22)), at=at("10:30")).accepted()
    assert left.sitting.proxies[m(22)].holder == m(3)
    assert quorum(left.sitting, left.rules).represented == 1


def test_R27_L4132_15_two_at_once_for_one_holder_is_blocked_as_it_was_not_in_2014() -> None:
    """Two members left at noon, both leaving their vote to the same colleague."""
    noon = given(*opened(CPR, first(20)), given_for(21, 5, "12:00"), accepted(21, 5))
    refused = ProxyLimitReached(holder=m(5), limit=1, citation=articles.PROXY)
    noon.when(given_for(22, 5, "12:00")).then(refused)
    noon.when(given_for(22, 5)).then(refused)
    noon.when(given_for(22, 5, "11:00", "12:01")).then(refused)
    noon.when(given_for(22, 5, "", "12:00")).then(e.ProxyGiven)


def test_R54_loi_2020_290_two_at_once_under_the_law_of_2020_and_never_three() -> None:
    then = convene(roll(25), regime=Regime.EMERGENCY_2020)
    held = given(*opened(then, first(20)), given_for(21, 5, "10:00", "12:00"), given_for(22, 5, "11:00", "13:00"))
    held.when(given_for(23, 5, "12:00")).then(e.ProxyGiven)
    held.when(given_for(23, 5, "11:30", "11:45")).then(
        ProxyLimitReached(holder=m(5), limit=2, citation=held.rules.proxies.citation)
    )


def test_R29_L4132_15_no_chain_at_any_hour() -> None:
    """Who held a proxy gives his own from the very minute at which the other moves on."""
    held = given(*opened(CPR, first(20)), given_for(22, 5, "10:25", "11:20"), accepted(22, 5))
    held.when(given_for(5, 6, "11:20")).then(e.ProxyGiven)
    held.when(given_for(5, 6, "11:19")).then(ProxyChained(person=m(5), citation=articles.PROXY))
    given_away = held.after(given_for(5, 6, "11:20"))
    given_away.when(given_for(21, 5, "11:00")).then(ProxyChained(person=m(5), citation=articles.PROXY))
    given_away.when(given_for(22, 7, "11:00")).then(ProxyAlreadyGiven(holder=m(5), citation=articles.PROXY))


def test_a_proxy_ends_after_it_begins() -> None:
    sitting = given(CPR)
    for since, until in (("11:00", "11:00"), ("11:00", "10:00"), ("", "08:00")):
        sitting.when(given_for(22, 5, since, until)).then(ProxyHoursPast(until=at(until)))
    sitting.when(given_for(22, 5, "08:00")).then(fact(e.ProxyGiven, since=None))


def test_the_verifier_finds_an_hour_that_was_not_kept() -> None:
    sitting = moved()
    idle = sitting.happened(
        e.ItemCalled(at=at("10:30"), by=CLERK, item=CPR.items[0].id, quorum=quorum(sitting.sitting, sitting.rules))
    )
    assert [f.code for f in mandates.judge(record(idle)).findings] == ["overdue"]


# --- the real lists ---------------------------------------------------------------------------------------------------


def real_lists() -> list[dict[str, Any]]:
    folder = Path(os.environ.get("HEMICYCLE_REPLAY_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
    path = folder / "fr_cp_centre_attendance.json"
    if not path.is_file():
        pytest.skip(f"the real attendance lists are not on this machine ({path})")
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["sittings"]
    return found


@pytest.mark.parametrize("which", range(5))
def test_R28_practice_a_real_attendance_list_is_held_again_without_a_refusal(which: int) -> None:
    """Names become numbers; proxies are registered with their hours before the opening, then every hour is polled."""
    real = real_lists()[which]
    named = [x[k] for x in real["proxies"] for k in ("giver", "holder")]
    people = list(dict.fromkeys([real["president"], *real["present"], *named]))
    ids = {name: m(n) for n, name in enumerate(people, start=1)}
    sitting = given(convene((*seats(len(people)), *roll(1)[1:]), reports(60)), clock=Clock(at("08:00")))
    away = {x["giver"] for x in real["proxies"] if "from" not in x}
    sitting = sitting.after(*arrivals(ids[name] for name in people if name not in away))
    for term in real["proxies"]:
        wish = c.GiveProxy(
            by=CLERK,
            grantor=ids[term["giver"]],
            holder=ids[term["holder"]],
            source=Source.CLERK,
            since=at(term["from"]) if "from" in term else None,
            until=at(term["until"]) if "until" in term else None,
        )
        sitting = sitting.after(wish, c.AcceptProxy(by=CLERK, grantor=wish.grantor))
    sitting = sitting.when(c.OpenSitting(by=CHAIR), at=at(real["opened"])).accepted()
    hours = sorted({x[k] for x in real["proxies"] for k in ("from", "until") if k in x} | {"13:30"})
    chair = CHAIR
    for hour in hours:
        for term in real["proxies"]:
            who = ids[term["giver"]]
            if term.get("from") == hour and sitting.sitting.is_here(who):
                if who == chair:  # the president leaves: the chair goes to whom he gave his vote
                    chair = ids[term["holder"]]
                    sitting = sitting.when(c.HandOverChair(by=CLERK, person=chair), at=at(hour)).accepted()
                sitting = sitting.when(leave(who), at=at(hour)).accepted()
        sitting = sitting.when(call(), at=at(hour)).accepted()
        sitting = sitting.when(open_poll(), at=at(hour)).accepted()
        poll = sitting.sitting.polls.open_poll()
        assert poll is not None
        now = [x for x in real["proxies"] if _covers(x, hour) and not sitting.sitting.is_here(ids[x["giver"]])]
        due = {ids[x["giver"]]: ids[x["holder"]] for x in now}
        assert {x.member: x.voter for x in poll.electorate.values() if x.is_proxy} == due
        assert max(map(len, poll.hands.values())) <= 2, "one's own voice and one proxy"
        sitting = sitting.when(close_poll(), at=at(hour)).accepted().when(proclaim(by=chair), at=at(hour)).accepted()
    assert mandates.judge(record(sitting)).ok is True
    assert verified_quorum.judge(record(sitting)).ok is True


def _covers(term: dict[str, Any], hour: str) -> bool:
    return bool(term.get("from", "00:00") <= hour < term.get("until", "24:00"))


def test_R28_practice_what_begins_says_whether_it_was_accepted() -> None:
    begun = [x for x in moved().when(call(), at=at("12:00")).accepted().history if isinstance(x, e.ProxyStarted)]
    assert [x.is_accepted for x in begun] == [True, True]


def test_R28_practice_who_gives_his_own_for_the_afternoon_may_hold_another_s_until_noon() -> None:
    sitting = given(*opened(CPR, first(20)), given_for(5, 6, "12:00"))
    sitting.when(given_for(22, 5, "", "12:00")).then(e.ProxyGiven)
    sitting.when(given_for(22, 5, "", "12:01")).then(ProxyChained(person=m(5), citation=articles.PROXY))


def test_R27_practice_a_morning_is_not_refused_for_what_the_afternoon_holds() -> None:
    """One proxy per holder: m6 holds m5's from noon on, and may hold m22's until then."""
    sitting = given(*opened(CPR, first(20)), given_for(5, 6, "12:00"))
    sitting.when(given_for(22, 6, "", "12:00")).then(e.ProxyGiven)
    sitting.when(given_for(22, 6, "", "12:01")).refused()


def test_R28_practice_no_hour_comes_once_the_sitting_is_over() -> None:
    over = given(*opened(CPR, first(20)), given_for(22, 5, "", "12:00"), accepted(22, 5), c.CloseSitting(by=CHAIR))
    over.when(c.SubmitMinutes(by=CLERK), at=at("13:00")).then(e.MinutesSubmitted)
