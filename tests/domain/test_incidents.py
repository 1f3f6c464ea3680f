"""Incidents of the sitting: told at their hour, put right and taken back until the minutes are settled."""

from datetime import datetime, timedelta

from tests.domain.test_life import APPROVE, SUBMIT, committee
from tests.kit.given import Given, fact, given
from tests.kit.sittings import CHAIR, CLERK, START, Clock, arrive, called, m, standing_committee
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.ids import IncidentId, ItemId, PersonId, incident_id, item_id
from voting.domain.incidents import LONGEST
from voting.domain.refusals import AlreadyRecorded, ItemUnknown, NotOnTheRoll, ReasonMissing, StaffOnly, WrongPhase
from voting.domain.refusals.incidents import IncidentOutside, IncidentTooLong, IncidentUnknown
from voting.domain.refusals.minuting import MinutesSettled
from voting.domain.sitting import Phase

CPR = standing_committee()
FIRST, SECOND = incident_id(1), incident_id(2)


def tell(
    text: str,
    incident: IncidentId | None = None,
    at: datetime | None = None,
    item: ItemId | None = None,
    person: PersonId | None = None,
) -> c.WriteIncident:
    return c.WriteIncident(by=CLERK, incident=incident, text=text, happened_at=at, item=item, person=person)


def meeting() -> Given:
    return given(*called(CPR))


def texts(sitting: Given) -> dict[IncidentId, str]:
    return {i.id: i.text for i in sitting.sitting.minuting.incidents.values()}


def test_R61_an_incident_is_told_at_the_hour_of_now_with_whom_it_concerns_and_on_what() -> None:
    asked = meeting().when(tell(" La transmission s’interrompt. ", item=item_id(1), person=m(7)))
    text = "La transmission s’interrompt."
    sitting = asked.then(fact(e.IncidentWritten, incident=FIRST, text=text, item=item_id(1), person=m(7)))
    told = sitting.history[-1]
    assert isinstance(told, e.IncidentWritten)
    assert told.happened_at == told.at
    assert sitting.sitting.minuting.edits == 1
    kept = sitting.sitting.minuting.incidents[FIRST]
    assert (kept.item, kept.person, kept.by) == (item_id(1), m(7), CLERK)


def test_it_is_put_right_keeps_its_hour_and_may_be_taken_back_and_told_again() -> None:
    sitting = meeting().after(tell("Un."), tell("Deux."), tell("Deux, corrigé.", SECOND, person=m(3)))
    hours = [i.happened_at for i in sitting.sitting.minuting.incidents.values()]
    assert texts(sitting) == {FIRST: "Un.", SECOND: "Deux, corrigé."}
    assert hours == [x.at for x in sitting.history if isinstance(x, e.IncidentWritten)][:2]
    sitting = sitting.after(tell(" ", FIRST), tell("Trois."))
    assert texts(sitting) == {FIRST: "", SECOND: "Deux, corrigé.", incident_id(3): "Trois."}
    assert texts(sitting.after(tell("Un, quand même.", FIRST)))[FIRST] == "Un, quand même."


def test_an_hour_gone_by_may_be_told_and_none_that_is_still_to_come() -> None:
    sitting = meeting()
    earlier = sitting.sitting.facts.at + timedelta(seconds=1)
    sitting = sitting.when(tell("Un.", at=earlier)).then(fact(e.IncidentWritten, happened_at=earlier))
    asked = sitting.when(tell("Deux.", at=earlier + timedelta(days=1)))
    assert isinstance(asked.answer, IncidentOutside)
    assert asked.answer.until > earlier
    assert isinstance(sitting.when(tell("Deux.", at=START - timedelta(days=99))).answer, IncidentOutside)


def test_the_first_hour_is_the_minute_of_the_convocation() -> None:
    begun = START.replace(second=34, microsecond=567_000)
    sitting = given(*called(CPR), clock=Clock(begun))
    first = begun.replace(second=0, microsecond=0)
    sitting.when(tell("Un.", at=first)).then(fact(e.IncidentWritten, happened_at=first))
    assert isinstance(sitting.when(tell("Un.", at=first - timedelta(milliseconds=1))).answer, IncidentOutside)


def test_after_the_close_it_is_of_the_sitting_or_refused() -> None:
    sitting = meeting().after(c.CloseSitting(by=CLERK))
    closed = sitting.sitting.course.closed_at
    assert closed is not None
    sitting.when(tell("Un.")).then(fact(e.IncidentWritten, happened_at=closed))
    sitting.when(tell("Un.", at=closed)).then(fact(e.IncidentWritten, happened_at=closed))
    sitting.when(tell("Un.", at=closed + timedelta(milliseconds=1))).then(IncidentOutside(until=closed))


def test_it_is_told_from_the_roll_call_on() -> None:
    given(CPR).when(tell("Un.")).then(WrongPhase(phase=Phase.CONVENED))
    given(CPR, c.OpenRollCall(by=CLERK)).when(tell("Un.")).accepted()
    given(CPR, arrive(m(2))).when(tell("Un.")).accepted()


def test_the_same_telling_changes_nothing_and_an_empty_one_tells_nothing() -> None:
    sitting = meeting().after(tell("Un."))
    sitting.when(tell("Un.", FIRST)).then(AlreadyRecorded())
    sitting.when(tell("Un.")).accepted()
    sitting.when(tell(" \n ")).then(ReasonMissing())


def test_it_has_an_end_and_speaks_of_what_is_there() -> None:
    sitting = meeting()
    sitting.when(tell("a" * (LONGEST + 1))).then(IncidentTooLong(length=LONGEST + 1, most=LONGEST))
    sitting.when(tell("a" * LONGEST)).accepted()
    sitting.when(tell("Un.", incident_id(4))).then(IncidentUnknown())
    sitting.when(tell("Un.", item=item_id(99))).then(ItemUnknown())
    sitting.when(tell("Un.", person=PersonId("nobody"))).then(NotOnTheRoll())


def test_members_do_not_tell_the_incidents() -> None:
    meeting().when(tell("Un."), by=m(8)).then(StaffOnly())
    meeting().when(tell("Un."), by=CHAIR).accepted()


def test_L4132_12_nothing_is_told_once_the_minutes_are_settled() -> None:
    settled = committee().after(SUBMIT, tell("Un."), APPROVE)
    settled.when(tell("Un.")).then(MinutesSettled(citation=settled.rules.minutes.approval))


def test_an_incident_moves_nothing_else() -> None:
    before = meeting()
    after = before.after(tell("Un."))
    assert after.sitting.agenda == before.sitting.agenda
    assert after.sitting.course == before.sitting.course
