"""The measures that a quiet machine takes in earnest, tried here with next to nothing: that they measure, not what."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bot.texts import catalogue
from tests.bench.curves import durable_late, watched_by
from tests.bench.plot import CURVES, draw, lines_of
from tests.bench.registry import BENCHMARKS
from tests.bench.several import replicas


@pytest.mark.long
def test_a_poll_is_measured_with_and_without_viewers() -> None:
    figure = watched_by(8, voters=6, rounds=1)
    assert figure.name == "viewers_8"
    assert figure.value > 0
    assert figure.ratio is not None
    assert figure.yardstick


def test_durable_votes_are_measured_early_and_late() -> None:
    figure = durable_late(voters=6, past=60, rounds=1)
    assert figure.value > 0
    assert figure.yardstick


def test_the_curves_are_pictures_with_their_words(tmp_path: Path) -> None:
    figures = [
        {"name": "votes_720", "value": 0.25, "yardstick": 0.1},
        {"name": "votes_60", "value": 0.02, "yardstick": 0.01},
        {"name": "history_10000", "value": 30_000, "yardstick": 31_000},
        {"name": "history_100000", "value": 29_000, "yardstick": 31_000},
        {"name": "replicas_1", "value": 30_000, "yardstick": 31_000},
        {"name": "cold_start", "value": 1.0, "yardstick": None},
    ]
    votes = next(curve for curve in CURVES if curve.start == "votes")
    assert lines_of(votes, figures) == {"Hémicycle": [(60, 0.02), (720, 0.25)], "étalon": [(60, 0.01), (720, 0.1)]}
    drawn = draw(figures, tmp_path)
    assert [path.name for path in drawn] == ["votes.svg", "history.svg"], "one point is no curve"
    picture = ET.fromstring(drawn[0].read_text("utf-8"))  # noqa: S314 – ours
    assert "720 → 0.250 s" in (picture.findtext("{http://www.w3.org/2000/svg}title") or "")
    assert len(picture.findall("{http://www.w3.org/2000/svg}polyline")) == 2


@pytest.mark.long
def test_votes_are_measured_with_several_processes() -> None:
    figure = replicas(2, sittings=2, rounds=1)
    assert figure.name == "replicas_2"
    assert figure.value > 0
    assert figure.yardstick


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_measure_has_its_words(language: str) -> None:
    texts = catalogue(language)
    assert all(texts(f"bench.name.{name}") for name in BENCHMARKS)
