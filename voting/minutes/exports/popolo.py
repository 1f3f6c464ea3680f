"""The polls as Popolo vote events: JSON that parliamentary monitors read."""

import json
from collections.abc import Iterator

from voting.domain.polls import Mandate
from voting.domain.tally import Choice
from voting.minutes.exports.decided import Decided, Round, decided
from voting.minutes.exports.paper import Paper, must_be_public
from voting.minutes.scribe import Scribe
from voting.wording.contests import option_label

_OPTIONS = {
    Choice.FOR: "yes",
    Choice.AGAINST: "no",
    Choice.ABSTENTION: "abstain",
    Choice.NOT_TAKING_PART: "not voting",
    None: "absent",
}
"""Popolo's own words. An elector who gave no answer is ``absent`` from the vote."""


def popolo(scribe: Scribe) -> tuple[Paper, ...]:
    """One file with the vote events of every public item, and the people and groups that they name."""
    minutes = scribe.minutes
    must_be_public(minutes)
    events = [_event(scribe, one) for one in decided(minutes, public=True)]
    groups = sorted({m.group for m in minutes.convened.members if m.group})
    voting = [m for m in minutes.convened.members if m.votes]
    whole = {
        "vote_events": events,
        "persons": [
            {"id": m.id, "name": m.full_name, "given_name": m.first_name, "family_name": m.last_name} for m in voting
        ],
        "organizations": [{"id": group, "name": group, "classification": "group"} for group in groups],
    }
    content = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    return (Paper(name=f"popolo-{minutes.convened.sitting}.json", kind="application/json", content=content),)


def _event(scribe: Scribe, one: Decided) -> dict[str, object]:
    convened, opened = scribe.minutes.convened, one.poll.opened
    is_named = bool(one.poll.ballots)
    return {
        "id": f"{convened.sitting}/{opened.poll}" + (f"/{one.item.id}" if one.item.id in opened.also else ""),
        "organization": {"name": convened.body_name, "classification": convened.body.value},
        "legislative_session": {"identifier": convened.sitting, "name": convened.title},
        "identifier": str(opened.number),
        "motion": {
            "identifier": one.item.number,
            "text": one.item.title,
            "classification": one.item.kind.value,
        },
        "classification": opened.method.value,
        "start_date": _instant(scribe, one, opening=True),
        "end_date": _instant(scribe, one, opening=False),
        "result": "pass" if one.is_adopted else "fail",
        "counts": [{"option": option, "value": n} for option, n in _counts(one)],
        "votes": [_vote(scribe, one, mandate) for mandate in opened.electorate] if is_named else [],
        **_round(scribe, one),
    }


def _counts(one: Decided) -> Iterator[tuple[str, int]]:
    """Each option by its name where there are several, else for and against; then what chose neither."""
    tally, verdict = one.tally, one.verdict
    if isinstance(verdict, Round):
        for count in verdict.votes:
            yield option_label(verdict.contest, count.option), count.votes
    else:
        yield _OPTIONS[Choice.FOR], tally.votes_for
        yield _OPTIONS[Choice.AGAINST], tally.against
    yield _OPTIONS[Choice.ABSTENTION], tally.abstention
    yield _OPTIONS[Choice.NOT_TAKING_PART], tally.not_taking_part
    yield _OPTIONS[None], tally.no_answer
    if one.poll.is_secret:
        yield "blank", tally.blank
        yield "invalid", tally.invalid


def _round(scribe: Scribe, one: Decided) -> dict[str, object]:
    """What Popolo has no word for: the round, the one before it, who stood and who or what was chosen."""
    if not isinstance(one.verdict, Round):
        return {}
    contest, result = one.verdict.contest, one.verdict.result
    sitting = scribe.minutes.convened.sitting
    return {
        "round": contest.round,
        "previous_id": f"{sitting}/{contest.previous}" if contest.previous is not None else None,
        "options": [{"name": option.label, "person_id": option.person} for option in contest.options],
        "chosen": option_label(contest, result.winner) or None,
    }


def _vote(scribe: Scribe, one: Decided, mandate: Mandate) -> dict[str, object]:
    member = scribe.minutes.roll[mandate.member]
    return {
        "voter_id": member.id,
        "option": _said(one, mandate),
        "group_id": member.group or None,
        "role": "proxy" if mandate.is_proxy else None,
    }


def _said(one: Decided, mandate: Mandate) -> str:
    option = one.poll.option_of(mandate.member)
    if isinstance(one.verdict, Round) and option is not None:
        return option_label(one.verdict.contest, option)
    return _OPTIONS[one.poll.choice_of(mandate.member)]


def _instant(scribe: Scribe, one: Decided, *, opening: bool) -> str:
    closed = one.poll.closed
    at = one.poll.opened.at if opening or closed is None else closed.at
    return scribe.calendar.local(at).isoformat(timespec="seconds")
