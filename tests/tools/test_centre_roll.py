"""A real roll goes through the reader; the order of the roll on a small invented register."""

from pathlib import Path

from tests.imports.kit import real_data
from tests.tools.centre_roll import convert
from voting.domain.assembly import Civility, Role
from voting.imports import read_members

REGISTER = """\
region_code;region;section_departementale;nom;prenom;sexe;debut_mandat;fonction;debut_fonction
24;Centre-Val De Loire;Cher;TRÉGUILLY;Maïwenn;F;2021-07-02;;
24;Centre-Val De Loire;Cher;OLLIVÉRAC;Gaspard;M;2021-07-02;10ème Vice-président du conseil régional;2021-07-02
11;Ailleurs;Ailleurs;FONTBRUNE;Augustin;M;2021-07-02;Président du conseil régional;2021-07-02
24;Centre-Val De Loire;Cher;COURVOISEL;Bastien;M;2021-07-02;2ème Vice-président du conseil régional;2021-07-02
24;Centre-Val De Loire;Cher;BELLAROUI;Inès;F;2021-07-02;Président du conseil régional;2021-07-02
"""


def test_the_real_roll_is_imported_whole(tmp_path: Path) -> None:
    target = tmp_path / "members.csv"
    count = convert(real_data("fr_conseillers_regionaux_rne.csv"), target)
    people = read_members(target)
    assert len(people) == count > 70
    assert [person.votes for person in people] == [True] * 25 + [False] * (count - 25)
    assert people[0].role is Role.CHAIR
    assert sum(person.role is Role.VICE_CHAIR for person in people) == 14
    assert people[-1].role is Role.CLERK


def test_the_president_and_the_vice_presidents_come_first(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(REGISTER, "utf-8-sig")
    assert convert(tmp_path / "register.csv", tmp_path / "members.csv") == 5
    people = read_members(tmp_path / "members.csv")
    assert [person.last_name for person in people[:4]] == ["BELLAROUI", "COURVOISEL", "OLLIVÉRAC", "TRÉGUILLY"]
    assert [person.role for person in people[:4]] == [Role.CHAIR, Role.VICE_CHAIR, Role.VICE_CHAIR, Role.MEMBER]
    assert people[0].civility is Civility.MRS
