"""Two councils that called their members by name, from afar, at the pace of the recording of their meetings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.kit.replay import CHOICES, Replay, data
from tests.kit.sittings import CLERK, START, Clock
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.seats import quorum
from voting.domain.tally import Decision, Ground, Outcome, Tally

BREATH = timedelta(seconds=6)
"""The clerks of the recordings take a breath between an answer and the next name; here it is called at once."""


class Recording(Clock):
    """The clock of a recording: the second that it has come to."""

    second = 0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.second)


class Played:
    """A meeting played from its recording: each line of it becomes what its people would have asked of us."""

    def __init__(self, members: Sequence[str], chair: str) -> None:
        self.clock = Recording()
        self.meeting = Replay(dict.fromkeys(members, ""), StandingOrders(), self.clock, chair)
        self.gone: set[str] = set()

    def play(self, line: dict[str, Any]) -> None:
        self.clock.second = line["t"]
        match line["kind"]:
            case "open":
                self.meeting.do(c.OpenRollCall(by=CLERK))
            case "answer":
                self.meeting.arrive(line["member"])
            case "declared_excused":
                self._excused(line["member"])
            case "announce_attendance":
                self.meeting.do(c.CloseRollCall(by=CLERK))
            case "vote_open":
                self.meeting.do(c.OpenSitting(by=CLERK))
                self.meeting.do(c.CallItem(by=CLERK, item=None))
                self.meeting.do(c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ROLL_CALL))
            case "ballot":
                self._ballot(line)

    def _excused(self, member: str) -> None:
        who = PersonId(member)
        if self.meeting.sitting.presence(who) is not Presence.EXCUSED:
            self.meeting.do(c.RecordAttendance(by=CLERK, person=who, presence=Presence.EXCUSED, source=Source.CLERK))

    def _ballot(self, line: dict[str, Any]) -> None:
        member, choice = PersonId(line["member"]), CHOICES[line["vote"]]
        self.meeting.do(c.CastVote(by=CLERK, poll=None, member=member, choice=choice, source=Source.VOICE))


def test_R16_oakland_votes_by_name_from_afar_as_it_did() -> None:
    recorded = data("replay_oakland_2022-08-09.json")
    played = Played([x["id"] for x in recorded["members"]], "Bas")
    for line in recorded["events"]:
        if line["kind"] == "vote_open":
            late = next(x for x in recorded["events"] if x.get("note", "").startswith("was excused at the opening"))
            played.meeting.arrive(late["member"])  # joined meanwhile, the recording does not say when
        played.play(line)
    meeting = played.meeting
    opening = next(x for x in meeting.history if isinstance(x, e.RollCallClosed))
    assert (opening.quorum.present, opening.quorum.required, opening.quorum.is_reached) == (5, 5, True)
    assert opening.missing == ("Reid", "Taylor", "Thao")
    result = next(x for x in recorded["events"] if x["kind"] == "result")
    played.clock.second = result["t"]
    poll = meeting.settle()
    tally = Tally(votes_for=result["official"]["for"], against=0, abstention=0, not_taking_part=0, no_answer=0)
    assert (poll.tally, poll.decision) == (tally, Decision(outcome=Outcome.ADOPTED, ground=Ground.UNANIMITY))
    _names_were_called_when_they_were(recorded["events"], meeting.history)


def _names_were_called_when_they_were(recorded: list[dict[str, Any]], history: list[e.SittingEvent]) -> None:
    began = next(x["t"] for x in recorded if x["kind"] == "vote_open")
    really = {x["member"]: x["t"] for x in recorded if x["kind"] == "roll_call" and x["t"] >= began}
    called = [x for x in history if isinstance(x, e.NameCalled) and x.member is not None]
    assert [x.member for x in called] == list(really)
    for one in called[1:]:
        assert one.member is not None
        assert timedelta(0) <= START + timedelta(seconds=really[one.member]) - one.at <= BREATH


def test_seattle_calls_its_roll_and_says_who_is_missing() -> None:
    recorded = data("replay_seattle_rollcall_2021-08-02.json")
    names = [x["member"] for x in recorded["events"] if x["kind"] == "roll_call"]
    played = Played([*names, "Sawant"], names[-1])
    for line in recorded["events"]:
        played.play(line)
    announced = recorded["events"][-1]
    closed = next(x for x in played.meeting.history if isinstance(x, e.RollCallClosed))
    assert (closed.quorum.present, len(closed.missing)) == (announced["present"], announced["excused"])
    assert closed.missing == ("Sawant",)
    assert quorum(played.meeting.sitting, played.meeting.rules).is_reached
