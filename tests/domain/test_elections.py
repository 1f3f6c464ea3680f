"""Elections: rounds, ties, age, the secret, the executive, and what needs no vote. Rules R07, R10, R19, R26."""

from dataclasses import replace

import pytest

from tests.domain.competing import AWARD, CANDIDATES, CPR, ELECTION, I1, O1, O2, O3, OFFERS, award, election
from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    accepted_proxy,
    ask,
    call,
    called,
    choose,
    chosen,
    close_poll,
    contest,
    convene,
    council,
    first,
    item,
    leave,
    m,
    nominee,
    open_poll,
    opened,
    option_papers,
    proclaim,
    roll,
    standing_committee,
    tender_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem, Body, ItemKind, LegalSubject, Mode
from voting.domain.contests import (
    MOST_OPTIONS,
    ContestGround,
    ContestResult,
    Nominee,
    OptionCount,
    TieBreak,
    count_options,
    decide_contest,
    tied_first,
)
from voting.domain.decide.contests import result_of
from voting.domain.ids import OptionId, option_id, poll_id
from voting.domain.refusals import (
    AlreadyRecorded,
    ChairOnly,
    ItemForbiddenHere,
    MethodForbidden,
    NotPresent,
    PollNotOpen,
    QuorumNotReached,
    StaffOnly,
)
from voting.domain.refusals.ballots import (
    NotByPress,
    NotCountedYet,
    OtherMethod,
    PapersDoNotAddUp,
    TooManyPapers,
)
from voting.domain.refusals.contests import (
    BallotIsSecret,
    ElderUnknown,
    NoElderNeeded,
    NoRoundDue,
    NothingToUncover,
    NotUnopposed,
    OptionsUnclear,
    OptionUnknown,
    RoundDue,
)
from voting.domain.ruleset import Citation, MajorityBase, StandingOrders, VotingMethod
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import ContestOrders
from voting.domain.tally import Choice, Tally
from voting.rules import articles
from voting.rules import contests as rules_of


def _result(then: Given) -> ContestResult | None:
    return list(then.sitting.polls.all.values())[-1].result


def test_R26_three_rounds_the_third_at_the_relative_majority() -> None:
    split = chosen({1: range(1, 11), 2: range(11, 19), 3: range(19, 26)})
    once = election(*split, close_poll(), proclaim())
    assert _result(once) == ContestResult(winner=None, ground=ContestGround.NO_MAJORITY)
    assert once.sitting.current_item() is not None
    once.when(CANDIDATES).then(RoundDue(round=2))
    twice = once.when(c.OpenNextRound(by=CLERK)).then(fact(e.PollOpened, number=2))
    second = twice.sitting.polls.open_poll()
    assert second is not None and second.contest is not None
    assert (second.contest.round, second.contest.previous, second.contest.relative) == (2, poll_id(1), False)
    thrice = twice.after(*split, close_poll(), proclaim(), c.OpenNextRound(by=CLERK))
    third = thrice.sitting.polls.open_poll()
    assert third is not None and third.contest is not None
    assert (third.contest.round, third.contest.previous, third.contest.relative) == (3, poll_id(2), True)
    elected = thrice.after(*split, close_poll(), proclaim())
    assert _result(elected) == ContestResult(winner=O1, ground=ContestGround.RELATIVE_MAJORITY)
    elected.after(call()).when(c.OpenNextRound(by=CLERK)).then(NoRoundDue())


def test_candidates_withdraw_and_join_between_rounds_and_keep_their_numbers() -> None:
    once = election(close_poll(), proclaim())
    assert _result(once) == ContestResult(winner=None, ground=ContestGround.NO_VOTE_CAST)
    again = once.after(c.OpenNextRound(by=CLERK, withdrawn=(O2,), joining=(nominee(m(7)),)))
    poll = again.sitting.polls.open_poll()
    assert poll is not None and poll.contest is not None
    assert [(o.id, o.person) for o in poll.contest.options] == [(O1, m(2)), (O3, m(4)), (option_id(4), m(7))]
    again.when(choose(m(9), 2)).then(OptionUnknown())
    once.when(c.OpenNextRound(by=CLERK, withdrawn=(OptionId("o9"),))).then(OptionsUnclear(what="unknown"))
    once.when(c.OpenNextRound(by=CLERK, withdrawn=(O1, O2, O3))).then(OptionsUnclear(what="none"))
    once.when(c.OpenNextRound(by=CLERK, joining=(nominee(m(2)),))).then(OptionsUnclear(what="twice"))
    many = tuple(Nominee(label=f"Autre {n}") for n in range(MOST_OPTIONS))
    once.when(c.OpenNextRound(by=CLERK, joining=many)).then(OptionsUnclear(what="many"))
    once.when(c.OpenNextRound(by=m(2))).then(StaffOnly())


