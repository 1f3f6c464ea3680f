"""Which rule set governs which sitting, and when it no longer does (R54)."""

from datetime import date

import pytest

from tests.kit.given import given
from tests.kit.sittings import standing_committee
from voting import rules
from voting.domain.assembly import Body, Mode, Regime
from voting.domain.events import SittingEvent
from voting.domain.ruleset import StandingOrders
from voting.journal.canonical import dump, load
from voting.journal.codec import Codec
from voting.journal.wire import WIRE
from voting.rules import emergency_2020

NAMES = {
    Body.COUNCIL: ("council-remote/1", "council-room/1"),
    Body.STANDING_COMMITTEE: ("cpr-remote/1", "cpr-room/1"),
    Body.TENDER_COMMITTEE: ("cao-remote/1", "cao-room/1"),
    Body.DEPARTMENT: ("department-remote/1", "department-room/1"),
    Body.DEPARTMENT_COMMITTEE: ("department-committee-remote/1", "department-committee-room/1"),
    Body.EPCI: ("epci-remote/1", None),
    Body.ASSOCIATION: ("association/1", "association/1"),
}
EMERGENCY = Regime.EMERGENCY_2020
LAST_DAY = date(2022, 7, 31)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("body", list(Body))
def test_a_rule_set_is_found_by_body_and_mode_and_again_by_its_versioned_name(body: Body, mode: Mode) -> None:
    orders = StandingOrders(casting_vote=True, public_board=True)
    name = NAMES[body][mode is Mode.ROOM]
    if name is None:
        with pytest.raises(rules.UnknownRuleSet, match=f"{body.value}/{mode.value}$"):
            rules.current(body, mode, orders)
        return
    book = rules.current(body, mode, orders)
    assert (book.body, book.name) == (body, name)
    assert rules.find(name, orders) == book


@pytest.mark.parametrize("name", rules.released())
def test_every_rule_set_answers_to_its_own_name(name: str) -> None:
    assert rules.find(name, StandingOrders()).name == name


def test_no_rule_set_is_made_up() -> None:
    with pytest.raises(rules.UnknownRuleSet) as unknown:
        rules.find("cpr-remote/999", StandingOrders())
    assert unknown.value.wanted == "cpr-remote/999"
    with pytest.raises(rules.UnknownRuleSet) as written:
        rules.current(Body.COUNCIL, Mode.REMOTE, StandingOrders(), regime=Regime.WRITTEN_EXCHANGE)
    assert written.value.wanted == "council/remote/written_exchange"
    with pytest.raises(rules.UnknownRuleSet):
        rules.current(Body.COUNCIL, Mode.ROOM, StandingOrders(), regime=EMERGENCY, replay=True)


def test_R54_loi_2020_290_the_emergency_is_asked_for_and_never_assumed() -> None:
    spring = date(2020, 5, 4)
    assert rules.current(Body.COUNCIL, Mode.REMOTE, StandingOrders(), on=spring).name == "council-remote/1"
    book = rules.current(Body.COUNCIL, Mode.REMOTE, StandingOrders(), on=spring, regime=EMERGENCY)
    assert book.name == "emergency-2020/1"


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE])
@pytest.mark.parametrize("on", [date(2022, 8, 1), date(2026, 11, 20), None])
def test_R54_loi_2020_290_the_emergency_governs_no_official_sitting_after_july_2022(
    body: Body, on: date | None
) -> None:
    with pytest.raises(rules.RuleSetEnded) as ended:
        rules.current(body, Mode.REMOTE, StandingOrders(), on=on, regime=EMERGENCY)
    assert (ended.value.on, ended.value.last_day, ended.value.citation) == (on, LAST_DAY, emergency_2020.END)
    assert ended.value.wanted.startswith("emergency-2020")
    assert not ended.value.citation.confirmed


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE])
def test_R54_loi_2020_290_its_last_day_and_any_replay_are_allowed(body: Body) -> None:
    orders = StandingOrders()
    last = rules.current(body, Mode.HYBRID, orders, on=LAST_DAY, regime=EMERGENCY)
    assert rules.current(body, Mode.HYBRID, orders, regime=EMERGENCY, replay=True) == last
    assert rules.current(body, Mode.HYBRID, orders, on=date(2026, 1, 5), regime=EMERGENCY, replay=True) == last


def test_a_journal_written_before_these_fields_is_still_read() -> None:
    codec: Codec[SittingEvent] = Codec(WIRE)
    convened = given(standing_committee(orders=StandingOrders(turn_seconds=90))).history[0]
    line = load(codec.encode("s1", 0, convened).line)
    assert isinstance(line, dict)
    data = line["data"]
    assert isinstance(data, dict)
    orders = data["standing_orders"]
    assert isinstance(orders, dict)
    first = ("casting_vote", "public_board", "quorum_base", "remote_arrangements", "turn_seconds")
    data["standing_orders"] = {name: orders[name] for name in first}
    assert codec.decode(dump(line)).event == convened
