"""Every row of the rule table has a test that bears its number, or a reason in ``guides/rules/README.md``."""

import re
from pathlib import Path

from tests.guides.markdown import GUIDES, sections

TESTS = Path(__file__).parents[1]
TABLE = [f"R{number:02}" for number in range(1, 65)]
NAME = re.compile(r"def (test_R\d\d_\w+)\(")
RULE = re.compile(r"(?<=_)R\d\d(?=_)")
APART = "Les règles que le programme n’applique pas lui-même"


def count_by_rule() -> dict[str, int]:
    """How many tests name each rule. A number that the table lacks is a KeyError."""
    counts = dict.fromkeys(TABLE, 0)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in NAME.findall(path.read_text("utf-8")):
            for rule in RULE.findall(name):
                counts[rule] += 1
    return counts


def reasons() -> dict[str, str]:
    """Why the program does not apply that rule itself, from the page."""
    (apart,) = [s for s in sections((GUIDES / "rules" / "README.md").read_text("utf-8")) if s.title == APART]
    return {row[0]: row[2] for row in apart.table}


def test_every_rule_has_its_test_or_its_reason_and_never_both() -> None:
    untested = {rule for rule, count in count_by_rule().items() if not count}
    assert untested == set(reasons())


def test_a_reason_says_something() -> None:
    assert all(len(reason.split()) > 8 for reason in reasons().values())


def test_the_names_of_tests_name_rules_of_the_table() -> None:
    assert list(count_by_rule()) == TABLE
