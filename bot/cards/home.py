"""The 1:1 chat: the welcome, where one stands in the sitting, and the help that knows what is going on."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import Card, Element, actions, card, group, heading, line, link, run
from bot.cards.now import aloud, possible, situation
from bot.texts import Catalogue
from voting.service.views.member import MemberView

QUOTED = 700
"""Characters of a guide that a card quotes, at most."""


def welcome(texts: Catalogue) -> Card:
    """Said once, when the app is installed."""
    title = texts("card.welcome.title")
    body = [
        heading(title, large=True),
        line(texts("card.welcome.what")),
        line(texts("card.welcome.wait")),
        actions(press("help", None, texts), press("need_help", None, texts)),
    ]
    return card(body, spoken=f"{title}. {texts('card.welcome.what')}", texts=texts)


def home(about: About, view: MemberView, texts: Catalogue) -> Card:
    """Where I am, what is going on, what I can do."""
    told = situation(about, view, texts)
    body = [
        heading(about.title, large=True),
        *(line(said, spacing="Small") for said in told),
        actions(*possible(about, view, texts), press("need_help", about, texts)),
    ]
    return card(body, spoken=f"{about.title}. {aloud(told)}", texts=texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a guide says of this moment."""

    words: Sequence[tuple[str, bool]]
    """Its stretches, and whether each is set in bold."""
    is_translated: bool
    """False: there is no such guide in the reader's language, and it is quoted in French."""
    address: str | None
    """Where one reads on."""


def help_(about: About | None, view: MemberView | None, quote: Quote | None, texts: Catalogue) -> Card:
    """What one can do now, what the guide says of it, then the words that one can type."""
    title = texts("card.help.title")
    body: list[Element] = [heading(title, large=True)]
    told = [texts("card.help.no_sitting")]
    buttons: list[Element] = []
    if about is not None and view is not None:
        told = situation(about, view, texts)
        buttons = possible(about, view, texts)
    body += [line(said, spacing="Small") for said in told]
    if buttons:
        body.append(actions(*buttons))
    if quote is not None:
        body += _quoted(quote, texts)
    body += [heading(texts("card.help.typed")), line(texts("card.help.words"))]
    if view is not None and view.is_staff:
        body.append(line(texts("card.help.staff_words"), spacing="Small"))
    body.append(line(run(texts("card.help.person"), bold=True)))
    last = [press("need_help", about, texts)]
    if quote is not None and quote.address is not None:
        last.append(link(texts("card.button.guide"), quote.address))
    body.append(actions(*last))
    return card(body, spoken=f"{title}. {aloud(told)}", texts=texts)


def _quoted(quote: Quote, texts: Catalogue) -> list[Element]:
    """The paragraph, cut where it is longer than what one reads on a telephone."""
    runs, left = [], QUOTED
    for said, is_bold in quote.words:
        if left > 0:
            runs.append(run(said if len(said) <= left else f"{said[: left - 1].rstrip()}…", bold=is_bold))
        left -= len(said)
    title = texts("card.help.guide" if quote.is_translated else "card.help.guide_in_french")
    return [heading(title), group(line(*runs), emphasis=True)]
