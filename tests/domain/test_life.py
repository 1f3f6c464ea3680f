"""The document after the sitting: submitted, approved by the next one, signed, published, archived; who did what."""

from collections.abc import Mapping

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    START,
    ask,
    called,
    council,
    m,
    opened,
    standing_committee,
    tender_committee,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.ids import SittingId
from voting.domain.minuting import LONGEST, Approval, Stage
from voting.domain.refusals import AlreadyRecorded, ReasonMissing, StaffOnly
from voting.domain.refusals.minuting import (
    MinutesNotApproved,
    MinutesNotSigned,
    MinutesNotSubmitted,
    MinutesSettled,
    MinutesStayPrivate,
    NoApprovalHere,
    NoteTooLong,
)
from voting.domain.ruleset import StandingOrders
from voting.rules import articles

VOTE = Approval(
    sitting=SittingId("next"),
    item="1",
    poll=1,
    votes_for=20,
    against=1,
    abstention=2,
    proclaimed_at=START,
    line=40,
    leaf="ab" * 32,
)
SUBMIT = c.SubmitMinutes(by=CLERK)
APPROVE = c.ApproveMinutes(by=CLERK, approval=VOTE)
SIGN = c.RecordSignatures(by=CLERK, fingerprint="cd" * 32, signers=(CHAIR, m(9)))
PUBLISH = c.PublishMinutes(by=CLERK, where="https://region.example/pv.pdf")
ARCHIVE = c.ArchiveMinutes(by=CLERK, reference="1234 W 56")
CORRECT = c.CorrectMinutes(by=CLERK, text="Lire « Le Goff ».")
NOTE = c.WriteNote(by=CLERK, turn=None, text="Soutient.")
END = c.CloseSitting(by=CLERK)
SPOKEN = (ask(m(7)), c.GiveFloor(by=CHAIR))


def over(convocation: c.ConveneSitting) -> Given:
    return given(*called(convocation), *SPOKEN, END)


def committee() -> Given:
    return over(standing_committee())


def a_council() -> Given:
    return given(*opened(council()), END)


def test_R36_L4132_12_the_next_sitting_approves_and_then_it_is_signed() -> None:
    sitting = committee().when(SUBMIT).then(e.MinutesSubmitted)
    sitting = sitting.when(APPROVE).then(fact(e.MinutesApproved, approval=VOTE))
    sitting = sitting.when(SIGN).then(fact(e.MinutesSigned, fingerprint="cd" * 32, signers=(CHAIR, m(9))))
    minuting = sitting.after(ARCHIVE).sitting.minuting
    assert [x.stage for x in minuting.milestones] == [Stage.SUBMITTED, Stage.APPROVED, Stage.SIGNED, Stage.ARCHIVED]
    assert [x.by for x in minuting.milestones] == [CLERK] * 4
    assert [x.detail for x in minuting.milestones] == ["", "", "cd" * 32, "1234 W 56"]
    assert (minuting.approval, minuting.stage) == (VOTE, Stage.ARCHIVED)


def test_R36_L4132_12_nothing_is_signed_before_it_is_approved() -> None:
    committee().when(SIGN).then(MinutesNotApproved(citation=articles.COMMITTEE_MINUTES))
    committee().after(SUBMIT).when(SIGN).then(MinutesNotApproved(citation=articles.COMMITTEE_MINUTES))
    committee().when(APPROVE).then(MinutesNotSubmitted(citation=articles.COMMITTEE_MINUTES))
    assert a_council().when(SIGN).refused().citation == articles.MINUTES


def test_R36_L4132_12_it_is_corrected_until_it_is_approved() -> None:
    sitting = committee().after(NOTE, SUBMIT).when(CORRECT).then(fact(e.MinutesCorrected, text="Lire « Le Goff »."))
    sitting = sitting.after(c.WriteNote(by=CLERK, turn=None, text="Ne soutient pas."))
    assert [x.text for x in sitting.sitting.minuting.corrections] == ["Lire « Le Goff »."]
    assert sitting.sitting.minuting.edits == 3
    settled = sitting.after(APPROVE)
    for late in (CORRECT, NOTE):
        settled.when(late).then(MinutesSettled(citation=articles.COMMITTEE_MINUTES))


