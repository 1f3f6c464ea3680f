"""A choice among several: who or what stands, whose voice is for whom, and who says the result. Rules R16, R20, R26."""

from dataclasses import replace

import pytest

from tests.domain.competing import CANDIDATES, CAO, CPR, I1, O1, O2, O3, OFFERS, award, election
from tests.kit.given import fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    STRANGER,
    accepted_proxy,
    ask,
    call,
    called,
    choose,
    chosen,
    close_poll,
    contest,
    first,
    item,
    m,
    open_poll,
    opened,
    proclaim,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.contests import (
    LABEL,
    MOST_OPTIONS,
    Contest,
    ContestGround,
    ContestResult,
    OptionCount,
    TieBreak,
)
from voting.domain.decide.contests import result_of
from voting.domain.ids import item_id, poll_id
from voting.domain.polls import PollState, Purpose
from voting.domain.refusals import (
    AlreadyVoted,
    ChairOnly,
    ItemNotVoted,
    MethodForbidden,
    NoItemUnderDiscussion,
    NotYours,
    PollNotOpen,
    PollPending,
    PollStillOpen,
    SecretBallotRequestWaits,
    StaffOnly,
)
from voting.domain.refusals.contests import (
    NotAContest,
    OptionsUnclear,
    OptionUnknown,
)
from voting.domain.ruleset import MajorityBase, VotingMethod
from voting.domain.tally import Choice, Tally
from voting.rules import articles

# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_choice_among_offers_is_frozen_with_its_rule_when_it_opens() -> None:
    opening = given(*called(CAO)).when(OFFERS).then(fact(e.PollOpened, purpose=Purpose.ITEM, item=I1))
    poll = opening.sitting.polls.open_poll()
    assert poll is not None and poll.contest is not None
    assert [(o.id, o.label, o.person) for o in poll.contest.options] == [
        (O1, "Offre A", None),
        (O2, "Offre B", None),
        (O3, "Offre C", None),
    ]
    assert replace(poll.contest, options=()) == Contest(
        options=(), relative=False, base=MajorityBase.VOTES_CAST, tie=TieBreak.NOBODY, article="règlement intérieur"
    )


def test_people_stand_under_the_name_that_they_have_on_the_roll() -> None:
    poll = election().sitting.polls.open_poll()
    assert poll is not None and poll.contest is not None
    assert [(o.person, o.label) for o in poll.contest.options] == [
        (p, given(CPR).sitting.roll[p].full_name) for p in (m(2), m(3), m(4))
    ]
    assert poll.contest.elects


@pytest.mark.parametrize(
    ("nominees", "what"),
    [
        ((), "none"),
        (("Offre A", "offre  a"), "twice"),
        ((m(2), m(2)), "twice"),
        (("Offre A", "  "), "blank"),
        (("Offre A", "B" * (LABEL + 1)), "long"),
        (tuple(f"Offre {n}" for n in range(MOST_OPTIONS + 1)), "many"),
        ((m(2), STRANGER), "person"),
    ],
)
def test_unclear_options_are_refused(nominees: tuple[str, ...], what: str) -> None:
    given(*called(CAO)).when(contest(*nominees)).then(OptionsUnclear(what=what))


def test_what_a_choice_needs() -> None:
    given(*opened(CAO)).when(OFFERS).then(NoItemUnderDiscussion())
    given(*called(CAO)).when(OFFERS, by=m(3)).then(StaffOnly())
    award().when(OFFERS).then(PollPending(poll=poll_id(1), number=1))
    asked = given(*called(CAO), c.RequestSecretBallot(by=m(2)))
    asked.when(OFFERS).then(SecretBallotRequestWaits())
    for kind in (ItemKind.INFORMATION, ItemKind.AMENDMENT):
        sitting = given(*opened(standing_committee(item(1), item(2, kind, parent=I1))), call(item_id(2)))
        sitting.when(OFFERS).then(ItemNotVoted(item=item_id(2)))


def test_a_secret_ballot_remains_out_of_a_remote_sitting() -> None:
    by_paper = contest("Offre A", "Offre B", method=VotingMethod.SECRET)
    given(*called(CAO)).when(by_paper).then(MethodForbidden(citation=articles.TENDER_SECRECY))


# --- voices -----------------------------------------------------------------------------------------------------------


