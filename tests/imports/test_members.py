"""The rules of the members file, one by one, and all at once."""

import pytest

from tests.imports.kit import CHAIR, Place, members, places, problems
from voting.domain.assembly import Civility, Role
from voting.imports import MemberRow, parse_members

GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER_GUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def _places(*rows: dict[str, str]) -> list[Place]:
    """With the chair on line 2."""
    return places(lambda: parse_members(members(CHAIR, *rows)))


def test_every_column_is_read() -> None:
    row = {
        "id": "m02",
        "civility": "Mme",
        "first_name": "Inès",
        "last_name": "Bellaroui",
        "email": "ines@example.org",
        "group": "Rives solidaires",
        "office": "Conseillère",
        "role": "vice_chair",
        "votes": "0",
        "substitute_for": "m01",
        "account": GUID.upper(),
    }
    assert parse_members(members(CHAIR, row))[1] == MemberRow(
        id="m02",
        civility=Civility.MRS,
        first_name="Inès",
        last_name="Bellaroui",
        email="ines@example.org",
        group="Rives solidaires",
        office="Conseillère",
        role=Role.VICE_CHAIR,
        votes=False,
        substitute_for="m01",
        account=GUID,
    )


def test_what_is_not_given_has_a_default() -> None:
    member = parse_members(members(CHAIR, {"id": "m02"}))[1]
    assert (member.civility, member.role, member.votes) == (None, Role.MEMBER, False)
    assert (member.last_name, member.email, member.substitute_for, member.account) == ("", "", None, None)


def test_names_are_composed_and_trimmed() -> None:
    assert parse_members(members({**CHAIR, "last_name": "\u00a0Tre\u0301guilly "}))[0].last_name == "Tréguilly"


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.CHAIR])
def test_every_role_is_known(role: str) -> None:
    assert parse_members(members(CHAIR, {"id": "m02", "role": role}))[1].role == role


@pytest.mark.parametrize("role", ["Vice Chair", "VICE-CHAIR", "vicechair"])
def test_a_role_may_differ_in_case_and_hyphens(role: str) -> None:
    assert parse_members(members(CHAIR, {"id": "m02", "role": role}))[1].role is Role.VICE_CHAIR


@pytest.mark.parametrize(
    ("word", "civility"),
    [("Mme", "Mme"), ("madame", "Mme"), ("M.", "M."), ("m", "M."), ("Monsieur", "M."), ("Mr", "M.")],
)
def test_civilities_as_people_write_them(word: str, civility: str) -> None:
    assert parse_members(members({**CHAIR, "civility": word}))[0].civility == civility


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"id": "m02", "civility": "Dr"}, "unknown_choice", "civility"),
        ({"id": "m02", "role": "président"}, "unknown_choice", "role"),
        ({"id": "m02", "role": "--"}, "unknown_choice", "role"),
        ({"id": "m02", "votes": "oui"}, "not_a_flag", "votes"),
        ({"id": "m02", "votes": "2"}, "not_a_flag", "votes"),
        ({"id": "m02", "votes": "1", "role": "clerk"}, "may_not_vote", "votes"),
        ({"id": "m02", "votes": "1", "role": "observer"}, "may_not_vote", "votes"),
        ({"group": "Rives solidaires"}, "nobody", ""),
        ({"id": GUID}, "name_missing", "last_name"),
        ({"id": "ines@example.org"}, "id_is_mail", "id"),
        ({"id": "System"}, "reserved_id", "id"),
        ({"id": "m01"}, "duplicate_id", "id"),
        ({"id": "M01"}, "duplicate_id", "id"),
        ({"id": "m02", "email": "ines"}, "bad_mail", "email"),
        ({"id": "m02", "email": "ines@ example.org"}, "bad_mail", "email"),
        ({"id": "m02", "account": "ines"}, "bad_account", "account"),
        ({"id": GUID, "last_name": "Bellaroui", "account": OTHER_GUID}, "account_conflict", "account"),
        ({"id": "m02", "role": "chair"}, "second_chair", "role"),
        ({"id": "m02", "substitute_for": "m09"}, "substitute_unknown", "substitute_for"),
        ({"id": "m02", "substitute_for": "m02", "votes": "1"}, "substitute_of_self", "substitute_for"),
        ({"id": "m" * 65}, "too_long", "id"),
        ({"id": "m02", "first_name": "a" * 101}, "too_long", "first_name"),
        ({"id": "m02", "office": "a" * 201}, "too_long", "office"),
        ({"id": "m02", "last_name": "Bella\u202eroui"}, "forbidden_character", "last_name"),
        ({"id": "m02\u200b"}, "forbidden_character", "id"),
        ({"id": "m02", "group": "Rives\u0007"}, "forbidden_character", "group"),
        ({"id": "m02", "group": "Rives\x00"}, "forbidden_character", "group"),
        ({"id": "m02", "group": "Rives\ufeff"}, "forbidden_character", "group"),
        ({"id": "m02", "group": "Rives\u2028"}, "forbidden_character", "group"),
        ({"id": "m02", "group": "Rives\ufdd0"}, "forbidden_character", "group"),
    ],
)
def test_a_bad_line_is_told_with_its_column(row: dict[str, str], code: str, column: str) -> None:
    assert _places(row) == [(code, 3, column)]


