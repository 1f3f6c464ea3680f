"""The measures that a quiet machine takes in earnest, tried here with next to nothing: that they measure, not what."""

import xml.etree.ElementTree as ET

import pytest

from bot.texts import catalogue
from tests.bench.curves import durable_late, viewers_1000
from tests.bench.plot import curves, svg
from tests.bench.registry import BENCHMARKS


@pytest.mark.long
def test_a_poll_is_measured_with_and_without_viewers() -> None:
    figure = viewers_1000(voters=6, viewers=8, rounds=1)
    assert figure.name == "viewers_1000"
    assert figure.value > 0
    assert figure.ratio is not None
    assert figure.yardstick


def test_durable_votes_are_measured_early_and_late() -> None:
    figure = durable_late(voters=6, past=60, rounds=1)
    assert figure.value > 0
    assert figure.yardstick


def test_the_curve_is_a_picture_with_its_words() -> None:
    figures = [
        {"name": "votes_720", "value": 0.25, "yardstick": 0.1},
        {"name": "votes_60", "value": 0.02, "yardstick": 0.01},
        {"name": "cold_start", "value": 1.0, "yardstick": None},
    ]
    lines = curves(figures)
    assert lines == {"Hémicycle": [(60, 0.02), (720, 0.25)], "étalon": [(60, 0.01), (720, 0.1)]}
    picture = ET.fromstring(svg(lines))  # noqa: S314 – ours
    assert "720 → 0.250 s" in (picture.findtext("{http://www.w3.org/2000/svg}title") or "")
    assert len(picture.findall("{http://www.w3.org/2000/svg}polyline")) == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_measure_has_its_words(language: str) -> None:
    texts = catalogue(language)
    assert all(texts(f"bench.name.{name}") for name in BENCHMARKS)
