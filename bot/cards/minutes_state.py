"""The way of the minutes on a card: what was done by whom, what comes next, and its button where there is one."""

from bot import living
from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import SHORT, Card, actions, card, clean, heading, line, run
from bot.texts import Catalogue
from voting.service.views.minuting import MinutingView, NextStep


def minutes_state(about: About, view: MinutingView, zone: str, texts: Catalogue) -> Card:
    """Nothing is signed here: the card says what to do elsewhere."""
    title, coming = texts("card.life.title"), living.coming(view, texts)
    publication = living.publication(view, zone, texts)
    first = ["submit_minutes"] if view.next_step is NextStep.SUBMIT else []
    body = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="None"),
        *(line(clean(said), spacing="Small") for said in living.milestones(view, zone, texts)),
        line(living.figures(view, texts), spacing="Small"),
        *([line(run(publication, bold=view.late > 0), spacing="Small")] if publication else []),
        line(run(coming, bold=True)),
        actions(*(press(verb, about, texts) for verb in (*first, "minutes", "notes", "need_help"))),
    ]
    return card(body, spoken=f"{title}. {coming}", texts=texts)
