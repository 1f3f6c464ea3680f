"""Sittings to make papers of."""

from dataclasses import replace
from functools import cache

from tests.kit import journals
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem
from voting.domain.ids import PersonId, item_id
from voting.journal.canonical import split_lines
from voting.service.exports import Source

SIRET = "20005376700014"


def source(story: journals.Story, **changed: str) -> Source:
    """That story as papers are made of it, with its signed head."""
    sealed = journals.sealed(story.events)
    plain = Source(
        events=tuple(story.events),
        lines=tuple(split_lines(sealed.journal)),
        checkpoint=sealed.checkpoint.decode(),
        covered=len(story.events),
        body_siret=SIRET,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # text fields alone are changed


@cache
def small() -> Source:
    return source(journals.small())


@cache
def tender() -> Source:
    return source(journals.tender_committee())


def voted(items: list[AgendaItem]) -> Source:
    """A sitting that votes on each of those items and adopts it."""
    story = journals.convened(journals.roll(8), items)
    story.attend("m001", "m002", "m003", "m004", "m005", "c1")
    story.do(c.OpenSitting(by=journals.CLERK), after=10)
    story.do(c.AppointSecretary(by=journals.CLERK, person=PersonId("m004")), after=25)
    for _ in items:
        story.call()
        story.decide_item({"m002": journals.AGAINST, "m003": journals.NPPV, "m005": journals.ABSTENTION})
    story.do(c.CloseSitting(by=journals.CLERK), after=40)
    return source(story)


def report(place: int, /, **more: object) -> AgendaItem:
    known: dict[str, object] = {
        "id": item_id(place),
        "number": f"26.{place}",
        "title": f"Rapport {place}",
        "matter_code": "7.5",
        "articles": ("d’approuver.",),
        **more,
    }
    return AgendaItem(**known)  # type: ignore[arg-type]
