"""How one votes and what is decided (R16–R24, R51, R52)."""

from collections.abc import Iterable

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    accepted_proxy,
    ask,
    call,
    called,
    close_poll,
    council,
    first,
    m,
    open_poll,
    opened,
    polled,
    proclaim,
    standing_committee,
    tender_committee,
    vote,
    votes,
)
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState, PostponeReason
from voting.domain.assembly import Body, Mode
from voting.domain.ids import PersonId, item_id, poll_id
from voting.domain.polls import Purpose
from voting.domain.refusals import ChairOnly, MethodForbidden, NotPresent, NotYours, PollStillOpen, Recused
from voting.domain.ruleset import Citation, MajorityBase, RuleSet, StandingOrders, VotingMethod
from voting.domain.seats import quorum
from voting.domain.tally import Choice, Decision, Ground, Outcome
from voting.rules import articles

FOR, AGAINST, ABSTENTION, NPPV = Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART
CASTING = StandingOrders(casting_vote=True)
SITTINGS = {
    Body.STANDING_COMMITTEE: standing_committee(),
    Body.COUNCIL: council(),
    Body.TENDER_COMMITTEE: tender_committee(),
}


def law(body: Body, orders: StandingOrders | None = None) -> RuleSet:
    return rules.current(body, Mode.REMOTE, orders or StandingOrders())


def decided(
    convocation: c.ConveneSitting, cast: Iterable[c.CastVote], here: Iterable[PersonId] | None = None
) -> Decision:
    """What a poll with those voices decides."""
    then = given(*polled(convocation, here), *cast, close_poll()).when(proclaim()).accepted()
    decision = then.sitting.polls.all[poll_id(1)].decision
    assert decision is not None
    return decision


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (Body.COUNCIL, articles.REMOTE_METHODS),
        (Body.STANDING_COMMITTEE, articles.STANDING_METHODS),
        (Body.TENDER_COMMITTEE, articles.TENDER_SECRECY),
    ],
)
def test_R16_L4132_9_1_al_3_remote_votes_are_public_by_roll_call_or_electronic(body: Body, article: Citation) -> None:
    methods = law(body).methods
    assert methods.allowed == {VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL}
    assert methods.citation == article
    for method in (VotingMethod.SECRET, VotingMethod.SHOW_OF_HANDS):
        given(*called(SITTINGS[body])).when(open_poll(method=method)).then(MethodForbidden(citation=article))


def test_R17_rep_25910_each_voice_is_given_one_by_one_by_its_own_voter() -> None:
    sitting = given(*polled(standing_committee()))
    same_group = [p for p in sitting.sitting.voting_members() if p.group == sitting.sitting.roll[CHAIR].group]
    for member in same_group[1:]:
        sitting.when(vote(member.id, by=CHAIR)).then(NotYours())


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (Body.COUNCIL, articles.REMOTE_SECRECY),
        (Body.STANDING_COMMITTEE, articles.STANDING_SECRECY),
        (Body.TENDER_COMMITTEE, articles.TENDER_SECRECY),
    ],
)
def test_R18_L4132_9_1_al_3_an_adopted_request_for_secrecy_postpones_the_item(body: Body, article: Citation) -> None:
    assert law(body).secrecy.postpones
    assert law(body).secrecy.citation == article
    asked = given(*called(SITTINGS[body]), c.RequestSecretBallot(by=m(2)), open_poll(Purpose.SECRET_BALLOT_REQUEST))
    asked.after(vote(m(2)), close_poll()).when(proclaim()).then(
        e.ResultProclaimed, fact(e.ItemPostponed, item=item_id(1), reason=PostponeReason.SECRET_BALLOT)
    )


