"""What the law asks of a convocation: delay, arrangements, size, a second sitting; and what it remarks of it.

Days are counted between calendar dates: "twelve days at least" is a difference of twelve, "one clear day" of two.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from voting.domain import commands as c
from voting.domain.assembly import Mode
from voting.domain.citations import Citation
from voting.domain.procedure import ArrangementsSource, NoticeRule
from voting.domain.refusals.law import (
    ArrangementsMissing,
    NoticeTooShort,
    OtherItems,
    ReconvenedTooEarly,
    TooManySeats,
)
from voting.domain.remarks import Remark, RemarkCode
from voting.domain.ruleset import RuleSet


def check(command: c.ConveneSitting, rules: RuleSet) -> None:
    """Refuses a convocation that the law does not allow."""
    convening, orders = rules.convening, command.standing_orders
    if command.second_convocation_of is None:
        _check_notice(command, convening.notice)
    _check_second(command, rules)
    arrangements = convening.arrangements
    if (
        arrangements is not None
        and arrangements.source is ArrangementsSource.STANDING_ORDERS
        and not orders.remote_arrangements
    ):
        raise ArrangementsMissing(citation=arrangements.citation)
    seats, size = sum(m.votes for m in command.members), convening.size
    if size is not None and orders.council_seats is not None and seats > size.limit(orders.council_seats):
        raise TooManySeats(seats=seats, limit=size.limit(orders.council_seats), citation=size.citation)


def remarks(command: c.ConveneSitting, rules: RuleSet) -> tuple[Remark, ...]:
    """What is lawful and must be known all the same, in a fixed order."""
    return tuple(
        Remark(code=code, article=citation.article, is_confirmed=citation.confirmed)
        for code, citation in _found(command, rules)
    )


def _found(command: c.ConveneSitting, rules: RuleSet) -> Iterator[tuple[RemarkCode, Citation]]:
    convening, orders = rules.convening, command.standing_orders
    if command.second_convocation_of is None:
        yield from _of_notice(command, convening.notice)
    if rules.summons is not None and command.mode is not Mode.ROOM and not command.summons_mentions_remote:
        yield RemarkCode.SUMMONS_LACKS_REMOTE, rules.summons
    arrangements, recording = convening.arrangements, rules.conduct.recording
    if arrangements is not None and arrangements.source is ArrangementsSource.FIRST_MEETING:
        yield RemarkCode.ARRANGEMENTS_TO_VOTE, arrangements.citation
    if recording is not None and not recording.is_allowed:
        yield RemarkCode.RECORDING_UNSETTLED, recording.citation
    if convening.room_each_half_year is not None and command.lacks_room_sitting:
        yield RemarkCode.ROOM_SITTING_DUE, convening.room_each_half_year
    if convening.size is not None and orders.council_seats is None:
        yield RemarkCode.SIZE_UNKNOWN, convening.size.citation


def _of_notice(command: c.ConveneSitting, notice: NoticeRule) -> Iterator[tuple[RemarkCode, Citation]]:
    if notice.days is None:
        yield RemarkCode.NOTICE_UNKNOWN, notice.citation
    elif command.summoned_on is None:
        yield RemarkCode.SUMMONS_UNDATED, notice.citation
    if command.is_urgent:
        yield RemarkCode.URGENT, notice.citation


def _check_notice(command: c.ConveneSitting, notice: NoticeRule) -> None:
    if command.is_urgent and notice.urgent_days is None:
        raise NoticeTooShort(days=0, required=notice.days or 0, citation=notice.citation)  # no such way in this body
    if command.summoned_on is None:
        return
    days = (command.scheduled_for.date() - command.summoned_on).days
    if command.is_urgent and notice.urgent_days is not None:
        required = notice.urgent_days + 1  # clear days: neither the day of the summons nor that of the sitting
    else:
        required = notice.days or 0
    if days < required:
        raise NoticeTooShort(days=days, required=required, citation=notice.citation)


def _check_second(command: c.ConveneSitting, rules: RuleSet) -> None:
    first, rule = command.first_convocation, rules.convening.reconvening
    if first is None:
        return
    earliest = date.fromisoformat(first.scheduled_on) + timedelta(days=rule.days or 0)
    if command.scheduled_for.date() < earliest:
        raise ReconvenedTooEarly(earliest=earliest, citation=rule.citation)
    if not {item.id for item in command.items} <= set(first.items):
        raise OtherItems(citation=rule.citation)
