"""Results and named votes as tables: open data (UTF-8, comma) and a flavour that Excel opens by itself."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from voting.domain.tally import Choice
from voting.minutes.exports.decided import Decided, day, decided
from voting.minutes.exports.paper import Paper, must_be_public
from voting.minutes.scribe import Scribe

Row = Sequence[str | int]

_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_RESULTS = (
    *("sitting", "date", "body", "poll", "item", "title", "purpose", "method", "for", "against", "abstention"),
    *("not_taking_part", "no_answer", "votes_cast", "outcome", "ground"),
)
_VOTES = (
    *("sitting", "date", "body", "poll", "item", "title", "member", "first_name", "last_name", "group", "choice"),
    "by_proxy_of",
)


def harmless(value: str | int) -> str | int:
    """The same on one line; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    if not isinstance(value, str):
        return value
    line = one_line(value)
    return f"'{line}" if line.startswith(_BEGINS_A_FORMULA) else line


def one_line(text: str) -> str:
    """Without line ends and other controls, which some spreadsheets refuse."""
    return _CONTROLS.sub(" ", text).strip()


def open_data(scribe: Scribe) -> tuple[Paper, ...]:
    """Two files for a catalogue of open data: results, and the vote of each by name."""
    must_be_public(scribe.minutes)
    name = scribe.minutes.convened.sitting
    return (
        _csv(f"scrutins-{name}.csv", [_RESULTS, *results(scribe, public=True)]),
        _csv(f"votes-{name}.csv", [_VOTES, *votes(scribe, public=True)]),
    )


def for_excel(scribe: Scribe) -> tuple[Paper, ...]:
    """The same for a clerk: every item, semicolons, a byte order mark, headings in words."""
    name = scribe.minutes.convened.sitting
    return (
        _csv(f"scrutins-{name}.csv", [headings(scribe, _RESULTS), *results(scribe)], excel=True),
        _csv(f"votes-{name}.csv", [headings(scribe, _VOTES), *votes(scribe)], excel=True),
    )


def headings(scribe: Scribe, columns: Sequence[str]) -> Row:
    """The columns in words."""
    return [scribe.texts(f"papers.column.{column}") for column in columns]


def result_headings(scribe: Scribe) -> Row:
    """Those of ``results``."""
    return headings(scribe, _RESULTS)


def vote_headings(scribe: Scribe) -> Row:
    """Those of ``votes``."""
    return headings(scribe, _VOTES)


def results(scribe: Scribe, *, public: bool = False) -> Iterator[Row]:
    """One row for each proclaimed poll."""
    for one in decided(scribe.minutes, public=public):
        tally = one.tally
        yield [
            *_place(scribe, one),
            *(one.poll.opened.purpose.value, one.poll.opened.method.value),
            *(tally.votes_for, tally.against, tally.abstention, tally.not_taking_part, tally.no_answer),
            *(tally.votes_cast, one.decision.outcome.value, one.decision.ground.value),
        ]


def votes(scribe: Scribe, *, public: bool = False) -> Iterator[Row]:
    """One row for each voice of each proclaimed poll that has names; an elector who gave no answer has a row too."""
    roll = scribe.minutes.roll
    for one in decided(scribe.minutes, public=public):
        place = _place(scribe, one)
        if not one.poll.ballots and one.tally.no_answer != len(one.poll.opened.electorate):
            continue  # voices were counted and not named
        for mandate in one.poll.opened.electorate:
            member = roll[mandate.member]
            choice: Choice | None = one.poll.choice_of(mandate.member)
            yield [
                *place,
                *(member.id, member.first_name, member.last_name, member.group),
                choice.value if choice else "no_answer",
                mandate.voter if mandate.is_proxy else "",
            ]


def _place(scribe: Scribe, one: Decided) -> list[str | int]:
    convened = scribe.minutes.convened
    return [
        *(convened.sitting, day(scribe).isoformat(), convened.body_name),
        *(one.poll.opened.number, one.item.number, one.item.title),
    ]


def _csv(name: str, rows: Sequence[Row], *, excel: bool = False) -> Paper:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerows([harmless(value) for value in row] for row in rows)
    return Paper(name=name, kind="text/csv", content=text.getvalue().encode("utf-8-sig" if excel else "utf-8"))
