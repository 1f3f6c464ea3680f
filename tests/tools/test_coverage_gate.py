"""The gate itself: 100 % for the law, 90 % for each other part."""

from tests.tools.coverage_gate import part_of, percentages, shortfalls


def _file(lines: int, covered: int) -> dict[str, dict[str, int]]:
    return {
        "summary": {"covered_lines": covered, "num_statements": lines, "covered_branches": 0, "num_branches": 0},
    }


def test_a_file_counts_for_its_first_two_folders() -> None:
    assert part_of("voting/journal/sql/store.py") == "voting/journal/"
    assert part_of("bot/app.py") == "bot/"


def test_one_missed_line_of_the_domain_is_a_shortfall_and_elsewhere_is_not() -> None:
    percents = percentages({"voting/domain/a.py": _file(100, 99), "voting/journal/a.py": _file(100, 99)})
    assert shortfalls(percents) == ["voting/domain/ 99.00 % < 100 %"]


def test_a_part_below_ninety_is_a_shortfall() -> None:
    percents = percentages({"bot/web/a.py": _file(10, 10), "bot/web/b.py": _file(10, 7)})
    assert shortfalls(percents) == ["bot/web/ 85.00 % < 90 %"]


def test_an_empty_file_misses_nothing() -> None:
    assert shortfalls(percentages({"voting/rules/__init__.py": _file(0, 0)})) == []
