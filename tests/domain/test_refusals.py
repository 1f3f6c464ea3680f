"""Refusals: a stable code each, equal by their facts, and every one of them raised by some test of the core."""

import re
from pathlib import Path

import pytest

import voting.domain.decide  # noqa: F401 - every class of refusal is known once this is
from tests.kit.sittings import m
from voting.domain.refusals import NotPresent, NoVote, Refusal, StaffOnly
from voting.rules import articles

CLASSES = Refusal.__subclasses__()


def test_codes_are_distinct_and_made_from_the_name() -> None:
    codes = [x.code for x in CLASSES]
    assert len(set(codes)) == len(codes)
    assert codes == [re.sub(r"(?<!^)(?=[A-Z])", "_", x.__name__).lower() for x in CLASSES]


def test_two_refusals_are_equal_when_their_facts_are() -> None:
    assert NotPresent(person=m(1)) == NotPresent(person=m(1))
    assert NotPresent(person=m(1)) != NotPresent(person=m(2))
    assert NotPresent(person=m(1)) != NoVote(person=m(1))
    assert NotPresent(person=m(1)) != NotPresent(person=m(1), citation=articles.RECUSAL)
    assert len({StaffOnly(), StaffOnly()}) == 2


def test_a_developer_reads_the_code_and_its_facts() -> None:
    assert str(NotPresent(person=m(1))) == "not_present {'citation': None, 'person': 'm001'}"


@pytest.mark.parametrize("refusal", CLASSES, ids=lambda x: x.code)
def test_some_test_expects_each_of_them(refusal: type[Refusal]) -> None:
    here = Path(__file__)
    folders = (here.parent, here.parents[1] / "rules", here.parents[1] / "service")
    sources = [p.read_text("utf-8") for folder in folders for p in folder.glob("test_*.py") if p != here]
    assert any(f"{refusal.__name__}(" in source for source in sources)