def test_a_round_struck_is_held_again_from_its_list() -> None:
    once = election(close_poll(), proclaim(), c.OpenNextRound(by=CLERK), c.AnnulPoll(by=CLERK, reason="panne"))
    again = once.after(c.OpenNextRound(by=CLERK)).sitting.polls.open_poll()
    assert again is not None and again.contest is not None
    assert (again.contest.round, again.contest.previous) == (2, poll_id(1))


def _third_round(*votes: c.CastVote, convocation: c.ConveneSitting = CPR) -> Given:
    idle = (close_poll(), proclaim(), c.OpenNextRound(by=CLERK))
    return given(*called(convocation), CANDIDATES, *idle, *idle, *votes, close_poll())


def test_R07_L4133_1_age_breaks_a_tie_in_the_last_round_once_the_clerk_has_said_who_is_elder() -> None:
    tied = _third_round(*chosen({1: (1, 2, 3), 2: (4, 5, 6), 3: (7,)}))
    tied.when(proclaim()).then(ElderUnknown())
    elder = c.StateElder(by=CLERK, option=O2)
    tied.when(elder, by=m(9)).then(StaffOnly())
    tied.when(replace(elder, option=O3)).then(NoElderNeeded())
    said = tied.when(elder).then(fact(e.ElderStated, poll=poll_id(3), option=O2))
    said.when(elder).then(AlreadyRecorded())
    then = said.after(proclaim())
    assert _result(then) == ContestResult(winner=O2, ground=ContestGround.ELDER)
    corrected = said.after(replace(elder, option=O1), proclaim())
    assert _result(corrected) == ContestResult(winner=O1, ground=ContestGround.ELDER)


def test_age_is_asked_for_only_where_it_decides() -> None:
    elder = c.StateElder(by=CLERK, option=O1)
    given(*called(CPR)).when(elder).then(PollNotOpen())
    election().when(elder).then(PollNotOpen())
    first_round = election(choose(m(1), 1), choose(m(2), 2), close_poll())
    first_round.when(elder).then(NoElderNeeded())
    first_round.when(proclaim()).then(e.ContestProclaimed)
    given(*called(CPR), open_poll(), close_poll()).when(elder).then(NoElderNeeded())
    alone = _third_round(*chosen({1: (1, 2), 2: (4,)}))
    alone.when(elder).then(NoElderNeeded())
    alone.when(proclaim()).then(e.ContestProclaimed)


def test_standing_orders_may_leave_age_out_and_set_the_rounds() -> None:
    orders = StandingOrders(contests=ContestOrders(absolute_rounds=0, elder_wins=False))
    own = standing_committee(ELECTION, orders=orders)
    votes = chosen({1: (1, 2, 3), 2: (4, 5, 6)})
    closed = given(*called(own), CANDIDATES, *votes, close_poll())
    then = closed.after(proclaim())
    assert _result(then) == ContestResult(winner=O1, ground=ContestGround.CASTING_VOTE)


@pytest.mark.parametrize("voice", [vote(CHAIR, Choice.ABSTENTION), choose(CHAIR, 3), None])
def test_R19_a_chair_who_chose_none_of_the_first_ones_breaks_no_tie(voice: c.CastVote | None) -> None:
    orders = StandingOrders(contests=ContestOrders(absolute_rounds=0))
    votes = (*chosen({1: (2, 3, 4), 2: (5, 6, 7)}), *([voice] if voice is not None else []))
    offers = standing_committee(AWARD, orders=orders)
    then = given(*called(offers), OFFERS, *votes, close_poll(), proclaim())
    assert _result(then) == ContestResult(winner=None, ground=ContestGround.TIE)
    assert then.sitting.current_item() is not None


