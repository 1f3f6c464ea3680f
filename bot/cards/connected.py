"""Who is connected to the call without having answered, and who has left it: for the clerk to judge."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import NAME, SHORT, Card, Element, actions, card, choice_set, clean, heading, line, run
from bot.cards.lines import people_lines
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.views.parts import PersonView

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectedView:
    """Where the call and the register disagree."""

    unanswered: Sequence[PersonView]
    left: Sequence[PersonView]
    strangers: int
    connected: int
    is_heard: bool
    """Teams has said something of this meeting."""


def connected(about: About, view: ConnectedView, number: int | None, texts: Catalogue) -> Card:
    """What Teams says, that it is no attendance, and one choice for each of the two lists."""
    said = _said(view, texts)
    shown = page([*view.unanswered, *view.left], number, PER_PAGE)
    body = [
        heading(texts("card.connected.title"), large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="None"),
        line(run(said, bold=True)),
        *people_lines("card.connected.unanswered", view.unanswered, texts),
        *people_lines("card.connected.left", view.left, texts),
        *([line(texts.plural("card.connected.strangers", view.strangers, n=view.strangers))] if view.strangers else []),
        line(texts("card.connected.means"), spacing="Small"),
        *_note(about, view, shown.things, texts),
        *turning("connected", about, shown, texts),
        actions(press("connected", about, texts, skips_form=True), press("sitting", about, texts, skips_form=True)),
    ]
    return card(body, spoken=f"{texts('card.connected.title')}. {said}", texts=texts)


def _said(view: ConnectedView, texts: Catalogue) -> str:
    if not view.is_heard:
        return texts("card.connected.silent")
    if not view.unanswered and not view.left:
        return texts.plural("card.connected.agree", view.connected, n=view.connected)
    return texts.plural("card.connected.said", len(view.unanswered), n=len(view.unanswered))


def _note(about: About, view: ConnectedView, persons: Sequence[PersonView], texts: Catalogue) -> list[Element]:
    if not persons:
        return []
    verbs = [*(["present"] if view.unanswered else []), *(["absent"] if view.left else [])]
    return [
        choice_set(
            "person",
            texts("card.members.note"),
            texts("card.choose.person_missing"),
            [(person.id, clean(person.formal, NAME)) for person in persons],
        ),
        actions(*(execute(verb, texts(f"card.choose.{verb}.button"), sitting=about.sitting) for verb in verbs)),
    ]
