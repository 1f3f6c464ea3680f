"""Says whether each part of the code is covered as far as it must be. Reads what the tests left; runs none."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
FULL = ("voting/domain/", "voting/rules/")
ELSEWHERE = 90.0


def part_of(file: str) -> str:
    """The part that a file counts for: `voting/journal/`, `bot/web/`, or its package for a file at the top."""
    folders = file.split("/")[:-1]
    return "/".join(folders[:2]) + "/"


def percentages(files: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, float]:
    """Lines and branches covered, in percent, for each part."""
    met: dict[str, int] = {}
    asked: dict[str, int] = {}
    for file, entry in files.items():
        part, summary = part_of(file.replace("\\", "/")), entry["summary"]
        met[part] = met.get(part, 0) + summary["covered_lines"] + summary["covered_branches"]
        asked[part] = asked.get(part, 0) + summary["num_statements"] + summary["num_branches"]
    return {part: 100.0 * met[part] / asked[part] if asked[part] else 100.0 for part in sorted(asked)}


def shortfalls(percents: Mapping[str, float]) -> list[str]:
    """One line for each part that is below its figure."""
    due = {part: 100.0 if part in FULL else ELSEWHERE for part in percents}
    return [f"{part} {percents[part]:.2f} % < {due[part]:.0f} %" for part in percents if percents[part] < due[part]]


def main() -> int:
    """0 when every part is covered far enough, 1 otherwise, 2 without data."""
    coverage = [sys.executable, "-m", "coverage"]
    if any(ROOT.glob(".coverage.*")):
        subprocess.run([*coverage, "combine", "--append", "-q"], cwd=ROOT, check=False)
    report = subprocess.run([*coverage, "json", "-q", "-o", "-"], cwd=ROOT, check=False, stdout=subprocess.PIPE)
    if report.returncode:
        return 2
    percents = percentages(json.loads(report.stdout)["files"])
    for part, percent in percents.items():
        print(f"{percent:7.2f} %  {part}")
    short = shortfalls(percents)
    if short:
        include = ",".join(f"{line.split()[0]}*" for line in short)
        subprocess.run([*coverage, "report", "--include", include], cwd=ROOT, check=False)
        print("Not covered far enough:", *short, sep="\n  ", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