def test_R52_a_tender_committee_without_rules_of_its_own_has_no_casting_vote() -> None:
    orders = StandingOrders(contests=ContestOrders(absolute_rounds=0))
    tied = chosen({1: (1, 2, 3), 2: (4, 5, 6)})
    then = given(*called(tender_committee(AWARD, orders=orders)), OFFERS, *tied, close_poll(), proclaim())
    assert _result(then) == ContestResult(winner=None, ground=ContestGround.TIE)
    own = replace(orders, casting_vote=True)
    then = given(*called(tender_committee(AWARD, orders=own)), OFFERS, *tied, close_poll(), proclaim())
    assert _result(then) == ContestResult(winner=O1, ground=ContestGround.CASTING_VOTE)


@pytest.mark.parametrize(
    ("base", "whole", "counts", "winner"),
    [
        (MajorityBase.VOTES_CAST, 0, (5, 4, 0), O1),
        (MajorityBase.VOTES_CAST, 0, (5, 4, 1), None),
        (MajorityBase.IN_OFFICE, 25, (12, 0, 0), None),
        (MajorityBase.IN_OFFICE, 25, (13, 12, 0), O1),
    ],
)
def test_R07_L4133_1_an_absolute_majority_is_of_its_base(
    base: MajorityBase, whole: int, counts: tuple[int, ...], winner: OptionId | None
) -> None:
    poll = award().sitting.polls.all[poll_id(1)]
    assert poll.contest is not None
    round_ = replace(poll.contest, base=base, whole=whole)
    chosen_ = [o for o, n in zip((O1, O2, O3), counts, strict=True) for _ in range(n)]
    assert decide_contest(round_, count_options(round_.options, chosen_)).winner == winner


# --- on paper ---------------------------------------------------------------------------------------------------------

IN_SECRET = contest(m(2), m(3), method=VotingMethod.SECRET)


def _box() -> Given:
    return given(*called(_council(ELECTION)), IN_SECRET)


def test_R26_a_secret_choice_is_recorded_by_its_totals_in_the_room() -> None:
    papers = option_papers(40, 30, blank=4, invalid=2)
    counts = (OptionCount(option=O1, votes=40), OptionCount(option=O2, votes=30))
    counted = _box().when(papers).then(fact(e.OptionPapersCounted, envelopes=76, blank=4, invalid=2, counts=counts))
    counted.when(papers).then(AlreadyRecorded())
    again = counted.after(option_papers(39, 31, blank=4, invalid=2), papers, close_poll())
    poll = again.sitting.polls.all[poll_id(1)]
    tally = Tally(votes_for=70, against=0, abstention=0, not_taking_part=0, no_answer=1, blank=4, invalid=2)
    assert (poll.tally, poll.counts) == (tally, counts)
    elected = ContestResult(winner=O1, ground=ContestGround.ABSOLUTE_MAJORITY)
    again.when(proclaim()).then(fact(e.ContestProclaimed, result=elected))


def test_R26_papers_that_do_not_add_up_are_refused() -> None:
    box, fits = _box(), option_papers(40, 30)
    box.when(replace(fits, envelopes=71)).then(PapersDoNotAddUp(envelopes=71, papers=70))
    box.when(replace(fits, blank=-1, envelopes=69)).then(PapersDoNotAddUp(envelopes=69, papers=69))
    box.when(option_papers(40, 38)).then(TooManyPapers(envelopes=78, electors=77))
    for counts in (fits.counts[:1], (*fits.counts, fits.counts[0])):
        box.when(replace(fits, counts=counts)).then(OptionUnknown())
    box.when(fits, by=m(4)).then(StaffOnly())
    box.when(c.RecordPapers(by=CLERK, envelopes=1, votes_for=1, against=0)).then(OtherMethod())
    box.when(close_poll()).then(NotCountedYet())
    box.when(choose(m(4), 1)).then(NotByPress())
    box.after(fits, close_poll()).when(fits).then(PollNotOpen())
    award().when(fits).then(OtherMethod())
    given(*called(_council(item(1))), open_poll(method=VotingMethod.SECRET)).when(fits).then(OtherMethod())
    by_hands = contest(m(2), m(3), method=VotingMethod.SHOW_OF_HANDS)
    given(*called(_council(item(1)))).when(by_hands).then(MethodForbidden())


