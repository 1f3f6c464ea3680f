"""Reads the standing orders of a body (*règlement intérieur*) from a TOML file.

Answers for: the names of the keys, and that no two rules contradict each other or the law. Leaves the law to
`voting.rules`: what it fixes is asked of the rule set itself.
"""

from collections.abc import Iterator
from pathlib import Path

from voting import rules
from voting.domain.assembly import Body, Mode
from voting.domain.ruleset import Citation, MajorityBase, QuorumBase, RuleSet, StandingOrders
from voting.domain.standing_orders import (
    Asker,
    ContestOrders,
    FloorOrder,
    GroupTime,
    Requests,
    SpeakingTimes,
    Threshold,
)
from voting.imports import source
from voting.imports.findings import Findings
from voting.imports.refusals import Code
from voting.imports.toml_keys import Keys

MAX_BYTES = 1_000_000
_SHORTEST, _LONGEST = 10, 7_200
_DAY = 86_400
_USUAL = StandingOrders()


def read_standing_orders(path: Path, body: Body) -> StandingOrders:
    """The standing orders of that body, from a file. See `parse_standing_orders`."""
    return parse_standing_orders(source.read_bytes(path, MAX_BYTES), body)


def parse_standing_orders(content: bytes, body: Body) -> StandingOrders:
    """The standing orders of that body, or `FileRefused` with everything wrong in the file.

    The file says which body it is written for. What it leaves out keeps the law's answer, or the usual one.
    """
    source.check_size(content, MAX_BYTES)
    findings = Findings()
    keys = Keys(content, findings)
    is_ours = _is_for(keys, body)
    orders = _orders(keys)
    keys.refuse_unknown()
    _check_times(keys, orders)
    _check_majority(keys, orders)
    if is_ours:
        _check_law(keys, body, orders)
    findings.refuse()
    return orders


def _is_for(keys: Keys, body: Body) -> bool:
    said = keys.word_or_none("body", Body)
    if said is None and not keys.is_wrong("body"):
        keys.note(Code.ORDERS_BODY_MISSING, "body", expected=body.value)
    elif said is not None and said is not body:
        keys.note(Code.ORDERS_OTHER_BODY, "body", expected=body.value)
    return said is body


def _orders(keys: Keys) -> StandingOrders:
    return StandingOrders(
        public_board=keys.flag("sitting.public", _USUAL.public_board),
        council_seats=keys.number_or_none("sitting.council_seats", 1, 1000),
        notice_days=keys.number_or_none("sitting.notice_days", 0, 90),
        remote_arrangements=keys.flag("sitting.remote_arrangements", _USUAL.remote_arrangements),
        recording_settled=keys.flag("sitting.recording_settled", _USUAL.recording_settled),
        quorum_base=keys.word_or_none("quorum.base", QuorumBase),
        quorum=keys.threshold("quorum.threshold"),
        proxies_per_holder=keys.number_or_none("proxies.per_holder", 0, 20),
        majority_base=keys.word_or_none("majority.base", MajorityBase),
        majority=keys.threshold("majority.threshold"),
        colleges=keys.names("majority.colleges"),
        casting_vote=keys.flag("tie.casting_vote", _USUAL.casting_vote),
        public_ballot=keys.threshold("ballots.public"),
        secret_ballot=keys.threshold("ballots.secret"),
        poll_seconds=keys.number("ballots.seconds", _USUAL.poll_seconds, 0, _LONGEST),
        turn_seconds=_seconds(keys, "intervention", _USUAL.turn_seconds),
        silence_during_vote=keys.flag("speaking.silence_during_vote", _USUAL.silence_during_vote),
        closure_by_vote=keys.flag("speaking.closure_by_vote", _USUAL.closure_by_vote),
        floor_order=keys.word("speaking.order", FloorOrder, _USUAL.floor_order),
        speaking=_times(keys, _USUAL.speaking),
        group_time=_groups(keys, _USUAL.group_time),
        requests=_requests(keys, _USUAL.requests),
        contests=ContestOrders(
            absolute_rounds=keys.number("ballots.absolute_rounds", _USUAL.contests.absolute_rounds, 0, 9),
            elder_wins=keys.flag("ballots.elder_wins", _USUAL.contests.elder_wins),
        ),
    )


