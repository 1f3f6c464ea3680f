"""The technical log as lines of JSON: an incident has its number, the one that the person was told, and no vote."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.edge import fault
from bot.logs import JsonLines
from bot.texts import catalogue
from voting.journal.faults import StoreUnavailable


@pytest.fixture
def lines() -> Iterator[StringIO]:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("hemicycle.incident")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def test_an_incident_is_one_object_with_the_number_that_was_told(lines: StringIO) -> None:
    try:
        raise StoreUnavailable
    except StoreUnavailable as error:
        told = fault(error, catalogue("fr"), {"sitting": "s-0001"})
    (line,) = lines.getvalue().splitlines()
    said = json.loads(line)
    assert said["incident"] == told.incident
    assert told.incident in told.sentence
    assert said["context"] == {"sitting": "s-0001"}
    assert said["level"] == "error"
    assert "StoreUnavailable" in said["error"]
    assert said["at"].endswith("+00:00")


def test_what_has_no_form_is_written_as_text(lines: StringIO) -> None:
    logging.getLogger("hemicycle.incident").error("séance « %s »\nlevée", "s-1", extra={"seen": frozenset({1})})
    (line,) = lines.getvalue().splitlines()
    assert json.loads(line)["message"] == "séance « s-1 »\nlevée"
    assert json.loads(line)["seen"] == "frozenset({1})"
