"""A transcript over the speaking turns: what goes where, and what is handed back."""

from datetime import datetime, timedelta

import pytest

from tests.kit import journals
from voting.domain import commands as c
from voting.domain.ids import PersonId
from voting.imports.spoken import Speech
from voting.imports.vtt import Cue
from voting.minutes.document import draw_up
from voting.minutes.facts import Minutes
from voting.service.transcripts import Names, Why, align_names, align_times


def debate() -> Minutes:
    """M. Le Goff (f1), Mme Benali (f2), M. Le Goff again (f3), each for sixty seconds, ten apart."""
    story = journals.convened(journals.roll(6), journals.agenda(1))
    story.attend("m001", "m002", "m003", "m004", "c1")
    story.do(c.OpenSitting(by=journals.CLERK))
    story.do(c.AppointSecretary(by=journals.CLERK, person=PersonId("m004")))
    story.call()
    for person in ("m002", "m003", "m002"):
        story.speak(person, seconds=60)
        story.now += timedelta(seconds=10)
    return draw_up(story.events)


MINUTES = debate()
FIRST = MINUTES.turns[0].at


def cue(line: int, begins: float, ends: float, text: str, voice: str = "") -> Cue:
    return Cue(line=line, begins=timedelta(seconds=begins), ends=timedelta(seconds=ends), voice=voice, text=text)


def test_cues_go_to_the_turn_that_runs_in_their_middle() -> None:
    began: datetime = FIRST - timedelta(seconds=5)
    second = (MINUTES.turns[1].at - began).total_seconds()
    found = align_times(
        [
            cue(1, 0, 2, "Avant."),
            cue(2, 6, 9, "Je soutiens", "Yannick Le Goff"),
            cue(3, 10, 12, "ce rapport.", "LE GOFF Yannick"),
            cue(4, 20, 22, "Un silence avant.", "Transcription de la salle"),
            cue(5, 30, 31, "Merci.", "Aïcha Benali"),
            cue(6, 31, 32, "Poursuivez.", "Aïcha Benali"),
            cue(7, second - 1, second + 3, "À moi.", "Aïcha Benali"),
        ],
        MINUTES,
        began,
    )
    assert found.notes == {"f1": "Je soutiens ce rapport.\nUn silence avant.", "f2": "À moi."}
    assert [(s.line, s.why, s.speaker, s.text) for s in found.strays] == [
        (1, Why.NO_TURN, "", "Avant."),
        (5, Why.OTHER_SPEAKER, "Aïcha Benali", "Merci. Poursuivez."),
    ]


def speech(line: int, speaker: str, *paragraphs: str) -> Speech:
    return Speech(line=line, speaker=speaker, paragraphs=list(paragraphs))


def test_speeches_and_turns_keep_their_order() -> None:
    found = align_names(
        [
            speech(1, "", "La séance s’ouvre."),
            speech(2, "Mme la présidente", "La parole est à M. Le Goff."),
            speech(3, "M. LE GOFF", "Un.", "Deux."),
            speech(5, "M. Durand", "Non !"),
            speech(6, "Mme Durand", "Si !"),
            speech(7, "Yannick Le Goff", "Je poursuis."),
            speech(8, "Mme Benali", "Trois."),
            speech(9, "Mme Castaing", "Merci."),
            speech(10, "le Goff", "Quatre."),
        ],
        MINUTES,
    )
    assert found.notes == {"f1": "Un.\nDeux.\nJe poursuis.", "f2": "Trois.", "f3": "Quatre."}
    assert [(s.line, s.why) for s in found.strays] == [
        (1, Why.NO_SPEAKER),
        (2, Why.NO_TURN),
        (5, Why.UNKNOWN_SPEAKER),
        (6, Why.UNKNOWN_SPEAKER),
        (9, Why.NO_TURN),
    ]


def test_what_a_transcript_lacks_shifts_nothing() -> None:
    found = align_names([speech(1, "Benali", "Trois."), speech(2, "Le Goff", "Quatre.")], MINUTES)
    assert found.notes == {"f2": "Trois.", "f3": "Quatre."}
    found = align_names([speech(1, "Le Goff", "Un."), speech(2, "Le Goff", "Quatre.")], MINUTES)
    assert found.notes == {"f1": "Un.", "f3": "Quatre."}
    assert align_names([speech(1, "Guérin", "Rien.")], MINUTES).notes == {}


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("M. LE GOFF", "m002"),
        ("Monsieur Yannick Le Goff", "m002"),
        ("Le Goff, Yannick", "m002"),
        ("Mme BENALI", "m003"),
        ("Mme OEUVRARD", None),
        ("Mme Durand", None),
        ("Claire Durand", "m005"),
        ("Madame la Présidente", "m001"),
        ("La présidente du groupe Rivages", None),
        ("Personne", None),
    ],
)
def test_names_as_they_are_written(written: str, person: str | None) -> None:
    assert Names(MINUTES).find(written) == person


def test_a_name_that_two_bear_is_a_name_still() -> None:
    assert Names(MINUTES).is_one("Durand")
    assert not Names(MINUTES).is_one("Attention")