def test_R07_L4133_1_the_president_is_elected_by_the_members_of_the_council_and_age_decides_the_third_round() -> None:
    presidency = item(1, ItemKind.ELECTION, subject=LegalSubject.PRESIDENCY_ELECTION.value)
    few = given(*opened(_council(presidency), first(51)))
    few.when(call()).then(QuorumNotReached(counted=51, required=52, citation=articles.COUNCIL_ELECTION_QUORUM))
    once = given(*called(_council(presidency), first(60)), IN_SECRET, option_papers(38, 20, blank=2), close_poll())
    again = once.after(proclaim())
    assert _result(again) == ContestResult(winner=None, ground=ContestGround.NO_MAJORITY)
    twice = again.after(c.OpenNextRound(by=CLERK), option_papers(30, 30), close_poll(), proclaim())
    thrice = twice.after(c.OpenNextRound(by=CLERK), option_papers(30, 30), close_poll())
    thrice.when(proclaim()).then(ElderUnknown())
    elected = thrice.after(c.StateElder(by=CLERK, option=O2), proclaim())
    assert _result(elected) == ContestResult(winner=O2, ground=ContestGround.ELDER)
    at_once = given(
        *called(_council(presidency), first(60)), IN_SECRET, option_papers(39, 20), close_poll(), proclaim()
    )
    assert _result(at_once) == ContestResult(winner=O1, ground=ContestGround.ABSOLUTE_MAJORITY)


# --- the law of the body ----------------------------------------------------------------------------------------------


def _council(*items: AgendaItem, mode: Mode = Mode.ROOM) -> c.ConveneSitting:
    return convene(roll(77), items, body=Body.COUNCIL, mode=mode)


def test_R10_the_president_is_not_elected_from_afar() -> None:
    presidency = item(1, ItemKind.ELECTION, subject=LegalSubject.PRESIDENCY_ELECTION.value)
    remote = given(*opened(council(presidency)))
    remote.when(call()).then(ItemForbiddenHere(item=I1, citation=articles.REMOTE_ITEMS))


@pytest.mark.parametrize("mode", [Mode.ROOM, Mode.REMOTE])
def test_R26_L4132_14_nominations_are_secret_unless_the_council_unanimously_gives_it_up(mode: Mode) -> None:
    sitting = given(*called(_council(ELECTION, mode=mode)))
    sitting.when(CANDIDATES).then(BallotIsSecret(may_be_waived=True, citation=articles.NOMINATIONS))
    uncover = c.UncoverBallot(by=CHAIR)
    sitting.when(uncover, by=CLERK).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    uncovered = sitting.when(uncover).then(fact(e.BallotUncovered, item=I1))
    uncovered.when(uncover).then(AlreadyRecorded())
    poll = uncovered.after(CANDIDATES).sitting.polls.open_poll()
    assert poll is not None and poll.contest is not None
    assert (poll.contest.tie, poll.contest.base) == (TieBreak.ELDER, MajorityBase.VOTES_CAST)


@pytest.mark.parametrize(
    ("subject", "secret", "base"),
    [
        (LegalSubject.PRESIDENCY_ELECTION, rules_of.PRESIDENCY_SECRET, MajorityBase.IN_OFFICE),
        (LegalSubject.PERMANENT_COMMISSION, rules_of.EXECUTIVE, MajorityBase.VOTES_CAST),
    ],
)
def test_R07_the_executive_is_elected_in_secret_without_exception(
    subject: LegalSubject, secret: Citation, base: MajorityBase
) -> None:
    election = item(1, ItemKind.ELECTION, subject=subject.value)
    sitting = given(*called(_council(election)))
    sitting.when(CANDIDATES).then(BallotIsSecret(may_be_waived=False, citation=secret))
    sitting.when(c.UncoverBallot(by=CHAIR)).then(NothingToUncover(citation=secret))
    rule = sitting.rules.contest(election, StandingOrders())
    assert (rule.absolute_rounds, rule.base, rule.tie) == (2, base, TieBreak.ELDER)


def test_R26_a_report_of_a_council_may_be_a_choice_by_recorded_vote() -> None:
    given(*called(_council(item(1)))).when(OFFERS).then(e.PollOpened)
    given(*called(CPR)).when(c.UncoverBallot(by=CHAIR)).then(NothingToUncover(citation=rules_of.HOUSE))


