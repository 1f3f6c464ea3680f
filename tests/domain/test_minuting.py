"""What is written of each speaking turn: by whom, when, and nothing lost (L. 4132-12: the substance of the debate)."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import CHAIR, CLERK, ask, called, m, standing_committee
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.ids import RequestId, request_id
from voting.domain.minuting import LONGEST, NoteSource, tidy
from voting.domain.refusals import AlreadyRecorded, StaffOnly
from voting.domain.refusals.minuting import NoteExists, NoteTooLong, TurnUnknown

CPR = standing_committee()
FIRST, SECOND = request_id(1), request_id(2)
GIVE, END, UNDO = (kind(by=CHAIR) for kind in (c.GiveFloor, c.EndFloor, c.UndoFloor))


def write(text: str, turn: RequestId | None = None, *, replaces: bool = True) -> c.WriteNote:
    return c.WriteNote(by=CLERK, turn=turn, text=text, replaces=replaces)


def heard() -> Given:
    """The first has spoken, the second speaks."""
    return given(*called(CPR), ask(m(7)), ask(m(8)), GIVE, END, GIVE)


def said(sitting: Given) -> dict[RequestId, str]:
    return {turn: note.text for turn, note in sitting.sitting.minuting.notes.items()}


def test_L4132_12_the_running_turn_is_written_down_and_a_past_one_by_its_id() -> None:
    sitting = heard()
    sitting = sitting.when(write("Soutient le rapport.")).then(
        fact(e.NoteWritten, turn=SECOND, text="Soutient le rapport.", source=NoteSource.TYPED)
    )
    sitting = sitting.after(write("Demande un bilan.", FIRST))
    assert said(sitting) == {FIRST: "Demande un bilan.", SECOND: "Soutient le rapport."}


def test_L4132_12_after_the_close_it_is_still_written_and_the_latest_text_stands() -> None:
    sitting = heard().after(write("Un."), c.CloseSitting(by=CLERK), write("Deux."), write("Trois.", FIRST))
    assert said(sitting) == {FIRST: "Trois.", SECOND: "Deux."}
    note = sitting.sitting.minuting.notes[SECOND]
    assert (note.by, note.source) == (CLERK, NoteSource.TYPED)
    assert sitting.sitting.minuting.edits == 3
    assert [x.text for x in sitting.history if isinstance(x, e.NoteWritten)] == ["Un.", "Deux.", "Trois."]


def test_a_note_is_taken_away_by_an_empty_text_and_may_be_written_again() -> None:
    sitting = heard().after(write("Un."), write("  "))
    assert said(sitting) == {}
    sitting.when(write("")).then(AlreadyRecorded())
    assert said(sitting.after(write("Un."))) == {SECOND: "Un."}


def test_the_same_text_changes_nothing() -> None:
    heard().after(write("Un.")).when(write(" Un.\r\n")).then(AlreadyRecorded())


def test_a_note_is_not_replaced_by_one_that_must_not() -> None:
    sitting = heard().after(write("Un."))
    sitting.when(write("Deux.", replaces=False)).then(NoteExists(person=m(8)))
    assert said(sitting.after(write("Deux.", FIRST, replaces=False)))[FIRST] == "Deux."


def test_a_turn_that_never_was_has_no_note() -> None:
    given(*called(CPR)).when(write("Un.")).then(TurnUnknown())
    heard().when(write("Un.", request_id(9))).then(TurnUnknown())
    heard().after(UNDO).when(write("Un.", SECOND)).then(TurnUnknown())


def test_a_note_has_an_end() -> None:
    heard().when(write("a" * (LONGEST + 1))).then(NoteTooLong(length=LONGEST + 1, most=LONGEST))
    heard().when(write("a" * LONGEST)).accepted()


def test_members_do_not_write_the_minutes() -> None:
    heard().when(write("Un."), by=m(8)).then(StaffOnly())
    secretary = heard().after(c.EndFloor(by=CHAIR), c.AppointSecretary(by=CHAIR, person=m(8)))
    secretary.when(write("Un."), by=m(8)).accepted()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  un\r\n\r\n\tdeux \rtrois", "un\ndeux\ntrois"),
        ("a\x00b\x1b[31m\ud800", "ab[31m"),
        ("un\tdeux", "un deux"),
        ("« Œuvre » – 25 €", "« Œuvre » – 25 €"),
    ],
)
def test_only_what_can_be_read_is_kept(typed: str, kept: str) -> None:
    assert tidy(typed) == kept
