"""The pages on law against the rule sets: every article as cited, every worked example played."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.texts import catalogue as bot_texts
from tests.guides.markdown import GUIDES, Section, codes, plain, sections
from tests.guides.worked import EXAMPLES, NOTHING, Law
from tests.guides.worked_around import AROUND
from voting import rules
from voting.domain.assembly import Body, LegalSubject, Mode, Regime
from voting.domain.ruleset import Citation, QuorumBase, StandingOrders
from voting.domain.standing_orders import Threshold
from voting.minutes.calendar import Calendar
from voting.rules.book import RuleBook
from voting.wording import catalogue

FOLDER = GUIDES / "rules"
PAGES = {
    "cpr-remote": Law(Body.STANDING_COMMITTEE),
    "cpr-room": Law(Body.STANDING_COMMITTEE, Mode.ROOM),
    "council-remote": Law(Body.COUNCIL),
    "council-room": Law(Body.COUNCIL, Mode.ROOM),
    "cao-remote": Law(Body.TENDER_COMMITTEE),
    "cao-room": Law(Body.TENDER_COMMITTEE, Mode.ROOM),
    "cao-written": Law(Body.TENDER_COMMITTEE, regime=Regime.WRITTEN_EXCHANGE),
    "department-remote": Law(Body.DEPARTMENT),
    "department-room": Law(Body.DEPARTMENT, Mode.ROOM),
    "department-committee-remote": Law(Body.DEPARTMENT_COMMITTEE),
    "department-committee-room": Law(Body.DEPARTMENT_COMMITTEE, Mode.ROOM),
    "epci-remote": Law(Body.EPCI),
    "emergency-2020": Law(Body.COUNCIL, regime=Regime.EMERGENCY_2020),
    "emergency-2020-committee": Law(Body.STANDING_COMMITTEE, regime=Regime.EMERGENCY_2020),
    "association": Law(Body.ASSOCIATION),
}
EVERY = {**EXAMPLES, **AROUND}
SIXTH = Threshold(numerator=1, denominator=6)
VARIANTS = (
    StandingOrders(),
    StandingOrders(quorum_base=QuorumBase.PRESENT, casting_vote=True, public_board=True, public_ballot=SIXTH),
)
UNREAD = plain(bot_texts("fr")("refusal.article_unconfirmed", article=NOTHING)).strip("()").removeprefix(f"{NOTHING}, ")
CALENDAR = Calendar(catalogue("fr"), "Europe/Paris")

Cited = tuple[str, str, str, bool]


def parts(page: str) -> list[Section]:
    """The sections of a page."""
    return sections((FOLDER / f"{page}.md").read_text("utf-8"))


def rule_of(title: str) -> str | None:
    """The number of the rule that a heading or a cell begins with."""
    found = re.match(r"R\d\d\b", title)
    return found[0] if found else None


def worked() -> Iterator[tuple[str, Section]]:
    """Every section on one rule, with its page."""
    for page in PAGES:
        yield from ((page, section) for section in parts(page) if rule_of(section.title))


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_its_rule_set(page: str) -> None:
    law = PAGES[page]
    for mode in (Mode.REMOTE, Mode.HYBRID) if law.mode is Mode.REMOTE else (law.mode,):
        assert book(replace(law, mode=mode), StandingOrders()).name == f"{page}/1"
    assert f"{page}/1" in codes(parts(page)[0].title + parts(page)[0].text)


@pytest.mark.parametrize("page", PAGES)
def test_articles_are_as_cited_and_none_is_left_out(page: str) -> None:
    listed = [_row(row) for section in parts(page) for row in section.table if len(row) == 5 and rule_of(row[0])]
    assert len(set(listed)) == len(listed)
    assert set(listed) == {_said(citation) for citation in cited(PAGES[page])}


@pytest.mark.parametrize("page", PAGES)
def test_every_rule_listed_has_its_worked_example_and_the_other_way_round(page: str) -> None:
    listed = {rule_of(row[0]) for section in parts(page) for row in section.table if rule_of(row[0])}
    assert listed == {rule_of(section.title) for section in parts(page) if rule_of(section.title)}


@pytest.mark.parametrize(("page", "section"), list(worked()), ids=lambda x: x if isinstance(x, str) else x.title)
def test_the_worked_example_is_what_the_program_does(page: str, section: Section) -> None:
    (name,) = re.findall(r"<!-- example: (.+) -->", section.text)
    assert section.table
    EVERY[name](PAGES[page], section.table)


def test_every_kind_of_example_is_used() -> None:
    used = {name for _, section in worked() for name in re.findall(r"<!-- example: (.+) -->", section.text)}
    assert used == set(EVERY)


def book(law: Law, orders: StandingOrders) -> RuleBook:
    """The rule set of a page under those standing orders."""
    found = rules.current(law.body, law.mode, orders, regime=law.regime, replay=True)
    assert isinstance(found, RuleBook)
    return found


def cited(law: Law) -> Iterator[Citation]:
    """Every citation that the rule set can give, under standing orders of both kinds."""
    for orders in VARIANTS:
        found = book(law, orders)
        yield from _inside(found)
        for subject in LegalSubject:
            yield from _inside(found.item(subject))
            for again in (False, True):
                yield from _inside(found.quorum(25, second_convocation=again, subject=subject))


def _inside(answer: object) -> Iterator[Citation]:
    if isinstance(answer, Citation):
        yield answer
    elif dataclasses.is_dataclass(answer):
        for field in dataclasses.fields(answer):
            yield from _inside(getattr(answer, field.name))


def test_every_released_rule_set_has_its_page() -> None:
    assert {f"{page}/1" for page in PAGES} == set(rules.released())
    assert {path.stem for path in FOLDER.glob("*.md")} == {*PAGES, "README"}


def _said(citation: Citation) -> Cited:
    since = NOTHING if citation.in_force_on is None else plain(CALENDAR.day(citation.in_force_on))
    return citation.rule, plain(citation.article), since, citation.confirmed


def _row(row: tuple[str, ...]) -> Cited:
    rule, _, article, since, state = row
    return rule, plain(article), plain(since), plain(state.strip("*")) != UNREAD
