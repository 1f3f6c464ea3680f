"""The pages on law against the rule sets: every article as cited, every worked example played."""

import dataclasses
import re
from collections.abc import Iterator

import pytest

from bot.texts import catalogue as bot_texts
from tests.guides.markdown import GUIDES, Section, codes, plain, sections
from tests.guides.worked import EXAMPLES, NOTHING, Law
from voting import rules
from voting.domain.assembly import Body, LegalSubject, Mode
from voting.domain.ruleset import Citation, QuorumBase, StandingOrders
from voting.minutes.calendar import Calendar
from voting.wording import catalogue

FOLDER = GUIDES / "rules"
PAGES = {"cpr-remote": Body.STANDING_COMMITTEE, "council-remote": Body.COUNCIL, "cao-remote": Body.TENDER_COMMITTEE}
VARIANTS = (
    StandingOrders(),
    StandingOrders(quorum_base=QuorumBase.PRESENT, casting_vote=True, public_board=True),
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
    for mode in (Mode.REMOTE, Mode.HYBRID):
        assert rules.current(PAGES[page], mode, StandingOrders()).name == f"{page}/1"
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
    EXAMPLES[name](Law(PAGES[page]), section.table)


def test_every_kind_of_example_is_used() -> None:
    used = {name for _, section in worked() for name in re.findall(r"<!-- example: (.+) -->", section.text)}
    assert used == set(EXAMPLES)


def cited(body: Body) -> Iterator[Citation]:
    """Every citation that a rule set of that body can give, under standing orders of both kinds."""
    for orders in VARIANTS:
        book = rules.current(body, Mode.REMOTE, orders)
        answers: list[object] = [getattr(book, name) for name in _fields(book)]
        answers += [book.quorum(25, second_convocation=again) for again in (False, True)]
        answers += [book.item(subject) for subject in LegalSubject]
        for answer in answers:
            citation = getattr(answer, "citation", answer)
            if isinstance(citation, Citation):
                yield citation


def _fields(book: object) -> list[str]:
    assert dataclasses.is_dataclass(book)
    return [field.name for field in dataclasses.fields(book)]


def _said(citation: Citation) -> Cited:
    since = NOTHING if citation.in_force_on is None else plain(CALENDAR.day(citation.in_force_on))
    return citation.rule, plain(citation.article), since, citation.confirmed


def _row(row: tuple[str, ...]) -> Cited:
    rule, _, article, since, state = row
    return rule, plain(article), plain(since), plain(state.strip("*")) != UNREAD
