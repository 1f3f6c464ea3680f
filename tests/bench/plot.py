"""Draws what `hemicycle bench --json` measured: `python -m tests.bench.plot FIGURES.json OUT.svg`.

Seconds to the last acknowledgement by number of members, beside the bare handler's: a straight line is what is wanted.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

WIDTH, HEIGHT, EDGE = 640, 360, 56
LEFT, BOTTOM = EDGE, HEIGHT - EDGE
INKS = {"Hémicycle": "#1b5fa7", "étalon": "#7a7a7a"}

Point = tuple[float, float]


def curves(figures: Sequence[Mapping[str, object]]) -> dict[str, list[Point]]:
    """Ours and the yardstick's, by number of members; figures of other names are left out."""
    found: dict[str, list[Point]] = {name: [] for name in INKS}
    for figure in figures:
        start, _, members = str(figure["name"]).partition("_")
        if start == "votes" and members.isdecimal():
            for name, key in zip(INKS, ("value", "yardstick"), strict=True):
                seconds = figure[key]
                if isinstance(seconds, int | float):
                    found[name].append((float(members), float(seconds)))
    return {name: sorted(points) for name, points in found.items() if points}


def svg(lines: Mapping[str, Sequence[Point]]) -> str:
    """One picture, readable aloud."""
    most_x = max(x for points in lines.values() for x, _ in points)
    most_y = max(y for points in lines.values() for _, y in points)

    def place(point: Point) -> str:
        x = LEFT + point[0] / most_x * (WIDTH - 2 * EDGE)
        y = BOTTOM - point[1] / most_y * (HEIGHT - 2 * EDGE)
        return f"{x:.1f},{y:.1f}"

    said = "; ".join(
        f"{name}: " + ", ".join(f"{x:.0f} → {y:.3f} s" for x, y in points) for name, points in lines.items()
    )
    drawn = [_text(LEFT, EDGE / 2, "Dernier reçu (secondes) selon le nombre de membres qui votent ensemble")]
    drawn.append(f'<path d="M{LEFT},{EDGE} V{BOTTOM} H{WIDTH - EDGE}" fill="none" stroke="#444"/>')
    for name, points in lines.items():
        ink = INKS[name]
        path = " ".join(place(point) for point in [(0.0, 0.0), *points])
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>')
        x, y = place(points[-1]).split(",")
        drawn.append(_text(float(x) - 90, float(y) - 8, name, ink))
    ticks = sorted({x for points in lines.values() for x, _ in points})
    drawn += [_text(float(place((x, 0)).split(",")[0]) - 10, BOTTOM + 20, f"{x:.0f}") for x in ticks]
    drawn.append(_text(4, EDGE, f"{most_y:.2f} s"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(said)}</title>{''.join(drawn)}</svg>\n"
    )


def _text(x: float, y: float, words: str, ink: str = "#222") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-family="sans-serif" font-size="13" fill="{ink}">{escape(words)}</text>'


if __name__ == "__main__":
    measured = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(svg(curves(measured)), "utf-8")