def _seconds(keys: Keys, kind: str, usual: int) -> int:
    return keys.number(f"speaking.seconds.{kind}", usual, _SHORTEST, _LONGEST)


def _times(keys: Keys, usual: SpeakingTimes) -> SpeakingTimes:
    return SpeakingTimes(
        point_of_order=_seconds(keys, "point_of_order", usual.point_of_order),
        personal_statement=_seconds(keys, "personal_statement", usual.personal_statement),
        right_of_reply=_seconds(keys, "right_of_reply", usual.right_of_reply),
        explanation_of_vote=_seconds(keys, "explanation_of_vote", usual.explanation_of_vote),
        warning=keys.number("speaking.seconds.warning", usual.warning, 0, _LONGEST),
    )


def _groups(keys: Keys, usual: GroupTime) -> GroupTime:
    return GroupTime(
        item_seconds=keys.number("speaking.groups.item_seconds", usual.item_seconds, 0, _DAY),
        floor_seconds=keys.number("speaking.groups.floor_seconds", usual.floor_seconds, 0, _DAY),
        unattached_seconds=keys.number("speaking.groups.unattached_seconds", usual.unattached_seconds, 0, _DAY),
        is_shareable=keys.flag("speaking.groups.shareable", usual.is_shareable),
    )


def _requests(keys: Keys, usual: Requests) -> Requests:
    return Requests(
        intervention=keys.word("requests.intervention", Asker, usual.intervention),
        point_of_order=keys.word("requests.point_of_order", Asker, usual.point_of_order),
        personal_statement=keys.word("requests.personal_statement", Asker, usual.personal_statement),
        right_of_reply=keys.word("requests.right_of_reply", Asker, usual.right_of_reply),
        explanation_of_vote=keys.word("requests.explanation_of_vote", Asker, usual.explanation_of_vote),
        suspension=keys.word("requests.suspension", Asker, usual.suspension),
        closure=keys.word("requests.closure", Asker, usual.closure),
        separate_vote=keys.word("requests.separate_vote", Asker, usual.separate_vote),
    )


def _check_times(keys: Keys, orders: StandingOrders) -> None:
    time, total, least = orders.group_time, "speaking.groups.item_seconds", "speaking.groups.floor_seconds"
    if time.item_seconds == 0 and (time.floor_seconds or time.unattached_seconds):
        given = least if time.floor_seconds else "speaking.groups.unattached_seconds"
        keys.note(Code.ORDERS_FLOOR_WITHOUT_TOTAL, given, other=total)
    elif time.floor_seconds > time.item_seconds:
        keys.note(Code.ORDERS_FLOOR_OVER_TOTAL, least, other=total)
    for kind in ("intervention", "point_of_order", "personal_statement", "right_of_reply", "explanation_of_vote"):
        asked, timed = f"requests.{kind}", f"speaking.seconds.{kind}"
        if getattr(orders.requests, kind) is Asker.NOBODY and timed in keys:
            keys.note(Code.ORDERS_TIME_FOR_NOBODY, timed, other=asked)
    if orders.closure_by_vote and orders.requests.closure is Asker.NOBODY:
        keys.note(Code.ORDERS_CLOSURE_FOR_NOBODY, "speaking.closure_by_vote", other="requests.closure")
    if "speaking.seconds.warning" in keys and orders.speaking.warning >= _shortest(orders):
        keys.note(Code.ORDERS_WARNING_TOO_LONG, "speaking.seconds.warning", limit=_shortest(orders))


def _shortest(orders: StandingOrders) -> int:
    times = orders.speaking
    kinds = (times.point_of_order, times.personal_statement, times.right_of_reply, times.explanation_of_vote)
    return min(orders.turn_seconds, *kinds)


