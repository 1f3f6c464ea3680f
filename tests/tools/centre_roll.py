"""Makes a members file of the real councillors of Centre-Val de Loire, with a fictional clerk.

The president and the vice-presidents come first, in their order, then the others as listed: the first 25 vote, as in a
standing committee of a third of the council.

    python tests/tools/centre_roll.py ../shared/data/fr_conseillers_regionaux_rne.csv members.csv
"""

import argparse
import csv
import re
from collections.abc import Mapping
from pathlib import Path

HEADER = ("id", "civility", "first_name", "last_name", "office", "role", "votes")
REGION = "Centre-Val De Loire"
SEATS = 25

_VICE_PRESIDENT = re.compile(r"(\d+)\S* Vice-président")
_PRESIDENT = "Président du conseil régional"
_CLERK = ("clerk", "Mme", "Gwladys", "Fictivelle", "Service des assemblées", "clerk", "0")


def _rank(councillor: Mapping[str, str]) -> int:
    """0 for the president, then the vice-presidents by number, then everybody else."""
    office = councillor["fonction"]
    if office.startswith(_PRESIDENT):
        return 0
    match = _VICE_PRESIDENT.match(office)
    return int(match[1]) if match else 1000


def _role(rank: int) -> str:
    if rank == 0:
        return "chair"
    return "vice_chair" if rank < 1000 else "member"


def rows(source: Path) -> list[tuple[str, ...]]:
    """The councillors in the order of the roll, then the clerk."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        councillors = [row for row in csv.DictReader(file, delimiter=";") if row["region"] == REGION]
    councillors.sort(key=_rank)
    people: list[tuple[str, ...]] = [
        (
            f"c{place:02d}",
            "Mme" if row["sexe"] == "F" else "M.",
            row["prenom"],
            row["nom"],
            row["fonction"] or "Membre du conseil régional",
            _role(_rank(row)),
            str(int(place <= SEATS)),
        )
        for place, row in enumerate(councillors, start=1)
    ]
    return [*people, _CLERK]


def convert(source: Path, target: Path) -> int:
    """Write the members file; the number of people."""
    lines = rows(source)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *lines])
    return len(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the national register of regional councillors, CSV")
    parser.add_argument("target", type=Path, help="the members file to write, CSV")
    arguments = parser.parse_args()
    print(f"{arguments.target}: {convert(arguments.source, arguments.target)} people")


if __name__ == "__main__":
    main()
