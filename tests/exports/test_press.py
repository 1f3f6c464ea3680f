"""The summary for the press: what was decided, in words and by group, and nothing that it must not tell."""

from tests.exports.conftest import report, small, source, tender, voted
from tests.exports.test_contests import several
from tests.exports.test_exports import blocked, words
from tests.kit import journals
from voting.domain import commands as c
from voting.domain.ids import PersonId
from voting.service.exports import Source, export


def told(made_of: Source, language: str = "fr") -> str:
    (paper,) = export(made_of, "press", language)
    return words(paper)


def test_it_says_what_was_adopted_and_how_each_group_voted() -> None:
    text = told(voted([report(1), report(2)]))
    assert "2 délibérations adoptées." in text
    assert "26.1 – Rapport 1." in text
    assert "adopté" in text and "Par groupe – " in text
    assert "1 contre" in text and "1 abstention" in text and "1 ne prend pas part" in text
    assert "Rejeté" not in text and "Reporté" not in text
    assert "26.1 – Rapport 1." in told(voted([report(1)]), "en")


def test_what_each_group_gave_is_the_whole_of_each_count() -> None:
    """The figures of the groups add up to those of the poll."""
    import re

    text = told(voted([report(1)]))
    result, groups = text.split("Par groupe – ")
    for choice in ("pour", "contre"):
        whole = re.search(rf"(\d+) {choice},", result)
        assert whole is not None
        assert sum(map(int, re.findall(rf"(\d+) {choice}\b", groups.split("Résumé")[0]))) == int(whole.group(1))


def test_what_was_rejected_or_put_off_has_its_place() -> None:
    assert "Rejeté" in told(small())
    story = journals.convened(journals.roll(8), [report(1), report(2, confidential=True)])
    story.attend("m001", "m002", "m003", "m004", "m005", "c1")
    story.do(c.OpenSitting(by=journals.CLERK), after=10)
    story.do(c.AppointSecretary(by=journals.CLERK, person=PersonId("m004")), after=25)
    for _ in range(2):
        story.call()
        story.do(c.PostponeItem(by=journals.CLERK, text="pièces à compléter"))
    text = told(source(story))
    assert "1 point reporté." in text
    assert "26.1 – Rapport 1" in text and "Rapport 2" not in text
    assert "pièces à compléter" not in text


def test_a_choice_among_several_names_whom_it_chose() -> None:
    text = told(several())
    assert "délibérations adoptées" in text and "seule candidature" in text


def test_a_tender_committee_tells_the_press_nothing() -> None:
    assert blocked(tender(), "press").code == "tender"
