"""The standing orders file: every key read, every fault found at once and placed, the law never overruled."""

import dataclasses
import tomllib
from pathlib import Path

import pytest

from bot import samples
from tests.imports.kit import problems
from voting.domain.assembly import Body
from voting.domain.ruleset import MajorityBase, QuorumBase, StandingOrders
from voting.domain.standing_orders import Asker, FloorOrder, Threshold
from voting.imports import FileRefused, parse_standing_orders, read_standing_orders, sentences
from voting.wording import catalogue

CPR, CAO, COUNCIL, ASSOCIATION = Body.STANDING_COMMITTEE, Body.TENDER_COMMITTEE, Body.COUNCIL, Body.ASSOCIATION


def read(text: str, body: Body = CPR) -> StandingOrders:
    """What a file of that body says."""
    return parse_standing_orders(f'body = "{body}"\n{text}'.encode(), body)


def faults(text: str, body: Body = CPR) -> list[tuple[str, int, object]]:
    """Code, line and key of each fault; the text begins on line 2."""
    found = problems(lambda: read(text, body))
    return [(x.code.removeprefix("import.orders_"), x.line, x.fields.get("key")) for x in found]


def test_the_sample_is_read_whole() -> None:
    orders = read_standing_orders(samples.STANDING_ORDERS, CPR)
    assert orders.quorum_base is QuorumBase.PRESENT_OR_REPRESENTED
    assert (orders.notice_days, orders.turn_seconds, orders.speaking.point_of_order) == (10, 180, 60)
    assert orders.public_ballot == Threshold(numerator=1, denominator=6)
    assert orders.group_time.allotted(10, 25) == 720
    assert orders.requests.explanation_of_vote is Asker.GROUP_LEADERS


def test_the_sample_names_every_key_that_exists() -> None:
    """Those of other bodies stand in comments: uncommented, each is read, for the law to judge."""
    written = _whole_sample()
    known = {path for path, _ in _leaves(tomllib.loads(written))}
    assert len(known) == 39
    found = {fault for fault, _, _ in faults(written.replace('body = "cpr"', ""), ASSOCIATION)}
    assert found <= {"without_effect"}


def _whole_sample() -> str:
    """The sample, its commented keys with the others."""
    lines = samples.STANDING_ORDERS.read_text("utf-8").splitlines()
    open_up = [
        line.removeprefix("# ") if (line.startswith(("# [", "# ")) and "=" in line) or line.startswith("# [") else line
        for line in lines
    ]
    return "\n".join(open_up)


