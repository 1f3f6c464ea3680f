"""The request for a secret ballot: voted first; adopted, it sends the item to a sitting that is not remote."""

from dataclasses import replace

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CLERK,
    STRANGER,
    arrive,
    call,
    called,
    close_poll,
    first,
    item,
    m,
    open_poll,
    proclaim,
    settled,
    standing_committee,
    tender_committee,
    u,
    vote,
    votes,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState, PostponeReason
from voting.domain.assembly import ItemKind
from voting.domain.ids import item_id
from voting.domain.polls import Purpose
from voting.domain.refusals import (
    ItemNotVoted,
    MethodForbidden,
    NoItemUnderDiscussion,
    NoSecretBallotRequest,
    NotOnTheRoll,
    NotPresent,
    NoVote,
    Recused,
    SecretBallotAlreadyRequested,
    SecretBallotRequestWaits,
)
from voting.domain.ruleset import SecrecyRule
from voting.domain.tally import Choice, Outcome
from voting.rules import articles
from voting.rules.book import RuleBook

CPR = standing_committee()
SECRET = Purpose.SECRET_BALLOT_REQUEST


def request(number: int = 7) -> c.RequestSecretBallot:
    return c.RequestSecretBallot(by=m(number))


def _request_voted(choice: Choice) -> Given:
    return given(*called(CPR), request(), open_poll(SECRET), *votes(choice, range(1, 26)), close_poll())


def test_a_member_asks() -> None:
    then = given(*called(CPR)).when(request()).then(fact(e.SecretBallotRequested, item=item_id(1), person=m(7)))
    assert then.sitting.secret_ballot_requests == {item_id(1): m(7)}


def test_once_per_item() -> None:
    refusal = SecretBallotAlreadyRequested(citation=articles.STANDING_SECRECY)
    given(*called(CPR), request()).when(request(8)).then(refusal)
    _request_voted(Choice.AGAINST).after(proclaim()).when(request(8)).then(refusal)
    given(*called(CPR), request(), call()).when(request(8)).then(e.SecretBallotRequested)


def test_who_may_not_ask() -> None:
    sitting = given(*called(CPR, first(20)), arrive(ADVISOR), c.DeclareRecusal(by=m(7), person=m(7)))
    sitting.when(c.RequestSecretBallot(by=ADVISOR)).then(NoVote(person=ADVISOR))
    sitting.when(c.RequestSecretBallot(by=STRANGER)).then(NotOnTheRoll())
    sitting.when(request(25)).then(NotPresent(person=m(25)))
    sitting.when(request(7)).then(Recused(citation=articles.RECUSAL))


def test_a_substitute_asks_while_he_sits() -> None:
    cao = tender_committee()
    sitting = given(*called(cao, (*first(5), u(6))), arrive(u(5)))
    sitting.when(c.RequestSecretBallot(by=u(6))).then(fact(e.SecretBallotRequested, person=u(6)))
    sitting.when(c.RequestSecretBallot(by=u(5))).then(NoVote(person=u(5)))


def test_there_must_be_an_item() -> None:
    given(*called(CPR), c.PostponeItem(by=CLERK, text="x")).when(request()).then(NoItemUnderDiscussion())


def test_the_request_is_voted_before_the_item() -> None:
    sitting = given(*called(CPR), request())
    sitting.when(open_poll()).then(SecretBallotRequestWaits())
    sitting.when(open_poll(SECRET)).then(fact(e.PollOpened, purpose=SECRET, item=item_id(1)))


def test_leaving_the_item_does_not_shake_the_request_off() -> None:
    sitting = given(*called(CPR), request(), call(item_id(2)), call(item_id(1)))
    sitting.when(open_poll()).then(SecretBallotRequestWaits())


def test_an_annulled_vote_on_the_request_decides_nothing() -> None:
    sitting = given(*called(CPR), request(), open_poll(SECRET), c.AnnulPoll(by=CLERK, reason="panne"))
    sitting.when(open_poll()).then(SecretBallotRequestWaits())
    sitting.when(open_poll(SECRET)).then(fact(e.PollOpened, number=2))


def test_there_is_nothing_to_vote_on_without_a_request_or_after_the_vote() -> None:
    given(*called(CPR)).when(open_poll(SECRET)).then(NoSecretBallotRequest())
    _request_voted(Choice.AGAINST).after(proclaim()).when(open_poll(SECRET)).then(NoSecretBallotRequest())


def test_an_adopted_request_postpones_the_item() -> None:
    then = (
        _request_voted(Choice.FOR)
        .when(proclaim())
        .then(
            e.ResultProclaimed,
            fact(e.ItemPostponed, item=item_id(1), reason=PostponeReason.SECRET_BALLOT, text=""),
        )
    )
    assert then.sitting.agenda.states[item_id(1)] is ItemState.POSTPONED
    assert then.sitting.agenda.current is None
    then.when(call()).then(fact(e.ItemCalled, item=item_id(2)))


@pytest.mark.parametrize("choice", [Choice.AGAINST, Choice.ABSTENTION])
def test_a_rejected_request_lets_the_item_be_voted(choice: Choice) -> None:
    then = _request_voted(choice).when(proclaim()).then(e.ResultProclaimed)
    assert then.sitting.agenda.current == item_id(1)
    voted = then.after(open_poll(), vote(m(1)), *settled())
    assert voted.sitting.agenda.states[item_id(1)] is ItemState.ADOPTED


def test_a_tie_on_the_request_is_broken_by_the_chair() -> None:
    sitting = given(*called(CPR), request(), open_poll(SECRET), vote(m(1)), vote(m(2), Choice.AGAINST), close_poll())
    then = sitting.when(proclaim()).then(e.ResultProclaimed, e.ItemPostponed)
    decision = next(iter(then.sitting.polls.all.values())).decision
    assert decision is not None
    assert decision.outcome is Outcome.ADOPTED


def test_where_a_secret_ballot_can_be_held_an_adopted_request_postpones_nothing() -> None:
    book = given(CPR).rules
    assert isinstance(book, RuleBook)
    here = replace(book, secrecy=SecrecyRule(postpones=False, citation=book.secrecy.citation))
    sitting = given(*called(CPR), request(), open_poll(SECRET), vote(m(1)), close_poll(), rules=here)
    then = sitting.when(proclaim()).then(e.ResultProclaimed)
    then.when(open_poll()).then(MethodForbidden(citation=here.secrecy.citation))


def test_an_item_for_information_is_not_voted() -> None:
    sitting = given(*called(standing_committee(item(1, ItemKind.INFORMATION))))
    sitting.when(open_poll()).then(ItemNotVoted(item=item_id(1)))
