"""What every card of a rehearsal says before anything else: in letters, not by colour alone, and aloud."""

from collections.abc import Mapping

from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import Card, Element, actions, card, clean, group, heading, line, run
from bot.texts import Catalogue


def marked(shown: Mapping[str, object], texts: Catalogue) -> Card:
    """That card, said to be of a rehearsal."""
    title = texts("rehearsal.mark")
    band = group(line(run(title, bold=True)), line(run(texts("rehearsal.mark.effect"), subtle=True)), emphasis=True)
    body = shown.get("body")
    return {
        **shown,
        "speak": f"{title}. {shown.get('speak', '')}",
        "fallbackText": f"{title}. {shown.get('fallbackText', '')}",
        "body": [band, *(body if isinstance(body, list) else ())],
    }


def opened(about: About, texts: Catalogue) -> Card:
    """The answer to whoever opened the rehearsal: what to do first."""
    title = texts("rehearsal.opened")
    body: list[Element] = [
        heading(title, large=True),
        line(run(clean(about.title), bold=True)),
        line(texts("rehearsal.opened.next")),
        actions(press("roll_call", about, texts), press("sitting", about, texts)),
    ]
    return card(body, spoken=f"{title}. {about.title}", texts=texts)


def purged(texts: Catalogue) -> Card:
    """What a card of the meeting becomes once its rehearsal is purged."""
    said = texts("rehearsal.purged_card")
    return card([line(run(said, subtle=True))], spoken=said, texts=texts)
