"""The articles that the rule sets cite: what was read in a source and what was not, rule by rule."""

import re
from collections.abc import Iterator

import pytest

from voting import rules
from voting.domain.assembly import LegalSubject
from voting.domain.ruleset import Citation, RuleSet, StandingOrders
from voting.rules import articles, department_articles
from voting.rules.book import RuleBook

CONFIRMED = {
    "COUNCIL_QUORUM": ("R01", "CGCT, art. L. 4132-13", True),
    "STANDING_QUORUM": ("R02", "CGCT, art. L. 4132-13-1", True),
    "STANDING_REMOTE_QUORUM": ("R03", "CGCT, art. L. 4133-6-2", False),
    "COUNCIL_SECOND_CONVOCATION": ("R04", "CGCT, art. L. 4132-13, al. 2", True),
    "STANDING_SECOND_CONVOCATION": ("R04", "CGCT, art. L. 4132-13-1, al. 2", True),
    "REMOTE_ITEMS": ("R10", "CGCT, art. L. 4132-9-1, al. 4", True),
    "COUNCIL_BROADCAST": ("R12", "CGCT, art. L. 4132-9-1, al. 5", True),
    "STANDING_NOT_PUBLIC": ("R13", "CE, Sect., 18 décembre 1996, Région Centre, n° 151790", True),
    "REMOTE_SUMMONS": ("R14", "CGCT, art. L. 4132-9-1, al. 6", True),
    "STANDING_SUMMONS": ("R14", "CGCT, art. L. 4133-6-2", False),
    "REMOTE_METHODS": ("R16", "CGCT, art. L. 4132-9-1, al. 3", True),
    "STANDING_METHODS": ("R16", "CGCT, art. L. 4133-6-2", False),
    "REMOTE_SECRECY": ("R18", "CGCT, art. L. 4132-9-1, al. 3", True),
    "STANDING_SECRECY": ("R18", "CGCT, art. L. 4133-6-2", False),
    "CASTING_VOTE": ("R19", "CGCT, art. L. 4132-14, al. 1", True),
    "REMOTE_PROCLAMATION": ("R20", "CGCT, art. L. 4132-9-1, al. 3", True),
    "STANDING_PROCLAMATION": ("R20", "CGCT, art. L. 4133-6-2", False),
    "TENDER_PROCLAMATION": ("R20", "ord. n° 2014-1329 du 6 novembre 2014, art. 2", False),
    "MAJORITY": ("R21", "CGCT, art. L. 4132-13, al. 3", True),
    "STANDING_MAJORITY": ("R21", "CGCT, art. L. 4132-13-1, al. 2", True),
    "TENDER_MAJORITY": ("R21", "CGCT, art. L. 4132-13, al. 3", False),
    "UNANIMITY": ("R22", "rép. min. Sénat n° 15666, JO du 24 mars 2005", True),
    "RECUSAL": ("R24", "CGCT, art. L. 1111-6", True),
    "SPEAKING": ("R58", "règlement intérieur", False),
    "SILENCE": ("R59", "règlement intérieur", False),
    "NOMINATIONS": ("R26", "CGCT, art. L. 4132-14, al. 2", True),
    "PROXY": ("R27", "CGCT, art. L. 4132-15", True),
    "POLICE": ("R34", "CGCT, art. L. 4132-11", True),
    "TENDER_CHAIR": ("R42", "CGCT, art. L. 1411-5", False),
    "TENDER_QUORUM": ("R43", "CGCT, art. L. 1411-5", True),
    "TENDER_SUBSTITUTES": ("R44", "rép. min. Sénat n° 17172, JO du 2 juin 2011", True),
    "TENDER_NO_PROXY": ("R44", "CGCT, art. L. 1411-5", False),
    "MINUTES": ("R36", "CGCT, art. L. 4132-12", True),
    "MINUTES_PUBLISHED": ("R37", "CGCT, art. L. 4132-12", True),
    "COMMITTEE_MINUTES": ("R36", "règlement intérieur", False),
    "TENDER_REMOTE": ("R46", "ord. n° 2014-1329 du 6 novembre 2014, art. 2 ; CGCT, art. L. 1414-2", True),
    "TENDER_CONFIDENTIALITY": ("R47", "ord. n° 2014-1329 du 6 novembre 2014, art. 4 I", True),
    "TENDER_SECRECY": ("R51", "ord. n° 2014-1329 du 6 novembre 2014, art. 2", True),
    "TENDER_CASTING_VOTE": ("R52", "règlement intérieur de la commission", False),
    "COUNCIL_ELECTION_QUORUM": ("R07", "CGCT, art. L. 4133-1", True),
    "REMOTE_PRESENCE": ("R08", "CGCT, art. L. 4132-9-1, al. 2", True),
    "REMOTE_VIDEO": ("R09", "CGCT, art. L. 4132-9-1, al. 1", True),
    "ROOM_EACH_HALF_YEAR": ("R11", "CGCT, art. L. 4132-9-1, al. 4", True),
    "REMOTE_ARRANGEMENTS": ("R15", "CGCT, art. L. 4132-9-1, al. 7", True),
    "STANDING_REMOTE_PRESENCE": ("R08", "CGCT, art. L. 4133-6-2", False),
    "STANDING_VIDEO": ("R09", "CGCT, art. L. 4133-6-2", False),
    "STANDING_ARRANGEMENTS": ("R15", "CGCT, art. L. 4133-6-2", False),
    "COUNCIL_PROCLAMATION": ("R20", "CGCT, art. L. 4132-14, al. 3", False),
    "STANDING_ROOM_METHODS": ("R16", "règlement intérieur", False),
    "STANDING_ROOM_SECRECY": ("R18", "règlement intérieur", False),
    "STANDING_ROOM_PROCLAMATION": ("R20", "règlement intérieur", False),
    "STANDING_PUBLIC_BALLOT": ("R25", "règlement intérieur", False),
    "STANDING_NOTICE": ("R32", "règlement intérieur", False),
    "STANDING_SIZE": ("R30", "CGCT, art. L. 4133-4", True),
    "PUBLIC_BALLOT": ("R25", "CGCT, art. L. 4132-14, al. 1", True),
    "COUNCIL_NOTICE": ("R31", "CGCT, art. L. 4132-18", True),
    "IN_CAMERA": ("R33", "CGCT, art. L. 4132-10", True),
    "TENDER_NOTICE": ("R32", "règlement intérieur de la commission", False),
    "TENDER_ROOM_METHODS": ("R51", "règlement intérieur de la commission", False),
    "TENDER_ROOM_PROCLAMATION": ("R20", "règlement intérieur de la commission", False),
    "TENDER_RECORDING": ("R48", "ord. n° 2014-1329 du 6 novembre 2014, art. 4 I", True),
    "TENDER_DEEMED_PRESENT": ("R49", "décret n° 2014-1627, art. 7-1 (décret n° 2022-997)", True),
    "TENDER_WRITTEN": ("R50", "ord. n° 2014-1329 du 6 novembre 2014, art. 3", True),
    "TENDER_PARTICIPATION": ("R50", "ord. n° 2014-1329 du 6 novembre 2014, art. 4 II", True),
    "TENDER_PRIVATE": ("R53", "CGCT, art. L. 1411-5", False),
}


