"""A private word to whoever speaks next."""

from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import NAME, SHORT, Card, actions, card, clean, heading, line, run
from bot.texts import Catalogue
from voting.service.views.parts import PersonView


def turn_to_come(about: About, speaker: PersonView, texts: Catalogue) -> Card:
    """Get ready: ``speaker`` has the floor now."""
    said = texts("card.next_speaker.said", name=clean(speaker.formal, NAME))
    body = [
        heading(texts("card.next_speaker.title"), large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="Small"),
        line(run(said, bold=True)),
        line(texts("card.next_speaker.ready")),
        actions(press("withdraw", about, texts), press("need_help", about, texts)),
    ]
    return card(body, spoken=said, texts=texts)