def test_R18_L4132_9_1_al_3_one_member_alone_does_not_make_the_ballot_secret() -> None:
    asked = given(*called(council()), c.RequestSecretBallot(by=m(2)), open_poll(Purpose.SECRET_BALLOT_REQUEST))
    refused = (
        asked.after(vote(m(2)), *votes(AGAINST, range(3, 78)), close_poll()).when(proclaim()).then(e.ResultProclaimed)
    )
    refused.when(open_poll()).then(fact(e.PollOpened, purpose=Purpose.ITEM))


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE])
def test_R19_L4132_14_al_1_on_a_tie_the_voice_of_the_chair_prevails(body: Body) -> None:
    assert law(body).tie.chair_prevails
    assert law(body).tie.citation == articles.CASTING_VOTE
    tie = [vote(CHAIR), vote(m(2), AGAINST)]
    assert decided(SITTINGS[body], tie) == Decision(
        outcome=Outcome.ADOPTED, ground=Ground.CASTING_VOTE, chair_choice=FOR
    )
    tie = [vote(CHAIR, AGAINST), vote(m(2))]
    assert decided(SITTINGS[body], tie) == Decision(
        outcome=Outcome.REJECTED, ground=Ground.CASTING_VOTE, chair_choice=AGAINST
    )


@pytest.mark.parametrize("chair", [[], [vote(CHAIR, ABSTENTION)], [vote(CHAIR, NPPV)]])
def test_R19_L4132_14_al_1_a_chair_who_expressed_nothing_breaks_no_tie(chair: list[c.CastVote]) -> None:
    decision = decided(standing_committee(), [vote(m(2)), vote(m(3), AGAINST), *chair])
    assert (decision.outcome, decision.ground) == (Outcome.REJECTED, Ground.TIE)


def test_R19_L4132_14_al_1_the_proxy_that_the_chair_holds_has_no_casting_vote() -> None:
    sitting = given(*opened(standing_committee(), first(20)), *accepted_proxy(m(25), CHAIR), call(), open_poll())
    tied = sitting.after(vote(m(25), by=CHAIR), vote(m(2), AGAINST), close_poll())
    tied.when(proclaim()).then(fact(e.ResultProclaimed, decision=Decision(outcome=Outcome.REJECTED, ground=Ground.TIE)))


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (Body.COUNCIL, articles.REMOTE_PROCLAMATION),
        (Body.STANDING_COMMITTEE, articles.STANDING_PROCLAMATION),
        (Body.TENDER_COMMITTEE, articles.TENDER_PROCLAMATION),
    ],
)
def test_R20_L4132_9_1_al_3_the_chair_proclaims_and_only_then_is_it_final(body: Body, article: Citation) -> None:
    polling = given(*polled(SITTINGS[body]), vote(m(2)))
    polling.when(proclaim()).then(PollStillOpen(number=1, citation=article))
    closed = polling.after(close_poll())
    assert closed.sitting.agenda.states[item_id(1)] is ItemState.UNDER_DISCUSSION
    closed.when(proclaim(by=CLERK)).then(ChairOnly(chair=CHAIR, citation=closed.rules.police))
    final = closed.after(proclaim())
    assert final.sitting.agenda.states[item_id(1)] is ItemState.ADOPTED


def test_R21_L4132_13_al_3_for_against_and_nothing_else_makes_the_majority() -> None:
    for body, article in (
        (Body.COUNCIL, articles.MAJORITY),
        (Body.STANDING_COMMITTEE, articles.STANDING_MAJORITY),
        (Body.TENDER_COMMITTEE, articles.TENDER_MAJORITY),
    ):
        majority = law(body).majority
        assert (majority.base, majority.citation) == (MajorityBase.VOTES_CAST, article)
    cast = [*votes(FOR, [2, 3]), vote(m(4), AGAINST), *votes(ABSTENTION, range(5, 15)), *votes(NPPV, range(15, 26))]
    assert decided(standing_committee(), cast) == Decision(outcome=Outcome.ADOPTED, ground=Ground.MAJORITY)


