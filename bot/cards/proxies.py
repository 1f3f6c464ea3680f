"""A proxy is offered: its holder agrees or not."""

from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import NAME, SHORT, Card, actions, card, clean, heading, line, run
from bot.texts import Catalogue
from voting.service.views.parts import PersonView


def proxy_offer(about: About, grantor: PersonView, texts: Catalogue) -> Card:
    """What the grantor asks of this person; ``person`` in the answer is the grantor."""
    asked = texts("card.offer.asked", name=clean(grantor.formal, NAME))
    body = [
        heading(texts("card.offer.title"), large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="Small"),
        line(run(asked, bold=True)),
        line(texts("card.offer.means")),
        line(texts("card.offer.ends"), spacing="Small"),
        actions(
            press("accept", about, texts, person=grantor.id),
            press("decline", about, texts, person=grantor.id),
            press("need_help", about, texts),
        ),
    ]
    return card(body, spoken=asked, texts=texts)
