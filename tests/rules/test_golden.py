"""What every released rule set answers, word for word, with its articles: a released version is never edited.

A judge may read a sitting ten years from now by the set that its journal names. The files under ``tests/golden/rules``
are that promise, and a page on which a lawyer sees what a change of the code changes in the law.
"""

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from tests.kit import sittings as kit
from voting import rules
from voting.domain.assembly import ItemKind, LegalSubject
from voting.domain.ruleset import Citation, QuorumBase, RuleSet, StandingOrders
from voting.domain.standing_orders import FloorOrder, MajorityBase, Threshold

GOLDEN = Path(__file__).parents[1] / "golden" / "rules"
ANSWERS = sorted(name for name, member in vars(RuleSet).items() if isinstance(member, property))
SEATS = (1, 2, 5, 6, 25, 57, 60)
OTHER = {
    int: 7,
    str: "x",
    Threshold: Threshold(numerator=2, denominator=3),
    QuorumBase: QuorumBase.PRESENT_OR_REPRESENTED,
    MajorityBase: MajorityBase.PRESENT_OR_REPRESENTED,
    FloorOrder: FloorOrder.BALANCED,
    tuple: ("Rouges", "Bleus"),
}
"""A value that is nobody's default, for each type that standing orders are made of."""


def source(citation: Citation) -> str:
    """All that is known of where a rule is written."""
    sure = "confirmed" if citation.confirmed else "to be confirmed"
    day = f", in force on {citation.in_force_on}" if citation.in_force_on else ""
    return f"{told(citation)}: {sure}{day}, {citation.url or 'no address'}"


def cited(value: object) -> Iterator[Citation]:
    """Every article within."""
    if isinstance(value, Citation):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from cited(getattr(value, field.name))


def told(value: object) -> str:
    """On one line, an article as a lawyer writes it."""
    match value:
        case Citation():
            return f"[{value.rule} {value.article}]"
        case Enum():
            return str(value.value)
        case frozenset():
            return "{" + ", ".join(sorted(told(one) for one in value)) + "}"
        case tuple():
            return "(" + ", ".join(told(one) for one in value) + ")"
        case date():
            return value.isoformat()
    if is_dataclass(value):
        parts = (f"{field.name}={told(getattr(value, field.name))}" for field in fields(value))
        return f"{type(value).__name__}({', '.join(parts)})"
    return repr(value)


Answer = tuple[str, object]
"""What is asked, and what the set says."""


def answers(law: RuleSet, orders: StandingOrders) -> Iterator[Answer]:
    """Everything that can be asked of that set."""
    for name in ANSWERS:
        yield name, getattr(law, name)
    for again in (False, True):
        then = ", second convocation" * again
        for seats in SEATS:
            yield f"quorum of {seats}{then}", law.quorum(seats, second_convocation=again)
        for subject in LegalSubject:
            yield f"quorum on {on(subject)}{then}", law.quorum(57, second_convocation=again, subject=subject)
    for subject in LegalSubject:
        yield f"item on {on(subject)}", law.item(subject)
        for kind in ItemKind:
            item = replace(kit.item(1), kind=kind, legal_subject=subject)
            yield f"choice in {kind.value} on {on(subject)}", law.contest(item, orders)


def on(subject: LegalSubject) -> str:
    return subject.value or "an ordinary subject"


def changes(usual: StandingOrders) -> Iterator[tuple[str, StandingOrders]]:
    """The usual standing orders with one thing changed, each thing in turn."""
    for field in fields(usual):
        part = getattr(usual, field.name)
        if is_dataclass(part) and not isinstance(part, Threshold):
            for name, value in others(part):
                yield f"{field.name}.{name}", changed(usual, field.name, changed(part, name, value))
    for name, value in others(usual):
        yield name, changed(usual, name, value)


def others(whole: object) -> Iterator[tuple[str, object]]:
    """Another value for each field that is not made of parts."""
    hints = get_type_hints(type(whole))
    for name, hint in hints.items():
        value = getattr(whole, name)
        if isinstance(value, Threshold) or not is_dataclass(value):
            yield name, other(value, hint)


def changed(whole: Any, name: str, value: object) -> Any:  # of any dataclass of the standing orders
    return replace(whole, **{name: value})


def other(value: object, hint: object) -> object:
    """Something else of that type."""
    if isinstance(value, bool):
        return not value
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kind = next(get_origin(one) or one for one in kinds if one is not NoneType)
    if isinstance(kind, type) and issubclass(kind, Enum) and kind not in OTHER:
        return next(one for one in kind if one is not value)
    return OTHER[kind]


def written(name: str) -> str:
    """The answers under usual standing orders; under others, those that are different; then the articles."""
    usual = StandingOrders()
    plain = list(answers(rules.find(name, usual), usual))
    lines, sources = [name, "", *map(line, plain)], {source(one) for _, answer in plain for one in cited(answer)}
    for what, orders in changes(usual):
        found = list(answers(rules.find(name, orders), orders))
        different = [after for after, before in zip(found, plain, strict=True) if after != before]
        lines += ["", f"with {what} changed:", *map(line, different)] if different else []
        sources |= {source(one) for _, answer in different for one in cited(answer)}
    return "\n".join([*lines, "", "articles:", *sorted(sources), ""])


def line(answer: Answer) -> str:
    return f"{answer[0]}: {told(answer[1])}"


def test_every_standing_order_is_changed_in_turn() -> None:
    names = [name for name, _ in changes(StandingOrders())]
    assert len(names) == len(set(names))
    assert {"quorum_base", "casting_vote", "speaking.warning", "requests.closure", "contests.elder_wins"} <= set(names)
    assert all(orders != StandingOrders() for _, orders in changes(StandingOrders()))


@pytest.mark.parametrize("name", rules.released())
def test_a_released_rule_set_answers_what_it_always_answered(name: str) -> None:
    """``HEMICYCLE_GOLDEN=write`` writes a new one; a released one changes its number instead."""
    file = GOLDEN / f"{name.replace('/', '-')}.txt"
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(written(name), encoding="utf-8")
    assert written(name) == file.read_text(encoding="utf-8")


def test_every_file_is_of_a_released_rule_set() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {name.replace("/", "-") for name in rules.released()}
