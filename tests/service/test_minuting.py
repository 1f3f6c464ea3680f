"""The approval of minutes, read in the journal of the sitting that voted it; the seven days that follow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from tests.service.kit import entries_of
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body
from voting.domain.ids import PersonId, item_id
from voting.domain.minuting import Approval
from voting.domain.refusals.minuting import ApprovalBar, ApprovalNotVoted
from voting.domain.ruleset import StandingOrders
from voting.domain.statements import Statement
from voting.service.minuting import read_approval
from voting.service.views.minuting import NextStep, minuting_view

APPROVAL = (AgendaItem(id=item_id(1), number="1", title="Procès-verbal du 20 novembre"),)


def held(
    sitting: str, *, later: int = 0, body: Body = Body.STANDING_COMMITTEE, for_: bool = True, adopt: bool = True
) -> Story:
    story = journals.convened(journals.roll(6), APPROVAL, sitting=sitting, body=body)
    story.now += timedelta(days=later)
    story.attend("m001", "m002", "m003", "m004", "m005", "c1")
    if body is Body.COUNCIL:
        story.do(c.MakeStatement(by=CLERK, statement=Statement.BROADCAST_STARTED))
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m004")))
    story.call()
    if adopt:
        story.decide_item({"m002": journals.AGAINST, "m003": journals.ABSTENTION}, rest=journals.FOR if for_ else None)
    story.do(c.CloseSitting(by=CLERK))
    return story


FIRST = held("first")
NEXT = held("next", later=10)


def read(first: Story, following: Story, number: str = "1") -> Approval:
    return read_approval(first.state, following.state, number, entries_of(following))


def test_R36_the_approval_is_the_proclaimed_vote_with_its_line() -> None:
    found = read(FIRST, NEXT)
    assert (found.sitting, found.item, found.poll) == ("next", "1", 1)
    assert (found.votes_for, found.against, found.abstention) == (3, 1, 1)
    entry = entries_of(NEXT)[found.line - 1]
    assert (entry.name, entry.leaf.hex()) == ("poll.result_proclaimed/1", found.leaf)
    assert b'"poll":"p1"' in entry.line


@pytest.mark.parametrize(
    ("following", "number", "why"),
    [
        (lambda: FIRST, "1", ApprovalBar.SAME_SITTING),
        (lambda: held("other", later=10, body=Body.COUNCIL), "1", ApprovalBar.OTHER_BODY),
        (lambda: held("before"), "1", ApprovalBar.EARLIER),
        (lambda: NEXT, "2", ApprovalBar.NO_ITEM),
        (lambda: held("refused", later=10, for_=False), "1", ApprovalBar.NOT_ADOPTED),
        (lambda: held("unvoted", later=10, adopt=False), "1", ApprovalBar.NOT_ADOPTED),
    ],
)
def test_R36_any_other_vote_approves_nothing(following: object, number: str, why: ApprovalBar) -> None:
    assert callable(following)
    with pytest.raises(ApprovalNotVoted) as refused:
        read(FIRST, following(), number)
    assert refused.value == ApprovalNotVoted(why=why)


def test_R37_a_council_has_seven_days_from_the_sitting_that_approved() -> None:
    story = held("first", body=Body.COUNCIL)
    approval = replace(read(FIRST, NEXT), proclaimed_at=story.now + timedelta(days=30))
    shown = [minuting_view(story.state, story.rules, story.now)]
    story.do(c.SubmitMinutes(by=CLERK))
    shown.append(minuting_view(story.state, story.rules, story.now))
    story.now += timedelta(days=30)
    story.do(c.ApproveMinutes(by=CLERK, approval=approval))
    due = date(2026, 12, 27)
    shown.append(minuting_view(story.state, story.rules, story.now + timedelta(days=3)))
    assert (shown[-1].due, shown[-1].late) == (due, -4)
    assert minuting_view(story.state, story.rules, story.now + timedelta(days=9)).late == 2
    story.do(c.RecordSignatures(by=CLERK, fingerprint="00", signers=()))
    shown.append(minuting_view(story.state, story.rules, story.now))
    story.now += timedelta(days=8)
    story.do(c.PublishMinutes(by=CLERK, where="ici"))
    shown.append(minuting_view(story.state, story.rules, story.now + timedelta(days=90)))
    assert shown[-1].late == 1, "what counts is the day on which they were published"
    story.do(c.ArchiveMinutes(by=CLERK, reference="W"))
    shown.append(minuting_view(story.state, story.rules, story.now))
    assert [view.next_step for view in shown] == [
        NextStep.SUBMIT,
        NextStep.APPROVE,
        NextStep.SIGN,
        NextStep.PUBLISH,
        NextStep.ARCHIVE,
        NextStep.NOTHING,
    ]


def test_R53_a_tender_committee_is_signed_at_once() -> None:
    story = journals.tender_committee()
    view = minuting_view(story.state, story.rules, story.now)
    assert (view.next_step, view.is_public, view.due) == (NextStep.SIGN, False, None)


def test_before_the_close_there_is_nothing_to_do() -> None:
    story = journals.convened(journals.roll(6), APPROVAL, orders=StandingOrders(public_board=True))
    assert minuting_view(story.state, story.rules, story.now).next_step is NextStep.CLOSE
