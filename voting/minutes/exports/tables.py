"""Results and named votes as tables: open data (UTF-8, comma) and a flavour that Excel opens by itself."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from voting.domain.ids import PersonId
from voting.domain.polls import Mandate
from voting.minutes.exports.decided import Decided, Round, day, decided
from voting.minutes.exports.paper import ExportBlocked, Paper, must_be_public
from voting.minutes.scribe import Scribe
from voting.wording.contests import option_label

Row = Sequence[str | int]

_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_RESULTS = (
    *("sitting", "date", "body", "poll", "item", "title", "purpose", "method", "for", "against", "abstention"),
    *("not_taking_part", "no_answer", "votes_cast", "outcome", "ground", "blank", "invalid", "round", "chosen"),
)
_VOTES = (
    *("sitting", "date", "body", "poll", "item", "title", "member", "first_name", "last_name", "group", "choice"),
    *("by_proxy_of", "round", "option", "option_label"),
)
_OPTIONS = (
    *("sitting", "date", "body", "poll", "item", "title", "round", "option", "option_label", "person", "option_votes"),
    "is_chosen",
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
    """Files for a catalogue of open data: results, the vote of each by name, and the options where there were any."""
    must_be_public(scribe.minutes)
    name = scribe.minutes.convened.sitting
    among = list(options(scribe, public=True))
    return (
        _csv(f"scrutins-{name}.csv", [_RESULTS, *results(scribe, public=True)]),
        _csv(f"votes-{name}.csv", [_VOTES, *votes(scribe, public=True)]),
        *([_csv(f"choix-{name}.csv", [_OPTIONS, *among])] if among else []),
    )


def for_excel(scribe: Scribe) -> tuple[Paper, ...]:
    """The same for a clerk: every item, semicolons, a byte order mark, headings in words."""
    name = scribe.minutes.convened.sitting
    among = list(options(scribe))
    return (
        _csv(f"scrutins-{name}.csv", [headings(scribe, _RESULTS), *results(scribe)], excel=True),
        _csv(f"votes-{name}.csv", [headings(scribe, _VOTES), *votes(scribe)], excel=True),
        *([_csv(f"choix-{name}.csv", [headings(scribe, _OPTIONS), *among], excel=True)] if among else []),
    )


def own_votes(scribe: Scribe, person: PersonId) -> Paper:
    """The voices of one person and those that he carried, for himself; confidential items are left out."""
    must_be_public(scribe.minutes)
    member, carrier = _VOTES.index("member"), _VOTES.index("by_proxy_of")
    rows = [row for row in votes(scribe, public=True) if person in (row[member], row[carrier])]
    if not rows:
        raise ExportBlocked("none_own")
    name = f"mes-votes-{scribe.minutes.convened.sitting}.csv"
    return _csv(name, [headings(scribe, _VOTES), *rows], excel=True)


def headings(scribe: Scribe, columns: Sequence[str]) -> Row:
    """The columns in words."""
    return [scribe.texts(f"papers.column.{column}") for column in columns]


def result_headings(scribe: Scribe) -> Row:
    """Those of ``results``."""
    return headings(scribe, _RESULTS)


def vote_headings(scribe: Scribe) -> Row:
    """Those of ``votes``."""
    return headings(scribe, _VOTES)


def option_headings(scribe: Scribe) -> Row:
    """Those of ``options``."""
    return headings(scribe, _OPTIONS)


def results(scribe: Scribe, *, public: bool = False) -> Iterator[Row]:
    """One row for each proclaimed poll; each round of a choice among several is one, and nobody is for or against."""
    for one in decided(scribe.minutes, public=public):
        tally, verdict = one.tally, one.verdict
        sides: Row = ("", "") if isinstance(verdict, Round) else (tally.votes_for, tally.against)
        yield [
            *_place(scribe, one),
            *(one.poll.opened.purpose.value, one.poll.opened.method.value),
            *(*sides, tally.abstention, tally.not_taking_part, tally.no_answer, tally.votes_cast),
            *(_round_outcome(verdict) if isinstance(verdict, Round) else (verdict.outcome.value, verdict.ground.value)),
            *(tally.blank, tally.invalid),
            *((verdict.contest.round, _chosen(verdict)) if isinstance(verdict, Round) else ("", "")),
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
            yield [
                *place,
                *(member.id, member.first_name, member.last_name, member.group),
                *_voice(one, mandate),
            ]


def options(scribe: Scribe, *, public: bool = False) -> Iterator[Row]:
    """One row for each option of each proclaimed round, with how many chose it: of papers too, which have no names."""
    for one in decided(scribe.minutes, public=public):
        if not isinstance(one.verdict, Round):
            continue
        contest, winner = one.verdict.contest, one.verdict.result.winner
        figures = {count.option: count.votes for count in one.verdict.votes}
        for option in contest.options:
            yield [
                *_place(scribe, one),
                *(contest.round, option.id, option.label, option.person or "", figures[option.id]),
                "yes" if option.id == winner else "no",
            ]


def _voice(one: Decided, mandate: Mandate) -> Row:
    """What it says, who gave it for whom, and the option where there are several."""
    choice, option = one.poll.choice_of(mandate.member), one.poll.option_of(mandate.member)
    proxy = mandate.voter if mandate.is_proxy else ""
    said = choice.value if choice else "no_answer"
    if not isinstance(one.verdict, Round):
        return (said, proxy, "", "", "")
    contest = one.verdict.contest
    if option is None:
        return (said, proxy, contest.round, "", "")
    return ("option", proxy, contest.round, option, option_label(contest, option))


def _round_outcome(verdict: Round) -> tuple[str, str]:
    return "nobody" if verdict.result.winner is None else "chosen", verdict.result.ground.value


def _chosen(verdict: Round) -> str:
    return option_label(verdict.contest, verdict.result.winner)


def _place(scribe: Scribe, one: Decided) -> list[str | int]:
    convened = scribe.minutes.convened
    return [
        *(convened.sitting, day(scribe).isoformat(), convened.body_name),
        *(one.poll.opened.number, one.item.number, one.item.title),
    ]


def excel_table(name: str, rows: Sequence[Row]) -> Paper:
    """A table that Excel opens by itself."""
    return _csv(name, rows, excel=True)


def _csv(name: str, rows: Sequence[Row], *, excel: bool = False) -> Paper:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerows([harmless(value) for value in row] for row in rows)
    return Paper(name=name, kind="text/csv", content=text.getvalue().encode("utf-8-sig" if excel else "utf-8"))
