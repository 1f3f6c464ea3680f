"""Dates, names and spaces as French minutes want them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from voting.domain.assembly import Civility, Member
from voting.domain.ids import PersonId
from voting.domain.polls import Mandate
from voting.minutes.blocks import listed
from voting.minutes.calendar import Calendar
from voting.minutes.people import People
from voting.minutes.typography import typeset
from voting.wording import catalogue

FR, EN = catalogue("fr"), catalogue("en")
PARIS = Calendar(FR, "Europe/Paris")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "deux mille vingt-six, le dimanche vingt-deux novembre"),
        (date(2021, 2, 1), "deux mille vingt et un, le lundi premier février"),
        (date(2071, 8, 31), "deux mille soixante et onze, le lundi trente et un août"),
        (date(2080, 12, 17), "deux mille quatre-vingts, le mardi dix-sept décembre"),
        (date(2099, 3, 3), "deux mille quatre-vingt-dix-neuf, le mardi trois mars"),
        (date(2100, 1, 4), "2100, le lundi quatre janvier"),
    ],
)
def test_a_day_in_words(day: date, words: str) -> None:
    assert PARIS.day_in_words(day) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 10, "neuf heures dix"),
        (1, 1, "une heure une"),
        (21, 21, "vingt et une heures vingt et une"),
        (12, 0, "douze heures"),
        (0, 0, "zéro heure"),
        (0, 51, "zéro heure cinquante et une"),
    ],
)
def test_an_hour_in_words_is_feminine(hour: int, minute: int, words: str) -> None:
    at = Calendar(FR, "UTC").hour_in_words(datetime(2026, 6, 1, hour, minute, tzinfo=UTC))
    assert at == words


def test_the_clock_is_that_of_the_place_of_the_sitting() -> None:
    summer, winter = datetime(2026, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
    assert (PARIS.hour(summer), PARIS.hour(winter)) == ("0\u00a0h\u00a030", "23\u00a0h\u00a030")
    assert Calendar(FR, "Indian/Reunion").hour(winter) == "2\u00a0h\u00a030"


def test_the_first_of_the_month_and_short_durations() -> None:
    assert PARIS.day(date(2026, 5, 1)) == "1er\u00a0mai\u00a02026"
    assert PARIS.long_day(date(2026, 5, 2)) == "samedi 2\u00a0mai\u00a02026"
    assert PARIS.duration(timedelta(seconds=59)) == "59\u00a0s"
    assert PARIS.duration(timedelta(seconds=125)) == "2\u00a0min 05\u00a0s"
    assert Calendar(EN, "UTC").day(date(2026, 5, 1)) == "1\u00a0May\u00a02026"


def _member(person: str, civility: Civility, first: str, last: str) -> Member:
    return Member(id=PersonId(person), civility=civility, first_name=first, last_name=last)


def test_two_people_of_one_name_keep_their_first_names() -> None:
    people = People(
        FR,
        [
            _member("a", Civility.MRS, "Anne", "Roux"),
            _member("b", Civility.MRS, "Brigitte", "Roux"),
            _member("c", Civility.MR, "Cyril", "Roux"),
        ],
    )
    assert [people.short(PersonId(p)) for p in "abc"] == [
        "Mme\u00a0Anne Roux",
        "Mme\u00a0Brigitte Roux",
        "M.\u00a0Roux",
    ]
    proxy = Mandate(member=PersonId("a"), voter=PersonId("c"))
    assert people.voice(proxy) == "Mme\u00a0Anne Roux (pouvoir à M.\u00a0Roux)"
    assert people.full(PersonId("nobody")) == people.short(PersonId("nobody")) == "nobody"
    assert people.with_office(PersonId("nobody")) == "nobody"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Plan : « l’eau » !", "Plan\u00a0: «\u00a0l’eau\u00a0»\u202f!"),
        ("n° 4 ; 25 000 € ; 12 %", "n°\u00a04\u202f; 25\u202f000\u00a0€\u202f; 12\u00a0%"),
        ("CGCT, art. L. 4132-12", "CGCT, art.\u00a0L.\u00a04132-12"),
        ("https://example.org/?a=b", "https://example.org/?a=b"),
    ],
)
def test_signs_stay_with_their_word(typed: str, printed: str) -> None:
    assert typeset(typed) == printed
    assert typeset({"a": [typed, 3]}) == {"a": [printed, 3]}


def test_names_are_kept_apart_as_french_wants() -> None:
    plain = listed("Présents", ["Mme Roquebrune", "M. Aubrac"])
    assert plain.text == "Mme Roquebrune, M. Aubrac."
    offices = listed("Assistaient", ["M. Brécourt (Finances, budget)", "Mme Le Guérinel"])
    assert typeset(offices.text) == "M. Brécourt (Finances, budget)\u202f; Mme Le Guérinel."
