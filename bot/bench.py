"""``hemicycle bench``: runs the benchmarks of a source checkout and shows their figures beside those of a yardstick.

What is measured, and how, is in ``tests/bench``, which is not shipped.
"""

import importlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table

from bot.texts import Catalogue, catalogue

ROOT = Path(__file__).resolve().parents[1]
REGISTRY = "tests.bench.registry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement. Ratios hold on any machine; the other figures are those of this one, today."""

    name: str
    value: float
    unit: str
    yardstick: float | None
    """The same measure of something that does as little as possible, taken in turn with it in the same run."""
    ratio: float | None
    target: str
    met: bool


Benchmark = Callable[[], Figure]


def run_bench(names: Sequence[str], *, as_json: bool, language: str = "fr", root: Path = ROOT) -> int:
    """Run those benchmarks, all of them when none is named. 0: every target is met, 1: not, 2: nothing was run."""
    texts = catalogue(language)
    errors = Console(stderr=True, highlight=False)
    if not root.joinpath(*REGISTRY.split(".")).with_suffix(".py").is_file():
        errors.print(texts("bench.no_checkout"), soft_wrap=True)
        return 2
    known = _benchmarks(root)
    if unknown := [name for name in names if name not in known]:
        sentence = texts.plural("bench.unknown", len(unknown), names=", ".join(unknown), known=", ".join(known))
        errors.print(sentence, soft_wrap=True)
        return 2
    figures = [_measured(known[name], name, errors, texts) for name in names or known]
    if as_json:
        sys.stdout.write(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")
    else:
        Console(highlight=False).print(table(figures, texts))
    return 0 if all(figure.met for figure in figures) else 1


def table(figures: Sequence[Figure], texts: Catalogue) -> Table:
    """The figures as a table, one line each."""
    shown = Table(title=texts("bench.title"), title_justify="left", caption_justify="left")
    for column in ("name", "value", "yardstick", "ratio", "target", "met"):
        right = column in ("value", "yardstick", "ratio")
        wide = max((len(figure.name) for figure in figures), default=0) if column == "name" else None
        shown.add_column(texts(f"bench.column.{column}"), justify="right" if right else "left", min_width=wide)
    for figure in figures:
        shown.add_row(
            f"{figure.name}\n[dim]{texts(f'bench.name.{figure.name}')}[/dim]",
            _amount(figure.value, figure.unit),
            _amount(figure.yardstick, figure.unit),
            f"{figure.ratio:.2f}" if figure.ratio is not None else "",
            figure.target,
            texts("bench.met" if figure.met else "bench.missed"),
        )
    return shown


def _benchmarks(root: Path) -> Mapping[str, Benchmark]:
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return cast(Mapping[str, Benchmark], importlib.import_module(REGISTRY).BENCHMARKS)


def _measured(benchmark: Benchmark, name: str, errors: Console, texts: Catalogue) -> Figure:
    with errors.status(texts("bench.running", name=name)):
        return benchmark()


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.0f} {unit}".replace(",", "\u202f") if value >= 100 else f"{value:.3g} {unit}"