def test_R22_rep_15666_unanimity_is_that_of_the_votes_cast() -> None:
    cast = [*votes(FOR, range(1, 5)), *votes(ABSTENTION, range(5, 14))]
    assert decided(standing_committee(), cast, first(13)).ground is Ground.UNANIMITY_OF_VOTES_CAST
    assert decided(standing_committee(), votes(FOR, range(1, 14)), first(13)).ground is Ground.UNANIMITY
    assert decided(standing_committee(), votes(FOR, range(1, 13)), first(13)).ground is Ground.UNANIMITY_OF_VOTES_CAST
    assert law(Body.COUNCIL).unanimity == articles.UNANIMITY


def test_R22_rep_15666_nobody_expressed_is_no_unanimity() -> None:
    assert decided(standing_committee(), votes(ABSTENTION, range(1, 26))) == Decision(
        outcome=Outcome.REJECTED, ground=Ground.NO_VOTE_CAST
    )


def test_R23_rep_10690_not_taking_part_weighs_as_an_abstention_and_stays_in_the_quorum() -> None:
    sitting = given(*polled(standing_committee(), first(13)), vote(m(5), NPPV))
    assert quorum(sitting.sitting, sitting.rules).counted == 13
    abstained = decided(standing_committee(), [vote(m(2)), vote(m(5), ABSTENTION)])
    assert decided(standing_committee(), [vote(m(2)), vote(m(5), NPPV)]) == abstained


def test_R24_L1111_6_who_withdraws_neither_debates_nor_votes_nor_uses_a_proxy_nor_counts() -> None:
    sitting = given(
        *opened(standing_committee(), first(20)),
        *accepted_proxy(m(25), m(7)),
        call(),
        c.DeclareRecusal(by=m(7), person=m(7)),
    )
    sitting.when(ask(m(7))).then(Recused(citation=articles.RECUSAL))
    sitting.when(c.GiveFloor(by=CHAIR, person=m(7))).then(Recused(citation=articles.RECUSAL))
    voting = sitting.after(open_poll())
    voting.when(vote(m(7))).then(Recused(citation=articles.RECUSAL))
    voting.when(vote(m(25), by=m(7))).then(NotPresent(person=m(25)))
    check = quorum(voting.sitting, voting.rules)
    assert (check.present, check.represented, check.in_office, check.required) == (19, 0, 25, 13)


def test_R24_L1111_6_no_proxy_votes_for_who_withdrew() -> None:
    sitting = given(*opened(standing_committee(), first(20)), *accepted_proxy(m(25), m(7)), call())
    voting = sitting.after(c.DeclareRecusal(by=m(25), person=m(25)), open_poll())
    voting.when(vote(m(25), by=m(7))).then(Recused(citation=articles.RECUSAL))
    voting.when(vote(m(7))).then(e.VoteCast)


def test_R51_ord_2014_1329_art_2_a_secret_vote_of_the_tender_committee_goes_to_a_room() -> None:
    secrecy = law(Body.TENDER_COMMITTEE).secrecy
    assert (secrecy.postpones, secrecy.citation.rule) == (True, "R51")
    given(*called(tender_committee())).when(open_poll(method=VotingMethod.SECRET)).then(
        MethodForbidden(citation=articles.TENDER_SECRECY)
    )


@pytest.mark.parametrize(("orders", "ground"), [(None, Ground.TIE), (CASTING, Ground.CASTING_VOTE)])
def test_R52_standing_orders_a_tender_committee_has_a_casting_vote_only_if_they_say_so(
    orders: StandingOrders | None, ground: Ground
) -> None:
    tie = law(Body.TENDER_COMMITTEE, orders).tie
    assert tie.chair_prevails is (orders is CASTING)
    assert tie.citation == articles.TENDER_CASTING_VOTE
    convocation = tender_committee(orders=orders)
    assert decided(convocation, [vote(CHAIR), vote(m(2), AGAINST)]).ground is ground


def test_R52_standing_orders_do_not_take_the_casting_vote_from_the_other_chairs() -> None:
    for body in (Body.COUNCIL, Body.STANDING_COMMITTEE):
        for orders in (StandingOrders(), CASTING):
            assert law(body, orders).tie.chair_prevails
