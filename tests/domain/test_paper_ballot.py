"""The secret ballot on paper: by its figures, in the room, without a name and without a casting vote."""

import pytest

from tests.domain.test_show_of_hands import together
from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CLERK,
    START,
    arrive,
    called,
    close_poll,
    m,
    open_poll,
    proclaim,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.attendance import Presence, Source
from voting.domain.ids import item_id, poll_id
from voting.domain.polls import Papers, Purpose
from voting.domain.refusals import AlreadyRecorded, MethodForbidden, NoVote, PollNotOpen, Recused, StaffOnly
from voting.domain.refusals.ballots import (
    NamedTwice,
    NotByPress,
    NotCountedYet,
    NotInTheRoom,
    OtherMethod,
    PapersDoNotAddUp,
    TooManyPapers,
)
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally
from voting.rules import articles

P1 = poll_id(1)
ON_PAPER = open_poll(method=VotingMethod.SECRET)


def papers(
    votes_for: int, against: int, blank: int = 0, invalid: int = 0, envelopes: int | None = None
) -> c.RecordPapers:
    found = votes_for + against + blank + invalid if envelopes is None else envelopes
    return c.RecordPapers(by=CLERK, envelopes=found, votes_for=votes_for, against=against, blank=blank, invalid=invalid)


def balloting() -> Given:
    return together().after(ON_PAPER)


def test_the_count_is_that_of_the_box() -> None:
    counted = (
        balloting()
        .when(papers(4, 2, 1, 1))
        .then(fact(e.PapersCounted, poll=P1, envelopes=8, votes_for=4, against=2, blank=1, invalid=1))
    )
    poll = counted.sitting.polls.all[P1]
    assert poll.papers == Papers(envelopes=8, votes_for=4, against=2, blank=1, invalid=1)
    assert (poll.heard, poll.ballots, poll.is_secret) == (8, {}, True)
    tally = Tally(votes_for=4, against=2, abstention=0, not_taking_part=0, no_answer=1, blank=1, invalid=1)
    closed = counted.when(close_poll()).then(fact(e.PollClosed, tally=tally))
    assert (tally.votes_cast, tally.electors) == (6, 9)
    then = closed.when(proclaim()).then(
        fact(e.ResultProclaimed, decision=Decision(outcome=Outcome.ADOPTED, ground=Ground.MAJORITY))
    )
    assert then.sitting.agenda.states[item_id(1)] is ItemState.ADOPTED


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (papers(4, 2, envelopes=7), PapersDoNotAddUp(envelopes=7, papers=6)),
        (papers(4, 2, envelopes=5), PapersDoNotAddUp(envelopes=5, papers=6)),
        (papers(7, -1, envelopes=6), PapersDoNotAddUp(envelopes=6, papers=6)),
        (papers(6, 4), TooManyPapers(envelopes=10, electors=9)),
    ],
)
def test_impossible_sums_are_refused(wrong: c.RecordPapers, refusal: Exception) -> None:
    assert balloting().when(wrong).refused() == refusal


def test_an_empty_box_adopts_nothing() -> None:
    balloting().after(papers(0, 0), close_poll()).when(proclaim()).then(
        fact(e.ResultProclaimed, decision=Decision(outcome=Outcome.REJECTED, ground=Ground.NO_VOTE_CAST))
    )


def test_R19_L4132_14_no_voice_prevails_on_a_tie_in_secret() -> None:
    tied = balloting().after(papers(4, 4, 1), close_poll())
    tied.when(proclaim()).then(fact(e.ResultProclaimed, decision=Decision(outcome=Outcome.REJECTED, ground=Ground.TIE)))
    assert tied.sitting.polls.all[P1].casting_vote is None


def test_it_is_corrected_until_the_close() -> None:
    sitting = balloting().after(papers(4, 2))
    sitting.when(papers(4, 2)).then(AlreadyRecorded())
    sitting.when(papers(5, 2)).then(e.PapersCounted)
    balloting().when(close_poll()).then(NotCountedYet())


