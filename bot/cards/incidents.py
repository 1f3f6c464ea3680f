"""The incidents of a sitting: each one as it stands, and the form to write one down or put it right."""

from collections.abc import Sequence

from bot.cards.about import About, clock
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
    hour_input,
    line,
    long_text,
    optional,
    run,
    short_text,
)
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.domain.incidents import LONGEST
from voting.service.views.incidents import IncidentView

PER_PAGE = 12
FORM = "incident"
"""What the button of the form carries: an empty text is then an answer."""


def incidents(about: About, told: Sequence[IncidentView], number: int | None, texts: Catalogue) -> Card:
    """Those that stand, by default on the page of the last one, and which of them to put right."""
    title = texts("card.incidents.title")
    shown = page(told, number or -(-len(told) // PER_PAGE), PER_PAGE)
    count = texts.plural("card.incidents.count", len(told), n=len(told))
    body = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="None"),
        line(run(count, bold=True)),
        *(_told(about, one, texts) for one in shown.things),
        *turning("incidents", about, shown, texts),
        *_choose(about, shown.things, texts),
        actions(
            execute("incident", texts("card.button.incident"), skips_form=True, sitting=about.sitting),
            press("sitting", about, texts, skips_form=True),
        ),
    ]
    return card(body, spoken=f"{title}. {count}", texts=texts)


def incident(about: About, one: IncidentView | None, texts: Catalogue) -> Card:
    """The form of a new one, or of one that stands with what is written already."""
    title = texts("card.incident.title") if one is None else texts("card.incident.title_of", number=one.number)
    said = optional(long_text("said", texts("card.incident.label"), texts("card.form.missing"), most=LONGEST))
    hour = hour_input("hour", texts("card.incident.hour" if one is not None else "card.incident.hour_or_now"))
    item = short_text("item", texts("card.incident.item"))
    person = short_text("person", texts("card.incident.person"))
    if one is not None:
        said, hour = {**said, "value": one.text}, {**hour, "value": clock(about, one.at)}
        item = {**item, "value": one.item.number} if one.item is not None else item
        person = {**person, "value": one.person.name} if one.person is not None else person
    send = execute(
        "incident",
        texts("card.incident.button"),
        sitting=about.sitting,
        request=one.id if one is not None else None,
        kind=FORM,
    )
    effect = texts("card.incident.effect" if one is None else "card.incident.effect_of")
    body = [
        heading(title),
        line(effect),
        said,
        hour,
        item,
        person,
        actions(send, press("incidents", about, texts, skips_form=True)),
    ]
    return card(body, spoken=f"{title}. {effect}", texts=texts)


def _told(about: About, one: IncidentView, texts: Catalogue) -> Element:
    where = [
        clock(about, one.at),
        *([texts("card.incidents.item", number=one.item.number)] if one.item is not None else []),
        *([clean(one.person.formal, NAME)] if one.person is not None else []),
    ]
    return line(
        run(f"{one.number}. ", bold=True),
        run(f"{', '.join(where)} · ", subtle=True),
        clean(one.text.replace("\n", " "), SHORT),
        spacing="Small",
    )


def _choose(about: About, told: Sequence[IncidentView], texts: Catalogue) -> list[Element]:
    if not told:
        return []
    choices = [(one.id, f"{one.number}. {clean(one.text, NAME)}") for one in told]
    return [
        choice_set("request", texts("card.incidents.which"), texts("card.incidents.which_missing"), choices),
        actions(execute("incident", texts("card.incidents.change"), sitting=about.sitting)),
    ]
