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
from voting.domain.ruleset import Citation, ItemRule, RuleSet, Stance, StandingOrders
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


@pytest.mark.parametrize("mode", [Mode.REMOTE, Mode.HYBRID])
@pytest.mark.parametrize("body", list(Body))
def test_a_rule_set_is_found_by_body_and_mode_and_again_by_its_versioned_name(body: Body, mode: Mode) -> None:
    orders = StandingOrders(casting_vote=True, public_board=True)
    book = rules.current(body, mode, orders)
    assert (book.body, book.name) == (body, f"{body.value}-remote/1")
    assert rules.find(book.name, orders) == book


def test_no_rule_set_is_made_up() -> None:
    with pytest.raises(rules.UnknownRuleSet) as unwritten:
        rules.current(Body.COUNCIL, Mode.ROOM, StandingOrders())
    assert unwritten.value.wanted == "council/room"
    with pytest.raises(rules.UnknownRuleSet) as unknown:
        rules.find("cpr-remote/999", StandingOrders())
    assert unknown.value.wanted == "cpr-remote/999"


def test_the_name_of_the_rule_set_is_in_the_first_event() -> None:
    given().when(council()).then(fact(e.SittingConvened, rule_set="council-remote/1"))


# What was read in a source and what was not, rule by rule.
CONFIRMED = {
    "COUNCIL_QUORUM": ("R01", "CGCT, art. L. 4132-13", True),
    "STANDING_QUORUM": ("R02", "CGCT, art. L. 4132-13-1", True),
    "STANDING_REMOTE_QUORUM": ("R03", "CGCT, art. L. 4133-6-2", False),
    "COUNCIL_SECOND_CONVOCATION": ("R04", "CGCT, art. L. 4132-13, al. 2", True),
    "STANDING_SECOND_CONVOCATION": ("R04", "CGCT, art. L. 4132-13-1, al. 2", True),
    "REMOTE_ITEMS": ("R10", "CGCT, art. L. 4132-9-1, al. 4", True),
    "COUNCIL_BROADCAST": ("R12", "CGCT, art. L. 4132-9-1, al. 5", True),
    "STANDING_NOT_PUBLIC": ("R13", "CE, Sect., 18 décembre 1996, Région Centre, n° 151790", True),
    "REMOTE_SUMMONS": ("R14", "CGCT, art. L. 4132-9-1, al. 6", True),
    "STANDING_SUMMONS": ("R14", "CGCT, art. L. 4133-6-2", False),
    "REMOTE_METHODS": ("R16", "CGCT, art. L. 4132-9-1, al. 3", True),
    "STANDING_METHODS": ("R16", "CGCT, art. L. 4133-6-2", False),
    "REMOTE_SECRECY": ("R18", "CGCT, art. L. 4132-9-1, al. 3", True),
    "STANDING_SECRECY": ("R18", "CGCT, art. L. 4133-6-2", False),
    "CASTING_VOTE": ("R19", "CGCT, art. L. 4132-14, al. 1", True),
    "REMOTE_PROCLAMATION": ("R20", "CGCT, art. L. 4132-9-1, al. 3", True),
    "STANDING_PROCLAMATION": ("R20", "CGCT, art. L. 4133-6-2", False),
    "TENDER_PROCLAMATION": ("R20", "ord. n° 2014-1329 du 6 novembre 2014, art. 2", False),
    "MAJORITY": ("R21", "CGCT, art. L. 4132-13, al. 3", True),
    "STANDING_MAJORITY": ("R21", "CGCT, art. L. 4132-13-1, al. 2", True),
    "TENDER_MAJORITY": ("R21", "CGCT, art. L. 4132-13, al. 3", False),
    "UNANIMITY": ("R22", "rép. min. Sénat n° 15666, JO du 24 mars 2005", True),
    "RECUSAL": ("R24", "CGCT, art. L. 1111-6", True),
    "NOMINATIONS": ("R26", "CGCT, art. L. 4132-14, al. 2", True),
    "PROXY": ("R27", "CGCT, art. L. 4132-15", True),
    "POLICE": ("R34", "CGCT, art. L. 4132-11", True),
    "TENDER_CHAIR": ("R42", "CGCT, art. L. 1411-5", False),
    "TENDER_QUORUM": ("R43", "CGCT, art. L. 1411-5", True),
    "TENDER_SUBSTITUTES": ("R44", "rép. min. Sénat n° 17172, JO du 2 juin 2011", True),
    "TENDER_NO_PROXY": ("R44", "CGCT, art. L. 1411-5", False),
    "TENDER_REMOTE": ("R46", "ord. n° 2014-1329 du 6 novembre 2014, art. 2 ; CGCT, art. L. 1414-2", True),
    "TENDER_CONFIDENTIALITY": ("R47", "ord. n° 2014-1329 du 6 novembre 2014, art. 4 I", True),
    "TENDER_SECRECY": ("R51", "ord. n° 2014-1329 du 6 novembre 2014, art. 2", True),
    "TENDER_CASTING_VOTE": ("R52", "règlement intérieur de la commission", False),
}


def test_every_article_cited_says_its_rule_and_whether_it_was_read() -> None:
    cited = {name: x for name, x in vars(articles).items() if isinstance(x, Citation)}
    assert {name: (x.rule, x.article, x.confirmed) for name, x in cited.items()} == CONFIRMED


def test_the_articles_on_remote_sittings_are_in_force_since_august_2022() -> None:
    cited = [x for x in vars(articles).values() if isinstance(x, Citation)]
    remote = [x for x in cited if "L. 4132-9-1" in x.article or "L. 4133-6-2" in x.article]
    assert remote
    assert {str(x.in_force_on) for x in remote} == {"2022-08-01"}