def test_no_name_and_no_press() -> None:
    balloting().when(vote(m(2))).then(NotByPress())
    history = balloting().after(papers(4, 2), close_poll(), proclaim()).history
    opened = next(n for n, event in enumerate(history) if isinstance(event, e.PollOpened))
    assert not any(isinstance(event, e.VoteCast) for event in history)
    assert all("m002" not in str(event) for event in history[opened + 1 :])


def test_the_register_is_apart_from_the_papers() -> None:
    marked = (
        balloting()
        .when(c.MarkVoters(by=CLERK, members=(m(3), m(1))))
        .then(fact(e.VotersMarked, poll=P1, members=(m(1), m(3))))
    )
    assert marked.sitting.polls.all[P1].marked == {m(1), m(3)}
    marked.when(c.MarkVoters(by=CLERK, members=(m(1), m(3)))).then(AlreadyRecorded())
    marked.when(c.MarkVoters(by=CLERK, members=(m(1), m(1)))).then(NamedTwice(member=m(1)))
    marked.when(c.MarkVoters(by=CLERK, members=(CLERK,))).then(NoVote(person=CLERK))


def test_it_is_recorded_by_the_staff() -> None:
    balloting().when(papers(4, 2), by=m(2)).then(StaffOnly())
    together().after(open_poll()).when(papers(4, 2)).then(OtherMethod())
    together().when(papers(4, 2)).then(PollNotOpen())


def test_not_from_afar() -> None:
    given(*called(standing_committee())).when(ON_PAPER).then(MethodForbidden(citation=articles.STANDING_METHODS))
    afar = e.AttendanceRecorded(at=START, by=m(9), person=m(9), presence=Presence.REMOTE, source=Source.CARD)
    together().happened(afar).when(ON_PAPER).then(NotInTheRoom(person=m(9), citation=articles.STANDING_ROOM_METHODS))


def test_R18_an_adopted_request_is_voted_in_secret_there_and_then() -> None:
    asked = together().after(
        c.RequestSecretBallot(by=m(7)),
        open_poll(Purpose.SECRET_BALLOT_REQUEST, VotingMethod.SHOW_OF_HANDS),
        c.RecordHands(by=CLERK, against=(m(2),)),
        close_poll(),
    )
    adopted = asked.when(proclaim()).then(e.ResultProclaimed)
    for recorded in (VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL, VotingMethod.SHOW_OF_HANDS):
        adopted.when(open_poll(method=recorded)).then(MethodForbidden(citation=articles.STANDING_ROOM_SECRECY))
    voted = adopted.after(ON_PAPER, papers(5, 4), close_poll(), proclaim())
    assert voted.sitting.agenda.states[item_id(1)] is ItemState.ADOPTED


def test_R62_a_vote_struck_is_held_again_in_another_way() -> None:
    broken = together().after(open_poll(), vote(m(2)), c.AnnulPoll(by=CLERK, reason="panne du réseau"))
    again = broken.when(open_poll(method=VotingMethod.ROLL_CALL)).then(fact(e.PollOpened, number=2), e.NameCalled)
    assert again.sitting.polls.all[poll_id(2)].ballots == {}
    assert again.sitting.polls.all[P1].ballots[m(2)].choice is Choice.FOR


def test_R62_the_quorum_is_looked_at_again_before_the_second_vote() -> None:
    broken = together(5).after(open_poll(), c.AnnulPoll(by=CLERK, reason="panne du réseau"))
    gone = broken.after(arrive(m(5), Presence.ABSENT))
    assert gone.when(open_poll(method=VotingMethod.ROLL_CALL)).refused().code == "quorum_not_reached"


def test_who_withdrew_is_not_marked_and_the_article_says_why() -> None:
    withdrawn = together().after(c.DeclareRecusal(by=m(3), person=m(3)), ON_PAPER)
    withdrawn.when(c.MarkVoters(by=CLERK, members=(m(3),))).then(Recused(citation=articles.RECUSAL))