def test_a_voice_names_an_option_or_abstains() -> None:
    sitting = award()
    sitting.when(choose(m(2), 3)).then(fact(e.OptionChosen, option=O3, choice=Choice.FOR, revision=0))
    sitting.when(vote(m(2), Choice.ABSTENTION)).then(fact(e.VoteCast, choice=Choice.ABSTENTION))
    sitting.when(vote(m(2), Choice.NOT_TAKING_PART)).then(e.VoteCast)
    for unclear in (vote(m(2), Choice.FOR), vote(m(2), Choice.AGAINST), choose(m(2), 9)):
        sitting.when(unclear).then(OptionUnknown())
    sitting.when(replace(vote(m(2), Choice.ABSTENTION), option=O1)).then(OptionUnknown())
    given(*called(CAO), open_poll()).when(choose(m(2), 1)).then(NotAContest())
    sitting.when(choose(m(2), 1, by=m(3))).then(NotYours())


def test_a_voice_may_move_from_one_option_to_another_until_the_close() -> None:
    voted = award(choose(m(2), 1))
    standing = voted.sitting.polls.all[poll_id(1)].ballots[m(2)]
    assert standing.option == O1
    voted.when(choose(m(2), 1)).then(AlreadyVoted(member=m(2), choice=Choice.FOR, at=standing.at))
    moved = voted.when(choose(m(2), 2)).then(fact(e.OptionChosen, option=O2, revision=1))
    gone = moved.when(vote(m(2), Choice.ABSTENTION)).then(fact(e.VoteCast, revision=2))
    closed = gone.after(close_poll())
    tally = Tally(votes_for=0, against=0, abstention=1, not_taking_part=0, no_answer=5)
    poll = closed.sitting.polls.all[poll_id(1)]
    assert (poll.tally, [x.votes for x in poll.counts]) == (tally, [0, 0, 0])
    closed.when(choose(m(3), 1)).then(PollNotOpen())


def test_a_proxy_chooses_apart() -> None:
    absent = given(*opened(CPR, first(20)), *accepted_proxy(m(21), m(5)), call(), CANDIDATES)
    closed = absent.after(choose(m(5), 1), choose(m(21), 2, by=m(5)), close_poll())
    assert closed.sitting.polls.all[poll_id(1)].counts == (
        OptionCount(option=O1, votes=1),
        OptionCount(option=O2, votes=1),
        OptionCount(option=O3, votes=0),
    )


# --- the end of a round -----------------------------------------------------------------------------------------------


def test_the_chair_alone_proclaims_who_is_chosen_and_the_item_is_settled() -> None:
    closed = award(*chosen({1: (1, 2, 3, 4), 2: (5, 6)}), close_poll())
    closed.when(proclaim(by=CLERK)).then(ChairOnly(chair=CHAIR, citation=articles.TENDER_CHAIR))
    retained = ContestResult(winner=O1, ground=ContestGround.ABSOLUTE_MAJORITY)
    then = closed.when(proclaim()).then(fact(e.ContestProclaimed, poll=poll_id(1), result=retained))
    poll = then.sitting.polls.all[poll_id(1)]
    assert (poll.state, poll.result, poll.decision) == (PollState.PROCLAIMED, retained, None)
    assert then.sitting.agenda.states[I1] is ItemState.CHOSEN
    assert then.sitting.current_item() is None
    assert then.sitting.polls.current() is None


def test_nothing_is_proclaimed_before_the_close() -> None:
    sitting = award()
    poll = sitting.sitting.polls.all[poll_id(1)]
    with pytest.raises(PollStillOpen) as refused:
        result_of(sitting.sitting, poll)
    assert refused.value == PollStillOpen(number=1)
    sitting.when(proclaim()).then(PollStillOpen(number=1, citation=articles.TENDER_PROCLAMATION))


def test_an_advisor_has_no_say_in_who_stands() -> None:
    given(*called(CPR)).when(CANDIDATES, by=ADVISOR).then(StaffOnly())
    speaking = given(*called(CPR), ask(m(2)), c.GiveFloor(by=CHAIR))
    speaking.when(CANDIDATES).then(e.FloorEnded, e.PollOpened)


def test_a_choice_may_be_as_long_as_it_may_be() -> None:
    most = [f"Offre {n}" for n in range(MOST_OPTIONS - 1)]
    opening = given(*called(CAO)).when(contest(*most, "B" * LABEL)).then(e.PollOpened)
    asked = opening.sitting.polls.all[poll_id(1)].contest
    assert asked is not None
    assert len(asked.options) == MOST_OPTIONS