def test_R26_L4132_14_al_4_a_single_candidacy_takes_effect_without_a_vote() -> None:
    sitting = given(*called(_council(ELECTION)))
    alone = c.DeclareUnopposed(by=CHAIR, nominee=nominee(m(5)))
    sitting.when(alone, by=CLERK).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    name = sitting.sitting.roll[m(5)].full_name
    declared = fact(e.UnopposedDeclared, item=I1, person=m(5), label=name, article="CGCT, art. L. 4132-14, al. 4")
    then = sitting.when(alone).then(declared)
    assert then.sitting.agenda.states[I1] is ItemState.CHOSEN
    assert then.sitting.agenda.unopposed == {I1: name}
    assert then.sitting.current_item() is None
    sitting.when(replace(alone, nominee=Nominee(label=" "))).then(OptionsUnclear(what="blank"))
    few = sitting.after(*(leave(m(n)) for n in range(30, 78)))
    few.when(alone).then(QuorumNotReached(counted=29, required=39, citation=articles.COUNCIL_QUORUM))
    given(*called(CPR)).when(alone).then(NotUnopposed(citation=rules_of.HOUSE))


def test_R26_the_twins_of_a_departement_have_their_own_articles() -> None:
    department = convene(roll(30), (ELECTION,), body=Body.DEPARTMENT, mode=Mode.ROOM)
    given(*called(department)).when(CANDIDATES).then(
        BallotIsSecret(may_be_waived=True, citation=rules_of.DEPARTMENT_NOMINATIONS)
    )


@pytest.mark.parametrize("is_represented", [True, False])
def test_R19_a_chair_whose_voice_somebody_else_gave_breaks_no_tie(is_represented: bool) -> None:
    """Who takes the chair after the opening, represented until then or not here at all, gave no voice of his own."""
    orders = StandingOrders(contests=ContestOrders(absolute_rounds=0))
    offers = standing_committee(AWARD, orders=orders, voters=9)
    here, late = first(8), m(9)
    even = chosen({1: (2, 3, 4), 2: (5, 6, 7)})
    if is_represented:
        both = (choose(late, 1, by=m(8)), choose(m(8), 2))
        past = given(*called(offers, here), *accepted_proxy(late, m(8)), OFFERS, *even, *both, close_poll())
    else:
        past = given(*called(offers, here), OFFERS, *even, close_poll())
    led = past.happened(e.ChairHandedOver(at=past.clock.now(), by=CHAIR, person=late)).sitting
    result = result_of(led, led.polls.all[poll_id(1)])
    assert result == ContestResult(winner=None, ground=ContestGround.TIE)


def test_whose_turn_runs_when_somebody_is_chosen_or_declared_has_it_ended() -> None:
    speaking = (ask(m(3)), c.GiveFloor(by=CHAIR), ask(m(7)))
    then = given(*called(_council(ELECTION)), *speaking).when(c.DeclareUnopposed(by=CHAIR, nominee=nominee(m(5))))
    assert then.then(e.FloorEnded, e.UnopposedDeclared).sitting.speakers.waiting == ()
    order = (ask(m(3), FloorKind.POINT_OF_ORDER), c.GiveFloor(by=CHAIR))
    chosen_one = given(*called(CPR), CANDIDATES, *chosen({1: range(1, 20)}), close_poll(), *order)
    chosen_one.when(proclaim()).then(e.FloorEnded, e.ContestProclaimed)


def test_R09_a_chair_who_withdrew_declares_nobody_and_uncovers_nothing() -> None:
    withdrawn = given(*called(_council(ELECTION)), c.DeclareRecusal(by=CHAIR, person=CHAIR))
    for wish in (c.DeclareUnopposed(by=CHAIR, nominee=nominee(m(5))), c.UncoverBallot(by=CHAIR)):
        withdrawn.when(wish).then(NotPresent(person=CHAIR, citation=articles.RECUSAL))


def test_who_comes_first_among_those_for_whom_nobody_voted_is_nobody() -> None:
    contest = given(*called(CPR), CANDIDATES).sitting.polls.all[poll_id(1)].contest
    assert contest is not None
    counts = count_options(contest.options, ())
    assert tied_first(replace(contest, relative=True), counts) == ()


def test_all_choose_together_colleges_or_not() -> None:
    orders = StandingOrders(colleges=("Alliance des territoires", "Ensemble"))
    sitting = given(*called(convene(roll(14), (AWARD,), body=Body.ASSOCIATION, orders=orders)), OFFERS)
    assert sitting.sitting.polls.all[poll_id(1)].colleges == ()
