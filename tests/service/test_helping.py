"""What is told of the help that a lifted sitting was given: figures from the sitting and from what support kept."""

from datetime import timedelta

from tests.kit import sittings as kit
from tests.kit.given import given
from voting.domain import commands as c
from voting.domain.attendance import Source
from voting.domain.ids import SittingId
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice
from voting.service.helping import HelpReport, help_report
from voting.service.ports import HelpRequest, HelpState

CONVOCATION = kit.standing_committee(*kit.reports(3))
SPOKEN = kit.vote(kit.m(2), by=kit.CLERK, source=Source.VOICE)
PRESSED = kit.vote(kit.m(3))


def request(number: int, taken: float | None = None, closed: float | None = None) -> HelpRequest:
    """Asked at the start; taken and closed so many seconds later."""

    def at(seconds: float | None) -> object:
        return kit.START + timedelta(seconds=seconds) if seconds is not None else None

    state = HelpState.CLOSED if closed is not None else HelpState.TAKEN if taken is not None else HelpState.WAITING
    return HelpRequest(
        id=f"h{number}",
        sitting=SittingId("s"),
        person=kit.m(number),
        asked_at=kit.START,
        from_meeting=False,
        state=state,
        taken_at=at(taken),  # type: ignore[arg-type]
        closed_at=at(closed),  # type: ignore[arg-type]
    )


def lifted(*before: c.SittingCommand) -> Sitting:
    return given(*before, c.CloseSitting(by=kit.CLERK)).sitting


def report(sitting: Sitting, *requests: HelpRequest) -> HelpReport:
    found = help_report(sitting, requests)
    assert found is not None
    return found


def test_nothing_is_told_before_the_sitting_is_lifted() -> None:
    assert help_report(given(*kit.called(CONVOCATION)).sitting, (request(1, 10, 20),)) is None


def test_half_waited_no_longer_until_somebody_came_and_until_it_was_settled() -> None:
    sitting = lifted(*kit.opened(CONVOCATION))
    told = report(sitting, request(1, 10, 100), request(2, 20, 300), request(3, 90), request(4))
    assert (told.asked, told.settled, told.taken_in, told.settled_in) == (4, 2, 20, 200)


def test_without_a_request_there_is_no_delay_to_tell() -> None:
    sitting = lifted(*kit.opened(CONVOCATION))
    assert report(sitting) == HelpReport(asked=0, settled=0, taken_in=None, settled_in=None, voiced=0)


def test_voices_taken_aloud_count_where_others_press() -> None:
    assert report(lifted(*kit.polled(CONVOCATION), SPOKEN, PRESSED, *kit.settled())).voiced == 1
    corrected = (SPOKEN, kit.vote(kit.m(2), Choice.AGAINST))
    assert report(lifted(*kit.polled(CONVOCATION), *corrected, *kit.settled())).voiced == 0, "the last voice counts"


def test_an_annulled_vote_does_not_count() -> None:
    annul = c.AnnulPoll(by=kit.CLERK, reason="panne")
    assert report(lifted(*kit.polled(CONVOCATION), SPOKEN, annul)).voiced == 0


def test_a_vote_by_name_is_spoken_by_its_nature() -> None:
    few = kit.standing_committee(*kit.reports(1), voters=5)
    going = given(*kit.called(few), kit.open_poll(method=VotingMethod.ROLL_CALL))
    for _ in kit.first(5):
        poll = going.sitting.polls.open_poll()
        assert poll is not None
        assert poll.call is not None
        assert poll.call.called is not None
        aloud = kit.vote(poll.call.called, by=kit.CLERK, source=Source.VOICE)
        going = going.after(aloud)
    ended = going.after(*kit.settled(), c.CloseSitting(by=kit.CLERK))
    assert report(ended.sitting).voiced == 0
