"""The check that tests lean on finds what it is there to find."""

from dataclasses import replace
from typing import Any, cast

import pytest

from tests.kit import sittings as kit
from tests.kit import typed
from tests.kit.given import given
from voting.domain import events as e
from voting.domain.ids import RequestId
from voting.domain.speakers import FloorKind

AT = kit.Clock().now()


def convened() -> Any:
    return given(kit.convene(kit.roll(3), kit.reports(2))).sitting


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": None}, "FloorGiven.at is None"),
        ({"by": 3}, "FloorGiven.by is 3"),
        ({"kind": "intervention"}, "FloorGiven.kind is 'intervention'"),
    ],
)
def test_a_fact_with_a_field_of_another_kind_is_found(wrong: dict[str, object], said: str) -> None:
    fact = e.FloorGiven(at=AT, by=kit.CLERK, request=RequestId("r1"), person=kit.m(1), kind=FloorKind.INTERVENTION)
    typed.check(fact)
    with pytest.raises(AssertionError, match=said):
        typed.check(replace(fact, **cast("Any", wrong)))


def test_a_state_is_looked_at_to_its_depths_and_only_where_it_moved() -> None:
    sitting = convened()
    typed.check(sitting)
    roll = {**sitting.roll, kit.m(1): replace(sitting.roll[kit.m(1)], last_name=None)}
    with pytest.raises(AssertionError, match="last_name is None"):
        typed.check(replace(sitting, roll=roll), sitting)
    typed.check(replace(sitting, roll=roll), replace(sitting, roll=roll))
    with pytest.raises(AssertionError, match=r"Sitting\.planned"):
        typed.check(replace(sitting, planned=None), sitting)