def _check_majority(keys: Keys, orders: StandingOrders) -> None:
    """Half, or less, would let two opposite texts both be adopted."""
    wanted = orders.majority
    if wanted is None:
        return
    twice, whole = 2 * wanted.numerator, wanted.denominator
    if twice < whole or (twice == whole and not wanted.is_strict):
        keys.note(Code.ORDERS_MAJORITY_TOO_LOW, "majority.threshold")


def _check_law(keys: Keys, body: Body, orders: StandingOrders) -> None:
    """What the file says against what the rule set answers under it: where the law is fixed, they differ."""
    law = rules.current(body, Mode.REMOTE, orders)
    _check_limits(keys, law, orders)
    for key, said, answer, citation in _answers(law, orders):
        if key in keys and said != answer:
            keys.note(Code.ORDERS_AGAINST_LAW, key, expected=_written(answer), article=citation.article)
    _check_effects(keys, body, law, orders)


def _answers(law: RuleSet, orders: StandingOrders) -> Iterator[tuple[str, object, object, Citation]]:
    quorum = law.quorum(1, second_convocation=False)
    yield "quorum.base", orders.quorum_base, quorum.base, quorum.citation
    yield "quorum.threshold", orders.quorum, quorum.threshold, quorum.citation
    yield "majority.base", orders.majority_base, law.majority.base, law.majority.citation
    yield "majority.threshold", orders.majority, law.majority.threshold, law.majority.citation
    yield "tie.casting_vote", orders.casting_vote, law.tie.chair_prevails, law.tie.citation
    yield "sitting.public", orders.public_board, law.publicity.public, law.publicity.citation
    if (orders.proxies_per_holder or 0) <= law.proxies.max_per_holder:
        yield "proxies.per_holder", orders.proxies_per_holder, law.proxies.max_per_holder, law.proxies.citation


def _check_limits(keys: Keys, law: RuleSet, orders: StandingOrders) -> None:
    proxies, notice = law.proxies, law.convening.notice
    if (orders.proxies_per_holder or 0) > proxies.max_per_holder:
        article = proxies.citation.article
        keys.note(Code.ORDERS_TOO_MANY_PROXIES, "proxies.per_holder", limit=proxies.max_per_holder, article=article)
    if orders.notice_days is not None and notice.days is not None and orders.notice_days < notice.days:
        article = notice.citation.article
        keys.note(Code.ORDERS_NOTICE_TOO_SHORT, "sitting.notice_days", limit=notice.days, article=article)


def _check_effects(keys: Keys, body: Body, law: RuleSet, orders: StandingOrders) -> None:
    """Rules that nothing in the law of that body would ever ask for."""
    if "sitting.recording_settled" in keys and law.conduct.recording is None:
        keys.note(Code.ORDERS_WITHOUT_EFFECT, "sitting.recording_settled")
    if "majority.colleges" in keys and body is not Body.ASSOCIATION:
        keys.note(Code.ORDERS_WITHOUT_EFFECT, "majority.colleges")
    if "sitting.council_seats" in keys and law.convening.size is None:
        keys.note(Code.ORDERS_WITHOUT_EFFECT, "sitting.council_seats")
    if "ballots.public" not in keys:
        return
    together = None if body is Body.EPCI else rules.current(body, Mode.ROOM, orders).conduct.public_ballot
    if together is None:
        keys.note(Code.ORDERS_WITHOUT_EFFECT, "ballots.public")
    elif together.threshold is not None and together.threshold != orders.public_ballot:
        article = together.citation.article
        keys.note(Code.ORDERS_AGAINST_LAW, "ballots.public", expected=_written(together.threshold), article=article)


def _written(answer: object) -> str:
    """As the file would say it."""
    match answer:
        case bool():
            return str(answer).lower()
        case Threshold():
            return f"{'>' if answer.is_strict else ''}{answer.numerator}/{answer.denominator}"
        case _:
            return str(answer)
