"""The files that ship: complete, consistent, and nobody in them is real."""

import csv
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from bot import samples
from tests.imports.kit import real_data
from voting.domain.assembly import Civility, ItemKind, Role
from voting.imports import MemberRow, read_agenda, read_document, read_members

BOTH = [(samples.MEMBERS, samples.AGENDA), (samples.MEMBERS_CAO, samples.AGENDA_CAO)]


def _everybody() -> tuple[MemberRow, ...]:
    return (*read_members(samples.MEMBERS), *read_members(samples.MEMBERS_CAO))


def _folded(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalpha())


def test_the_standing_committee_has_sixty_people_of_whom_twenty_five_vote() -> None:
    people = read_members(samples.MEMBERS)
    roles = Counter((person.role, person.votes) for person in people)
    assert len(people) == 60
    assert sum(person.votes for person in people) == 25
    assert roles[Role.CHAIR, True] == roles[Role.SECRETARY, True] == roles[Role.OBSERVER, False] == 1
    assert roles[Role.CLERK, False] == 2
    assert roles[Role.SUPPORT, False] >= 2
    assert 5 <= len({person.group for person in people if person.votes}) <= 6


def test_as_many_women_as_men_sit_and_vote() -> None:
    people = read_members(samples.MEMBERS)
    for some in (people, [person for person in people if person.votes]):
        women = sum(person.civility is Civility.MRS for person in some)
        assert abs(2 * women - len(some)) <= 1


def test_the_tender_committee_has_a_substitute_for_each_member_but_the_chair() -> None:
    people = read_members(samples.MEMBERS_CAO)
    voters = {person.id for person in people if person.votes}
    (chair,) = (person.id for person in people if person.role is Role.CHAIR)
    assert len(voters) == 6
    assert {person.substitute_for for person in people if person.substitute_for} == voters - {chair}
    assert any(person.role is Role.CLERK for person in people)
    assert sum(person.role is Role.ADVISOR for person in people) >= 4


def test_a_councillor_is_the_same_person_in_both_bodies() -> None:
    known = {person.id: (person.first_name, person.last_name, person.email) for person in read_members(samples.MEMBERS)}
    for person in read_members(samples.MEMBERS_CAO):
        assert known.get(person.id, (person.first_name, person.last_name, person.email)) == (
            person.first_name,
            person.last_name,
            person.email,
        )


@pytest.mark.parametrize(("members", "agenda"), BOTH, ids=["cpr", "cao"])
def test_rapporteurs_are_on_the_roll_unless_named(members: Path, agenda: Path) -> None:
    roll = read_members(members)
    ids = {person.id for person in roll}
    assert [item.number for item in read_agenda(agenda, roll) if not _is_known(item.rapporteur, ids)] == []


def _is_known(rapporteur: str, ids: set[str]) -> bool:
    return rapporteur in ids or " " in rapporteur


def test_the_agenda_has_a_bit_of_everything() -> None:
    items = read_agenda(samples.AGENDA)
    kinds = Counter(item.kind for item in items)
    assert 24 <= len(items) <= 30
    assert (kinds[ItemKind.AMENDMENT], kinds[ItemKind.MOTION], kinds[ItemKind.AWARD]) == (2, 1, 1)
    assert sum(bool(item.opinion) for item in items) > 10
    assert sum(item.confidential for item in items) == 1


def test_the_tender_committee_awards_behind_closed_doors() -> None:
    items = read_agenda(samples.AGENDA_CAO)
    assert all(item.confidential for item in items)
    assert sum(item.kind is ItemKind.AWARD for item in items) == 1


def test_every_document_has_articles_and_every_file_is_a_document_of_an_item() -> None:
    named = [
        item.document for path in (samples.AGENDA, samples.AGENDA_CAO) for item in read_agenda(path) if item.document
    ]
    for name in named:
        text = read_document(samples.FOLDER / name)
        assert text.articles
        assert text.reasons
    assert sorted(named) == sorted(str(path.relative_to(samples.FOLDER)) for path in samples.FOLDER.rglob("*.md"))


def test_addresses_lead_nowhere() -> None:
    assert all(person.email.endswith("@example.org") for person in _everybody())


def test_nobody_is_a_real_councillor() -> None:
    with real_data("fr_conseillers_regionaux_rne.csv").open(encoding="utf-8-sig", newline="") as file:
        real = {(_folded(row["nom"]), _folded(row["prenom"])) for row in csv.DictReader(file, delimiter=";")}
    assert len(real) > 1500
    assert [p.id for p in _everybody() if (_folded(p.last_name), _folded(p.first_name)) in real] == []


def test_matter_codes_are_those_of_the_national_nomenclature() -> None:
    nomenclature = json.loads(real_data("formats/nomenclature-actes-niveau2.json").read_text("utf-8"))
    known = {code for chapter in nomenclature.values() if isinstance(chapter, dict) for code in chapter}
    codes = {item.matter_code for _, path in BOTH for item in read_agenda(path) if item.matter_code}
    assert len(codes) > 12
    assert codes - known == set()
