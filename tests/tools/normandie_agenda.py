"""Makes an agenda file of the real agenda of a regional standing committee (Normandie, 26 May 2025).

python tests/tools/normandie_agenda.py ../shared/data/fr_agenda_cp_normandie_2025-05-26.json agenda.csv
"""

import argparse
import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

HEADER = ("number", "title", "commission", "kind", "legal_subject", "reference")
"""`reference` is theirs, for whoever looks a resolution up; the reader ignores it."""

_COMMISSION_NUMBER = re.compile(r"^\d+\s*-\s*")
_NO_COMMISSION = "_hors commission"
_OUTSIDE_BODIES = "Désignation au sein des organismes extérieurs"


def rows(source: Path) -> Iterator[tuple[str, ...]]:
    """One row per resolution, in the order of the sitting."""
    for item in sorted(json.loads(source.read_text("utf-8"))["items"], key=lambda item: int(item["order"])):
        yield _row(item)


def _row(item: Mapping[str, object]) -> tuple[str, ...]:
    title, commission = " ".join(str(item["objet"]).split()), _COMMISSION_NUMBER.sub("", str(item["commission"]))
    return (
        str(item["order"]),
        title,
        "" if commission == _NO_COMMISSION else commission,
        "report",
        "outside_bodies" if title.startswith(_OUTSIDE_BODIES) else "",
        str(item["delib_id"]),
    )


def convert(source: Path, target: Path) -> int:
    """Write the agenda file; the number of items."""
    lines = list(rows(source))
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *lines])
    return len(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the agenda, JSON")
    parser.add_argument("target", type=Path, help="the agenda file to write, CSV")
    arguments = parser.parse_args()
    print(f"{arguments.target}: {convert(arguments.source, arguments.target)} items")


if __name__ == "__main__":
    main()
