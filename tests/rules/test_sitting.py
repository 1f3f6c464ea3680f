"""What may be taken, who may follow, who leads (R10, R12–R14, R34, R46, R47), and the releases of the rule sets."""

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    arrivals,
    call,
    called,
    close_poll,
    convene,
    council,
    first,
    item,
    m,
    opened,
    polled,
    proclaim,
    roll,
    standing_committee,
    tender_committee,
)
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, LegalSubject, Mode
from voting.domain.ids import item_id
from voting.domain.refusals import ChairOnly, ItemForbiddenHere, StaffOnly, SummonsLacksRemote
from voting.domain.ruleset import ItemRule, RuleSet, Stance, StandingOrders
from voting.rules import articles

RESERVED = [x for x in LegalSubject if x is not LegalSubject.ORDINARY]


def law(body: Body, orders: StandingOrders | None = None) -> RuleSet:
    return rules.current(body, Mode.REMOTE, orders or StandingOrders())


@pytest.mark.parametrize("subject", RESERVED)
def test_R10_L4132_9_1_al_4_reserved_subjects_are_not_taken_by_a_remote_council(subject: LegalSubject) -> None:
    forbidden = ItemRule(stance=Stance.FORBIDDEN, citation=articles.REMOTE_ITEMS)
    assert law(Body.COUNCIL).item(subject) == forbidden
    sitting = given(*opened(council(item(1, subject=subject.value))))
    sitting.when(call()).then(ItemForbiddenHere(item=item_id(1), citation=articles.REMOTE_ITEMS))


def test_R10_L4132_9_1_al_4_ordinary_subjects_are() -> None:
    assert law(Body.COUNCIL).item(LegalSubject.ORDINARY) == ItemRule(stance=Stance.ALLOWED)


@pytest.mark.parametrize("subject", list(LegalSubject))
def test_R10_L4132_9_1_al_4_binds_the_council_alone(subject: LegalSubject) -> None:
    given(*opened(standing_committee(item(1, subject=subject.value)))).when(call()).then(e.ItemCalled)
    given(*opened(tender_committee(item(1, subject=subject.value)))).when(call()).then(e.ItemCalled)
    warned = law(Body.STANDING_COMMITTEE).item(subject)
    if subject is LegalSubject.OUTSIDE_BODIES:
        assert warned == ItemRule(stance=Stance.WARNED, citation=articles.NOMINATIONS)
    else:
        assert warned == ItemRule(stance=Stance.ALLOWED)


def test_R12_L4132_9_1_al_5_a_remote_council_is_public() -> None:
    publicity = law(Body.COUNCIL).publicity
    assert (publicity.public, publicity.citation) == (True, articles.COUNCIL_BROADCAST)


@pytest.mark.parametrize("opened_up", [False, True])
def test_R13_CE_1996_a_standing_committee_is_public_only_if_its_orders_say_so(opened_up: bool) -> None:
    publicity = law(Body.STANDING_COMMITTEE, StandingOrders(public_board=opened_up)).publicity
    assert (publicity.public, publicity.citation) == (opened_up, articles.STANDING_NOT_PUBLIC)


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE])
def test_R14_L4132_9_1_al_6_the_summons_says_that_the_sitting_is_remote(body: Body) -> None:
    silent = convene(roll(25), body=body, summons_mentions_remote=False)
    article = law(body).summons
    assert article is not None
    given(silent, *arrivals(first(25))).when(c.OpenSitting(by=CLERK)).then(SummonsLacksRemote(citation=article))


def test_R34_L4132_11_the_police_of_the_assembly_is_the_chair_s() -> None:
    assert law(Body.COUNCIL).police == law(Body.STANDING_COMMITTEE).police == articles.POLICE
    closed = given(*polled(council()), close_poll())
    closed.when(proclaim(by=CLERK)).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    debate = given(*called(council()))
    commands: tuple[c.SittingCommand, ...] = (
        c.GiveFloor(by=m(9), person=m(9)),
        c.CloseSpeakersList(by=m(9)),
        c.SuspendSitting(by=m(9), reason=""),
        c.CloseSitting(by=m(9)),
        c.HandOverChair(by=m(9), person=m(9)),
        c.AnnulPoll(by=m(9), reason="x"),
    )
    for command in commands:
        debate.when(command).then(StaffOnly())


def test_R46_ord_2014_1329_art_2_a_tender_committee_takes_its_items_remotely() -> None:
    for subject in LegalSubject:
        assert law(Body.TENDER_COMMITTEE).item(subject) == ItemRule(
            stance=Stance.ALLOWED, citation=articles.TENDER_REMOTE
        )
    assert law(Body.TENDER_COMMITTEE).summons is None


@pytest.mark.parametrize("opened_up", [False, True])
def test_R47_ord_2014_1329_art_4_I_a_tender_committee_is_never_public(opened_up: bool) -> None:
    publicity = law(Body.TENDER_COMMITTEE, StandingOrders(public_board=opened_up)).publicity
    assert (publicity.public, publicity.citation) == (False, articles.TENDER_CONFIDENTIALITY)


def test_the_name_of_the_rule_set_is_in_the_first_event() -> None:
    given().when(council()).then(fact(e.SittingConvened, rule_set="council-remote/1"))