def test_one_account_or_address_is_one_person() -> None:
    mail = {"email": "ines@example.org"}
    rows = ({"id": "m02", **mail}, {"id": "m03", "email": "INES@example.org"})
    assert _places(*rows) == [("duplicate_mail", 4, "email")]
    rows = ({"id": "m02", "account": GUID}, {"id": "m03", "account": GUID.upper()})
    assert _places(*rows) == [("duplicate_account", 4, "account")]
    rows = ({"id": "m02", "account": GUID}, {"id": GUID, "last_name": "Bellaroui"})
    assert _places(*rows) == [("duplicate_id", 4, "id")]
    rows = ({"id": GUID, "last_name": "Bellaroui", "account": GUID}, {"id": OTHER_GUID, "last_name": "Fontbrune"})
    assert _places(*rows) == []


def test_the_first_line_of_a_pair_is_named() -> None:
    (problem,) = problems(lambda: parse_members(members(CHAIR, {"id": "m02"}, {"id": "m01"})))
    assert (problem.value, problem.fields) == ("m01", {"first": 2})


def test_a_substitute_replaces_somebody_who_votes() -> None:
    rows = ({"id": "m02"}, {"id": "m03", "substitute_for": "m02"})
    assert _places(*rows) == [("substitute_of_non_voter", 4, "substitute_for")]


def test_a_substitute_may_come_first_and_name_an_account() -> None:
    rows = ({"id": "s01", "substitute_for": f"{{{GUID.upper()}}}"}, {**CHAIR, "id": GUID})
    substitute, chair = parse_members(members(*rows))
    assert (chair.id, chair.account, substitute.substitute_for) == ("m001", GUID, "m001")


def test_people_without_an_id_are_numbered_in_order_past_the_ids_taken() -> None:
    rows = ({**CHAIR, "id": GUID}, {"id": "M001"}, {"id": OTHER_GUID, "last_name": "Fontbrune"}, {"first_name": "Inès"})
    assert [member.id for member in parse_members(members(*rows))] == ["m002", "M001", "m003", "m004"]


def test_a_roll_has_a_chair_and_a_vote() -> None:
    assert places(lambda: parse_members(members({"id": "m01"}))) == [
        ("chair_missing", 0, "role"),
        ("no_voter", 0, "votes"),
    ]


def test_nothing_is_said_missing_that_may_be_in_a_bad_cell() -> None:
    rows = ({"id": "m01", "role": "chef", "votes": "x"}, {"id": "m02", "substitute_for": "m01"})
    assert places(lambda: parse_members(members(*rows))) == [
        ("unknown_choice", 2, "role"),
        ("not_a_flag", 2, "votes"),
    ]
    rows = ({**CHAIR, "id": "\u202em01"}, {"id": "m02", "substitute_for": "m01"})
    assert places(lambda: parse_members(members(*rows))) == [("forbidden_character", 2, "id")]


def test_a_file_needs_a_column_that_says_who() -> None:
    content = b"group;role;votes\nRives;chair;1\nRives;chef;1\n"
    assert places(lambda: parse_members(content)) == [("no_identity_column", 0, "id"), ("unknown_choice", 3, "role")]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    rows = (
        {"id": "m01", "role": "chair", "votes": "1"},
        {"id": "m01", "role": "chair", "votes": "oui"},
        {"id": "m02"},
        {"email": "x"},
        {"id": "m04", "substitute_for": "m02", "account": "x"},
    )
    assert places(lambda: parse_members(members(*rows))) == [
        ("not_a_flag", 3, "votes"),
        ("duplicate_id", 3, "id"),
        ("second_chair", 3, "role"),
        ("bad_mail", 5, "email"),
        ("nobody", 5, ""),
        ("bad_account", 6, "account"),
        ("substitute_of_non_voter", 6, "substitute_for"),
    ]