def _leaves(table: dict[str, object], above: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        found += _leaves(value, f"{above}{name}.") if isinstance(value, dict) else [(f"{above}{name}", value)]
    return found


def test_what_the_file_leaves_out_keeps_the_usual_value() -> None:
    assert read("") == StandingOrders()
    assert read("[quorum]\n[speaking.seconds]\n") == StandingOrders()


def test_an_association_settles_everything() -> None:
    orders = read(
        """
        [sitting]
        public = true
        notice_days = 15
        [quorum]
        base = "present_or_represented"
        threshold = "2/8"
        [proxies]
        per_holder = 3
        [majority]
        base = "in_office"
        threshold = "3/5"
        [tie]
        casting_vote = true
        [ballots]
        public = "1/10"
        [speaking]
        order = "balanced"
        silence_during_vote = false
        """,
        ASSOCIATION,
    )
    assert (orders.quorum, orders.quorum_base) == (
        Threshold(numerator=1, denominator=4),
        QuorumBase.PRESENT_OR_REPRESENTED,
    )
    assert (orders.proxies_per_holder, orders.majority_base, orders.casting_vote) == (3, MajorityBase.IN_OFFICE, True)
    assert orders.majority == Threshold(numerator=3, denominator=5)
    assert (orders.floor_order, orders.silence_during_vote) == (FloorOrder.BALANCED, False)
    assert (orders.public_board, orders.notice_days) == (True, 15)


def test_the_colleges_of_an_association_are_groups_by_their_names() -> None:
    assert read('majority.colleges = ["Fondateurs", " Usagers "]', ASSOCIATION).colleges == ("Fondateurs", "Usagers")
    assert read('majority.base = "present"', ASSOCIATION).colleges == ()
    assert faults('majority.colleges = ["Fondateurs"]') == [("without_effect", 2, "majority.colleges")]


@pytest.mark.parametrize("value", ['"Fondateurs"', "[1]", '["A", "A"]', '["A", " "]', "true"])
def test_colleges_are_names_each_once(value: str) -> None:
    assert faults(f"majority.colleges = {value}", ASSOCIATION) == [("not_names", 2, "majority.colleges")]


def test_more_than_and_at_least_are_two_things() -> None:
    strict = read('quorum.threshold = ">1/2"', ASSOCIATION).quorum
    loose = read('quorum.threshold = "1/2"', ASSOCIATION).quorum
    assert strict is not None
    assert loose is not None
    assert (strict.of(60), loose.of(60)) == (31, 30)


def test_a_tender_committee_may_give_its_chair_a_casting_vote_and_record() -> None:
    orders = read("tie.casting_vote = true\nsitting.recording_settled = true", CAO)
    assert (orders.casting_vote, orders.recording_settled) == (True, True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[quorum]\nbaze = 1", ("nearest_key", 3, "quorum.baze")),
        ("zzzz = 1", ("unknown_key", 2, "zzzz")),
        ("[zzzz]", ("unknown_key", 2, "zzzz")),
        ("quorum = 3", ("not_a_table", 2, "quorum")),
        ("[sitting]\npublic = 1", ("not_a_flag", 3, "sitting.public")),
        ("[sitting]\nnotice_days = true", ("not_a_number", 3, "sitting.notice_days")),
        ("[sitting]\nnotice_days = 2.5", ("not_a_number", 3, "sitting.notice_days")),
        ('[sitting]\nnotice_days = "10"', ("not_a_number", 3, "sitting.notice_days")),
        ("[sitting]\nnotice_days = -1", ("out_of_range", 3, "sitting.notice_days")),
        ("[speaking.seconds]\nintervention = 9", ("out_of_range", 3, "speaking.seconds.intervention")),
        ("[speaking.seconds]\nintervention = 7201", ("out_of_range", 3, "speaking.seconds.intervention")),
        ('[quorum]\nbase = "Present"', ("not_a_word", 3, "quorum.base")),
        ("[quorum]\nbase = 3", ("not_a_word", 3, "quorum.base")),
        ('[requests]\nclosure = "anyone"', ("not_a_word", 3, "requests.closure")),
        ("[ballots]\nsecret = 3", ("not_a_threshold", 3, "ballots.secret")),
        ('[ballots]\nsecret = "a third"', ("not_a_threshold", 3, "ballots.secret")),
        ('[ballots]\nsecret = "1/0"', ("impossible_threshold", 3, "ballots.secret")),
        ('[ballots]\nsecret = "0/3"', ("impossible_threshold", 3, "ballots.secret")),
        ('[ballots]\nsecret = ">0/3"', ("impossible_threshold", 3, "ballots.secret")),
        ('[ballots]\nsecret = "4/3"', ("impossible_threshold", 3, "ballots.secret")),
        ('[ballots]\nsecret = ">1/1"', ("impossible_threshold", 3, "ballots.secret")),
        ("[speaking.groups]\nfloor_seconds = 60", ("floor_without_total", 3, "speaking.groups.floor_seconds")),
        (
            "[speaking.groups]\nunattached_seconds = 60",
            ("floor_without_total", 3, "speaking.groups.unattached_seconds"),
        ),
        (
            "[speaking.groups]\nitem_seconds = 60\nfloor_seconds = 61",
            ("floor_over_total", 4, "speaking.groups.floor_seconds"),
        ),
        (
            'requests.right_of_reply = "nobody"\nspeaking.seconds.right_of_reply = 60',
            ("time_for_nobody", 3, "speaking.seconds.right_of_reply"),
        ),
        (
            'requests.closure = "nobody"\nspeaking.closure_by_vote = true',
            ("closure_for_nobody", 3, "speaking.closure_by_vote"),
        ),
        ("speaking.seconds.warning = 120", ("warning_too_long", 2, "speaking.seconds.warning")),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(text: str, fault: tuple[str, int, str]) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("body", "text", "code"),
    [
        (COUNCIL, "tie.casting_vote = false", "against_law"),
        (CPR, "tie.casting_vote = false", "against_law"),
        (Body.EPCI, "tie.casting_vote = false", "against_law"),
        (COUNCIL, 'quorum.base = "present_or_represented"', "against_law"),
        (CAO, 'quorum.base = "present_or_represented"', "against_law"),
        (Body.DEPARTMENT, 'quorum.threshold = "1/3"', "against_law"),
        (CPR, 'majority.base = "in_office"', "against_law"),
        (COUNCIL, 'majority.threshold = "2/3"', "against_law"),
        (COUNCIL, "sitting.public = false", "against_law"),
        (CAO, "sitting.public = true", "against_law"),
        (CPR, "proxies.per_holder = 2", "too_many_proxies"),
        (CAO, "proxies.per_holder = 1", "too_many_proxies"),
        (COUNCIL, "proxies.per_holder = 0", "against_law"),
        (COUNCIL, "sitting.notice_days = 8", "notice_too_short"),
        (COUNCIL, 'ballots.public = "1/4"', "against_law"),
        (CAO, 'ballots.public = "1/4"', "without_effect"),
        (Body.EPCI, 'ballots.public = "1/4"', "without_effect"),
        (CPR, "sitting.recording_settled = true", "without_effect"),
        (ASSOCIATION, 'majority.threshold = "1/3"', "majority_too_low"),
        (ASSOCIATION, 'majority.threshold = "1/2"', "majority_too_low"),
    ],
)
def test_what_the_law_fixes_is_not_for_the_standing_orders(body: Body, text: str, code: str) -> None:
    assert faults(text, body) == [(code, 2, text.partition(" ")[0])]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (COUNCIL, "tie.casting_vote = true"),
        (COUNCIL, 'quorum.base = "present"\nquorum.threshold = ">2/4"\nmajority.base = "votes_cast"'),
        (COUNCIL, 'proxies.per_holder = 1\nballots.public = "1/6"\nsitting.public = true\nsitting.notice_days = 15'),
        (CAO, "proxies.per_holder = 0\nsitting.public = false"),
        (CPR, 'quorum.base = "present"\nsitting.public = true'),
        (Body.DEPARTMENT_COMMITTEE, 'quorum.base = "present"\nballots.public = "1/5"'),
        (ASSOCIATION, 'majority.threshold = ">1/2"\nspeaking.seconds.warning = 0'),
        (ASSOCIATION, 'requests.closure = "nobody"'),
    ],
)
def test_what_says_the_same_as_the_law_or_what_it_leaves_is_accepted(body: Body, text: str) -> None:
    assert faults(text, body) == []


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    first = '[sitting]\nnotice_days = 3\n[quorum]\nbaze = 1\nbase = "all"'
    text = f"{first}\n[proxies]\nper_holder = 2\n[tie]\ncasting_vote = 0"
    assert faults(text, COUNCIL) == [
        ("notice_too_short", 3, "sitting.notice_days"),
        ("nearest_key", 5, "quorum.baze"),
        ("not_a_word", 6, "quorum.base"),
        ("too_many_proxies", 8, "proxies.per_holder"),
        ("not_a_flag", 10, "tie.casting_vote"),
    ]


