"""Draws what `hemicycle bench --json` measured, a picture per curve: `python -m tests.bench.plot FIGURES.json FOLDER`.

Each shows our figure by what it must not depend on, or must only grow with, beside that of its yardstick.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT, EDGE = 640, 360, 56
LEFT, BOTTOM = EDGE, HEIGHT - EDGE
OURS = "Hémicycle"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The figures whose names begin so, by the number that follows."""

    start: str
    title: str
    yardstick: str
    unit: str
    digits: int = 0
    but: str = ""
    """One whose yardstick is another."""


CURVES = (
    Curve(
        start="votes",
        title="Dernier reçu (secondes) selon le nombre de membres qui votent ensemble",
        yardstick="étalon",
        unit="s",
        digits=3,
    ),
    Curve(
        start="decided",
        title="La loi seule : votes décidés par seconde selon le nombre de membres",
        yardstick="60 membres",
        unit="votes/s",
        but="decided_60",
    ),
    Curve(
        start="past",
        title="La loi seule : votes décidés par seconde selon les votes déjà donnés dans la séance",
        yardstick="à son début",
        unit="votes/s",
    ),
    Curve(
        start="history",
        title="Votes durables par seconde selon les votes déjà écrits dans la séance",
        yardstick="à son début",
        unit="votes/s",
    ),
    Curve(
        start="viewers",
        title="Dernier reçu de 720 membres (secondes) selon le nombre de personnes devant le tableau",
        yardstick="une seule",
        unit="s",
        digits=3,
    ),
    Curve(
        start="replicas",
        title="Votes durables par seconde selon le nombre de processus sur un PostgreSQL",
        yardstick="un seul",
        unit="votes/s",
    ),
)


def lines_of(curve: Curve, figures: Sequence[Mapping[str, object]]) -> dict[str, list[Point]]:
    """Ours and the yardstick's, by that number; figures of other names are left out."""
    found: dict[str, list[Point]] = {OURS: [], curve.yardstick: []}
    for figure in figures:
        start, _, number = str(figure["name"]).partition("_")
        if start == curve.start and number.isdecimal() and figure["name"] != curve.but:
            for name, key in zip(found, ("value", "yardstick"), strict=True):
                amount = figure[key]
                if isinstance(amount, int | float):
                    found[name].append((float(number), float(amount)))
    return {name: sorted(points) for name, points in found.items() if points}


def svg(curve: Curve, lines: Mapping[str, Sequence[Point]]) -> str:
    """One picture, readable aloud."""
    most_x = max(x for points in lines.values() for x, _ in points)
    most_y = max(y for points in lines.values() for _, y in points)

    def place(point: Point) -> str:
        x = LEFT + point[0] / most_x * (WIDTH - 2 * EDGE)
        y = BOTTOM - point[1] / most_y * (HEIGHT - 2 * EDGE)
        return f"{x:.1f},{y:.1f}"

    def amount(value: float) -> str:
        return f"{value:.{curve.digits}f} {curve.unit}"

    said = "; ".join(
        f"{name}: " + ", ".join(f"{x:.0f} → {amount(y)}" for x, y in points) for name, points in lines.items()
    )
    drawn = [_text(8, EDGE / 2, curve.title)]
    drawn.append(f'<path d="M{LEFT},{EDGE} V{BOTTOM} H{WIDTH - EDGE}" fill="none" stroke="#444"/>')
    for name, points in lines.items():
        ink = "#1b5fa7" if name == OURS else "#7a7a7a"
        path = " ".join(place(point) for point in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>')
        x, y = place(points[-1]).split(",")
        drawn.append(_text(float(x) - 90, float(y) + (-8 if name == OURS else 18), name, ink))
    ticks = sorted({x for points in lines.values() for x, _ in points})
    drawn += [_text(float(place((x, 0)).split(",")[0]) - 10, BOTTOM + 20, f"{x:.0f}") for x in ticks]
    drawn.append(_text(4, EDGE - 8, amount(most_y)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(said)}</title>{''.join(drawn)}</svg>\n"
    )


def draw(figures: Sequence[Mapping[str, object]], folder: Path) -> list[Path]:
    """Every curve of which there are two points."""
    drawn = []
    for curve in CURVES:
        lines = lines_of(curve, figures)
        if len(lines.get(OURS, [])) > 1:
            drawn.append(folder / f"{curve.start}.svg")
            drawn[-1].write_text(svg(curve, lines), "utf-8")
    return drawn


def _text(x: float, y: float, words: str, ink: str = "#222") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-family="sans-serif" font-size="13" fill="{ink}">{escape(words)}</text>'


if __name__ == "__main__":
    measured = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    sys.stdout.writelines(f"{picture}\n" for picture in draw(measured, Path(sys.argv[2])))
