"""Which rows of the rule table have a test of their own: named ``test_Rnn_…``. Prints those that have none yet."""

import re
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = [f"R{number:02}" for number in range(1, 65)]
NAME = re.compile(r"def (test_R\d\d_\w+)\(")
RULE = re.compile(r"(?<=_)R\d\d(?=_)")


def count_by_rule() -> dict[str, int]:
    """How many tests name each rule."""
    counts = dict.fromkeys(TABLE, 0)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in NAME.findall(path.read_text("utf-8")):
            for rule in RULE.findall(name):
                counts[rule] += 1
    return counts


def test_no_test_names_a_rule_that_the_table_lacks() -> None:
    counts = count_by_rule()
    assert list(counts) == TABLE
    missing = [rule for rule, count in counts.items() if not count]
    sys.stdout.write(f"without a test of their own: {', '.join(missing)}\n")