def test_a_fault_names_its_place_its_value_and_the_law() -> None:
    found = problems(lambda: read("[proxies]\nper_holder = 2\n[quorum]\nbaze = 1"))
    assert sentences(found, catalogue("en")) == (
        "Line 3: “proxies.per_holder” is 2: a member of this body may not hold more than 1 proxies "
        "(CGCT, art. L. 4132-15).",
        "Line 5: the key “quorum.baze” does not exist; the nearest one is “quorum.base”.",
    )


def test_the_file_says_which_body_it_is_for() -> None:
    (missing,) = problems(lambda: parse_standing_orders(b"", CPR))
    assert (missing.code, missing.line, missing.fields["expected"]) == ("import.orders_body_missing", 0, "cpr")
    (other,) = problems(lambda: parse_standing_orders(b'\nbody = "cao"\ntie.casting_vote = true', CPR))
    assert (other.code, other.line, other.value) == ("import.orders_other_body", 2, "cao")
    (unknown,) = problems(lambda: parse_standing_orders(b'body = "senate"', CPR))
    assert unknown.code == "import.orders_not_a_word"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"body = cpr", 1),
        (b'body = "cpr"\nsitting', 2),
        (b'body = "cpr"\nbody = "cpr"', 2),
        (b'body = "cpr', 1),
        (b"a = " + b"9" * 5000, 1),
        (b"a = " + b"[" * 20000, 1),
    ],
)
def test_what_is_no_toml_is_refused_where_it_goes_wrong(content: bytes, line: int) -> None:
    (problem,) = problems(lambda: parse_standing_orders(content, CPR))
    assert problem.code == "import.orders_not_toml"
    assert problem.line == line


