"""A real agenda of 159 reports goes through the reader."""

import json
from pathlib import Path

from tests.imports.kit import real_data
from tests.tools.normandie_agenda import convert
from voting.domain.assembly import LegalSubject
from voting.imports import read_agenda


def test_the_real_agenda_is_imported_whole(tmp_path: Path) -> None:
    target = tmp_path / "agenda.csv"
    assert convert(real_data("fr_agenda_cp_normandie_2025-05-26.json"), target) == 159
    items = read_agenda(target)
    assert [item.number for item in items] == [str(number) for number in range(1, 160)]
    assert [item.number for item in items if item.legal_subject is LegalSubject.OUTSIDE_BODIES] == ["1"]
    assert items[0].commission == ""
    assert items[1].commission == "Affaires générales et moyens de la collectivité"


def test_separators_quotes_and_line_ends_of_a_title_survive(tmp_path: Path) -> None:
    item = {"order": 2, "delib_id": "CP D 1", "commission": "03 - Économie", "objet": 'Le « plan » ; "fin",\nsuite '}
    first = {"order": 1, "delib_id": "CP D 2", "commission": "00 - _hors commission", "objet": "Désignations"}
    (tmp_path / "agenda.json").write_text(json.dumps({"items": [item, first]}), "utf-8")
    convert(tmp_path / "agenda.json", tmp_path / "agenda.csv")
    items = read_agenda(tmp_path / "agenda.csv")
    assert [(i.number, i.title, i.commission) for i in items] == [
        ("1", "Désignations", ""),
        ("2", 'Le « plan » ; "fin", suite', "Économie"),
    ]
