"""Which command belongs to which phase: every kind of command, asked in every phase."""

from collections.abc import Mapping
from typing import get_args

import pytest

from tests.domain.test_life import VOTE
from tests.kit.given import Given, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    START,
    arrive,
    ask,
    call,
    called,
    close_poll,
    contest,
    first,
    leave,
    m,
    nominee,
    open_poll,
    opened,
    proclaim,
    proxy,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain.ids import item_id, option_id
from voting.domain.refusals import PollNotOpen, RollCallNotOpen, SittingAlreadyExists, SittingUnknown, WrongPhase
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.statements import Statement

CPR = standing_committee()
PREPARED = (*opened(CPR, first(20)), proxy(m(21), m(3)))
PHASES: Mapping[Phase, Given] = {
    Phase.CONVENED: given(CPR, *map(arrive, first(20)), proxy(m(21), m(3))),
    Phase.OPEN: given(*PREPARED, call()),
    Phase.SUSPENDED: given(*PREPARED, call(), c.SuspendSitting(by=CLERK, reason="")),
    Phase.CLOSED: given(*PREPARED, call(), c.CloseSitting(by=CLERK)),
}
COMMANDS: tuple[tuple[c.SittingCommand, str], ...] = (
    (CPR, ""),
    (c.OpenSitting(by=CLERK), "convened"),
    (c.OpenRollCall(by=CLERK), "convened open"),
    (c.CloseRollCall(by=CLERK), ""),
    (leave(m(4)), "convened open suspended"),
    (c.HandOverChair(by=CLERK, person=m(2)), "convened open suspended"),
    (c.AppointSecretary(by=CLERK, person=m(5)), "convened open suspended"),
    (proxy(m(22), m(4)), "convened open suspended"),
    (c.AcceptProxy(by=m(3), grantor=m(21)), "convened open suspended"),
    (c.DeclineProxy(by=m(3), grantor=m(21)), "convened open suspended"),
    (c.RevokeProxy(by=m(21), grantor=m(21)), "convened open suspended"),
    (call(), "open"),
    (c.PostponeItem(by=CLERK, text="x"), "open"),
    (c.DeclareRecusal(by=m(7), person=m(7)), "open"),
    (ask(m(7), FloorKind.POINT_OF_ORDER), "open"),
    (c.WithdrawFloor(by=m(7), person=m(7)), "open"),
    (c.GiveFloor(by=CHAIR, person=m(7)), "open"),
    (c.EndFloor(by=CHAIR), "open"),
    (c.PauseFloor(by=CHAIR), "open"),
    (c.ContinueFloor(by=CHAIR), "open"),
    (c.UndoFloor(by=CHAIR), "open"),
    (c.CloseSpeakersList(by=CHAIR), "open"),
    (c.RequestClosure(by=m(7), person=m(7)), "open"),
    (c.DeclineClosure(by=CHAIR), "open"),
    (c.CloseDebate(by=CHAIR), "open"),
    (c.RequestSecretBallot(by=m(7)), "open"),
    (c.RequestRecordedBallot(by=m(7)), "open"),
    (c.RequestInCamera(by=m(7)), "open"),
    (c.EndInCamera(by=CHAIR), "open"),
    (c.OpenExchange(by=CHAIR, until=START), "open"),
    (c.ProlongExchange(by=CHAIR, until=START), "open"),
    (c.WriteMessage(by=m(7), text="x"), "open"),
    (c.CloseExchange(by=CHAIR), "open"),
    (open_poll(), "open"),
    (c.CallNextName(by=CLERK), "open"),
    (c.RecordHands(by=CLERK), "open"),
    (c.RecordPapers(by=CLERK, envelopes=0, votes_for=0, against=0), "open"),
    (c.MarkVoters(by=CLERK, members=()), "open"),
    (c.MoveItem(by=CLERK, item=item_id(1), before=item_id(1)), "convened open suspended"),
    (c.OrderAmendments(by=CHAIR, items=()), "open"),
    (c.DeclareMoot(by=CLERK, item=item_id(1)), "open"),
    (c.FormBlock(by=CLERK, items=()), "open"),
    (c.TakeOutOfBlock(by=CLERK, item=item_id(1)), "open"),
    (contest(m(2), m(3)), "open"),
    (c.OpenNextRound(by=CLERK), "open"),
    (c.RecordOptionPapers(by=CLERK, envelopes=0, blank=0, invalid=0, counts=()), "open"),
    (c.StateElder(by=CLERK, option=option_id(1)), "open"),
    (c.DeclareUnopposed(by=CHAIR, nominee=nominee(m(2))), "open"),
    (c.UncoverBallot(by=CHAIR), "open"),
    (vote(m(7)), ""),
    (close_poll(), "open"),
    (proclaim(), "open"),
    (c.AnnulPoll(by=CLERK, reason="x"), "open"),
    (c.RequestSuspension(by=m(7), person=m(7), reason=""), "open"),
    (c.DeclineSuspension(by=CHAIR), "open"),
    (c.SuspendSitting(by=CLERK, reason=""), "open"),
    (c.ResumeSitting(by=CLERK), "suspended"),
    (c.CloseSitting(by=CLERK), "open suspended"),
    (c.MakeStatement(by=CLERK, statement=Statement.RECORDING_STARTED), "convened open suspended"),
    (c.RecordNoQuorum(by=CLERK), "convened"),
    (c.WriteNote(by=CLERK, turn=None, text="x"), "open suspended closed"),
    (c.WriteIncident(by=CLERK, incident=None, text="x"), "convened open suspended closed"),
    (c.PassHour(by=CLERK), "convened open suspended closed"),
    (c.CorrectMinutes(by=CLERK, text="x"), "closed"),
    (c.SubmitMinutes(by=CLERK), "closed"),
    (c.ApproveMinutes(by=CLERK, approval=VOTE), "closed"),
    (c.RecordSignatures(by=CLERK, fingerprint="", signers=()), "closed"),
    (c.PublishMinutes(by=CLERK, where="x"), "closed"),
    (c.ArchiveMinutes(by=CLERK, reference="x"), "closed"),
)
APART = {c.ConveneSitting: SittingAlreadyExists(), c.CastVote: PollNotOpen(), c.CloseRollCall: RollCallNotOpen()}
"""Commands that say more than the phase."""


def test_every_kind_of_command_is_asked() -> None:
    assert [type(command) for command, _ in COMMANDS] == list(get_args(c.SittingCommand))


@pytest.mark.parametrize(("command", "phases"), COMMANDS, ids=[type(command).__name__ for command, _ in COMMANDS])
@pytest.mark.parametrize("phase", PHASES)
def test_a_command_outside_its_phase_says_which_one_it_is(command: c.SittingCommand, phases: str, phase: Phase) -> None:
    asked = PHASES[phase].when(command)
    if type(command) in APART:
        asked.then(APART[type(command)])
    elif phase.value in phases.split():
        assert asked.answer != WrongPhase(phase=phase)
    else:
        asked.then(WrongPhase(phase=phase))


@pytest.mark.parametrize("command", [command for command, _ in COMMANDS[1:]], ids=lambda x: type(x).__name__)
def test_without_a_convocation_there_is_nothing_to_ask(command: c.SittingCommand) -> None:
    given(rules=PHASES[Phase.OPEN].rules).when(command).then(SittingUnknown())


def test_a_vote_is_heard_while_its_poll_is_open() -> None:
    given(*called(CPR), open_poll()).when(vote(m(7))).accepted()