def test_a_file_is_bounded_and_in_utf8(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="file_missing"):
        read_standing_orders(tmp_path / "none.toml", CPR)
    with pytest.raises(FileRefused, match="file_too_big"):
        parse_standing_orders(b"#" * 1_000_001, CPR)
    with pytest.raises(FileRefused, match="not_utf8"):
        parse_standing_orders(b'body = "cpr" # \xe9', CPR)
    assert parse_standing_orders(b'\xef\xbb\xbfbody = "cpr"', CPR) == StandingOrders()


def test_odd_but_lawful_toml_is_read_and_placed_as_well_as_may_be() -> None:
    text = 'speaking = { order = "slow", seconds = { warning = 1000 } }\n[ "quorum" ]\n"base" = "none"'
    assert faults(text) == [
        ("not_a_word", 2, "speaking.order"),
        ("warning_too_long", 2, "speaking.seconds.warning"),
        ("not_a_word", 4, "quorum.base"),
    ]
    assert faults("[[ballots]]\nsecret = 1") == [("not_a_table", 0, "ballots")]


def test_no_field_of_the_standing_orders_is_beyond_the_reach_of_the_file() -> None:
    """A field that nobody can set would be a rule that nobody can change."""
    default, found = StandingOrders(), read_standing_orders(samples.STANDING_ORDERS, CPR)
    own = {"casting_vote", "recording_settled", "quorum", "proxies_per_holder", "majority", "majority_base", "colleges"}
    same = {f.name for f in dataclasses.fields(default) if getattr(default, f.name) == getattr(found, f.name)}
    assert same - own == {
        "public_board",
        "turn_seconds",
        "remote_arrangements",
        "silence_during_vote",
        "closure_by_vote",
        "floor_order",
        "contests",
        "poll_seconds",
    }


KEYS = {key: value for key, value in _leaves(tomllib.loads(_whole_sample())) if key != "body"}
"""Every key with a value of its kind."""


def _wrong(value: object) -> list[tuple[str, str]]:
    """What may be written in the place of such a value, and the fault that it is."""
    match value:
        case bool():
            return [("1", "not_a_flag"), ('"oui"', "not_a_flag")]
        case int():
            several = [("1.5", "not_a_number"), ("true", "not_a_number"), ('"10"', "not_a_number")]
            return [*several, ("-1", "out_of_range"), ("1000000", "out_of_range")]
        case list():
            return [('"Fondateurs"', "not_names"), ('["A", "A"]', "not_names")]
        case str() if "/" in value:
            return [('"un tiers"', "not_a_threshold"), ("3", "not_a_threshold"), ('"0/3"', "impossible_threshold")]
        case _:
            return [('"autre"', "not_a_word"), ("3", "not_a_word")]


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_value_of_another_kind_is_refused_at_the_line_of_its_key_whichever_key_it_is(key: str) -> None:
    table, _, name = key.rpartition(".")
    for written, fault in _wrong(KEYS[key]):
        assert faults(f"[{table}]\n{name} = {written}", ASSOCIATION) == [(fault, 3, key)]


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_key_with_a_slip_of_the_pen_is_refused_with_the_nearest_one(key: str) -> None:
    (problem,) = problems(lambda: read(f"{key}x = 1", ASSOCIATION))
    assert (problem.code, problem.line) == ("import.orders_nearest_key", 2)
    assert problem.fields["nearest"] == key
