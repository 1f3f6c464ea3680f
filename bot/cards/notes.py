"""The substance of the debate: every speaking turn with what is written of it, and the form to write it."""

from collections.abc import Sequence

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import (
    NAME,
    SHORT,
    Card,
    Element,
    actions,
    card,
    choice_set,
    clean,
    heading,
    line,
    long_text,
    optional,
    run,
)
from bot.cards.lines import item_name
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.views.notes import NotedTurn

PER_PAGE = 12
FORM = "note"
"""What the button of the form carries: an empty text is then an answer."""
LONGEST = 4_000
"""Characters that the form takes; a longer text goes by the command line."""


def notes(about: About, turns: Sequence[NotedTurn], number: int | None, texts: Catalogue) -> Card:
    """The turns, by default on the page of the last one, and which of them to write down."""
    title = texts("card.notes.title")
    shown = page(turns, number or -(-len(turns) // PER_PAGE), PER_PAGE)
    written = sum(1 for turn in turns if turn.said)
    count = texts.plural("card.notes.count", len(turns), n=len(turns), written=written)
    body = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="None"),
        line(run(count, bold=True)),
        *(_turn(turn, texts) for turn in shown.things),
        *turning("notes", about, shown, texts),
        *_choose(about, shown.things, texts),
        actions(press("incidents", about, texts, skips_form=True), press("sitting", about, texts, skips_form=True)),
    ]
    return card(body, spoken=f"{title}. {count}", texts=texts)


def note(about: About, turn: NotedTurn, texts: Catalogue) -> Card:
    """The form of one turn, with what is written already."""
    title = texts("card.note.title", number=turn.number)
    label = texts("card.note.label")
    if len(turn.said) > LONGEST:
        form: list[Element] = [line(texts("card.note.too_long", most=LONGEST))]
        buttons: list[Element] = []
    else:
        field = optional(long_text("said", label, texts("card.form.missing"), most=LONGEST))
        form = [{**field, "value": turn.said} if turn.said else field]
        buttons = [execute("note", texts("card.note.button"), sitting=about.sitting, request=turn.id, kind=FORM)]
    body = [
        heading(title),
        line(run(clean(turn.person.formal, NAME), bold=True), f" · {_about(turn, texts)}"),
        line(texts("card.note.effect")),
        *form,
        actions(*buttons, press("notes", about, texts, skips_form=True)),
    ]
    return card(body, spoken=f"{title}. {turn.person.formal}", texts=texts)


def _turn(turn: NotedTurn, texts: Catalogue) -> Element:
    said = clean(turn.said.replace("\n", " "), SHORT) if turn.said else texts("card.notes.nothing")
    return line(
        run(f"{turn.number}. {clean(turn.person.formal, NAME)} ", bold=True),
        run(f"· {_about(turn, texts)} ", subtle=True),
        said,
        spacing="Small",
    )


def _about(turn: NotedTurn, texts: Catalogue) -> str:
    kind = texts(f"board.floor.kind.{turn.kind.value}")
    parts = [kind, *([item_name(turn.item, texts)] if turn.item is not None else [])]
    return ", ".join([*parts, *([texts("card.notes.running")] if turn.is_running else [])])


def _choose(about: About, turns: Sequence[NotedTurn], texts: Catalogue) -> list[Element]:
    if not turns:
        return []
    choices = [(turn.id, f"{turn.number}. {clean(turn.person.formal, NAME)}") for turn in turns]
    return [
        choice_set("request", texts("card.notes.which"), texts("card.notes.which_missing"), choices),
        actions(execute("note", texts("card.button.note"), sitting=about.sitting)),
    ]