def cited(answer: object) -> Iterator[Citation]:
    """Every citation in an answer, however deep."""
    if isinstance(answer, Citation):
        yield answer
        return
    for name in getattr(answer, "__dataclass_fields__", ()):
        yield from cited(getattr(answer, name))


def answers(book: RuleSet) -> Iterator[object]:
    """Everything that a rule set can answer."""
    assert isinstance(book, RuleBook)
    yield book
    for subject in LegalSubject:
        yield book.item(subject)
        yield from (book.quorum(25, second_convocation=again, subject=subject) for again in (False, True))


def test_every_article_cited_says_its_rule_and_whether_it_was_read() -> None:
    written = {name: x for name, x in vars(articles).items() if isinstance(x, Citation)}
    assert {name: (x.rule, x.article, x.confirmed) for name, x in written.items()} == CONFIRMED


def test_R57_the_articles_of_a_departement_were_read_where_they_are_twins_and_nowhere_else() -> None:
    written = [x for x in vars(department_articles).values() if isinstance(x, Citation)]
    read = re.compile(r"L\. 3121-(9-1|13|14|14-1|15|16)(, al\. \d)?$")
    unread = {x.article for x in written if not x.confirmed}
    assert {x.article for x in written if x.confirmed} == {
        x.article for x in written if read.search(x.article)
    } - unread
    assert unread == {
        "CGCT, art. L. 3121-11",
        "CGCT, art. L. 3121-12",
        "CGCT, art. L. 3121-15",
        "CGCT, art. L. 3121-19",
        "CGCT, art. L. 3122-1",
        "loi n° 2022-217 du 21 février 2022, art. 170",
        "règlement intérieur",
    }


def test_the_articles_on_remote_sittings_are_in_force_since_august_2022() -> None:
    written = [
        x for module in (articles, department_articles) for x in vars(module).values() if isinstance(x, Citation)
    ]
    remote = [x for x in written if re.search(r"-9-1|L\. 4133-6-2|2022-217", x.article)]
    assert remote
    assert {str(x.in_force_on) for x in remote} == {"2022-08-01"}


@pytest.mark.parametrize("name", rules.released())
def test_every_answer_of_every_rule_set_names_its_rule_and_an_article(name: str) -> None:
    found = {x for answer in answers(rules.find(name, StandingOrders())) for x in cited(answer)}
    assert len(found) > 10
    for citation in found:
        assert re.fullmatch(r"R(0[1-9]|[1-5]\d|6[0-4])", citation.rule)
        assert citation.article


@pytest.mark.parametrize("name", rules.released())
def test_an_article_of_the_communes_is_cited_by_the_groupings_of_communes_alone(name: str) -> None:
    book = rules.find(name, StandingOrders())
    municipal = [x for answer in answers(book) for x in cited(answer) if "2121-" in x.article]
    assert bool(municipal) is (name == "epci-remote/1")
    assert not any(x.confirmed for x in municipal)