def test_R37_L4132_12_a_council_publishes_what_was_signed() -> None:
    signed = a_council().after(SUBMIT, APPROVE)
    signed.when(PUBLISH).then(MinutesNotSigned())
    signed.when(ARCHIVE).then(MinutesNotSigned())
    published = signed.after(SIGN).when(PUBLISH).then(fact(e.MinutesPublished, where="https://region.example/pv.pdf"))
    published.when(PUBLISH).then(AlreadyRecorded())
    assert published.rules.minutes.publication.days == 7


def test_R37_a_committee_publishes_only_if_its_orders_open_its_sittings() -> None:
    signed = committee().after(SUBMIT, APPROVE, SIGN)
    signed.when(PUBLISH).then(MinutesStayPrivate(citation=articles.STANDING_NOT_PUBLIC))
    public = over(standing_committee(orders=StandingOrders(public_board=True)))
    archived = public.after(SUBMIT, APPROVE, SIGN, ARCHIVE)
    assert archived.after(PUBLISH).sitting.minuting.stage is Stage.ARCHIVED, "the archive comes before the site"


def test_R53_a_tender_committee_signs_at_the_end_and_never_publishes() -> None:
    sitting = given(*called(tender_committee()), END)
    for wish in (SUBMIT, APPROVE):
        sitting.when(wish).then(NoApprovalHere(citation=articles.TENDER_CONFIDENTIALITY))
    signed = sitting.when(SIGN).then(e.MinutesSigned)
    signed.when(PUBLISH).then(MinutesStayPrivate(citation=articles.TENDER_CONFIDENTIALITY))
    signed.when(CORRECT).then(MinutesSettled())


@pytest.mark.parametrize("step", [SUBMIT, APPROVE, SIGN, ARCHIVE], ids=lambda x: type(x).__name__)
def test_each_step_is_taken_once(step: c.SittingCommand) -> None:
    before: Mapping[c.SittingCommand, tuple[c.SittingCommand, ...]] = {
        SUBMIT: (),
        APPROVE: (SUBMIT,),
        SIGN: (SUBMIT, APPROVE),
        ARCHIVE: (SUBMIT, APPROVE, SIGN),
    }
    committee().after(*before[step], step).when(step).then(AlreadyRecorded())


@pytest.mark.parametrize(
    "step", [SUBMIT, APPROVE, SIGN, PUBLISH, ARCHIVE, CORRECT, NOTE], ids=lambda x: type(x).__name__
)
def test_each_step_is_the_staffs(step: c.SittingCommand) -> None:
    committee().when(step, by=m(8)).then(StaffOnly())


def test_what_is_recorded_says_something() -> None:
    signed = over(standing_committee(orders=StandingOrders(public_board=True))).after(SUBMIT, APPROVE, SIGN)
    signed.when(c.PublishMinutes(by=CLERK, where=" ")).then(ReasonMissing())
    signed.when(c.ArchiveMinutes(by=CLERK, reference="")).then(ReasonMissing())
    committee().when(c.CorrectMinutes(by=CLERK, text="\n")).then(ReasonMissing())
    long = c.CorrectMinutes(by=CLERK, text="a" * (LONGEST + 1))
    committee().when(long).then(NoteTooLong(length=LONGEST + 1, most=LONGEST))


def test_a_stage_not_reached_has_no_milestone() -> None:
    minuting = committee().after(SUBMIT).sitting.minuting
    assert minuting.at(Stage.SIGNED) is None
    assert minuting.has(Stage.DRAFT)
    assert not minuting.has(Stage.APPROVED)


def test_R37_where_it_was_published_is_kept() -> None:
    published = a_council().after(SUBMIT, APPROVE, SIGN, PUBLISH).sitting.minuting
    milestone = published.at(Stage.PUBLISHED)
    assert milestone is not None
    assert milestone.detail == "https://region.example/pv.pdf"
