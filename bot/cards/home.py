"""The 1:1 chat: the welcome, where one stands in the sitting, and the help that knows what is going on."""

from bot.cards.about import About
from bot.cards.buttons import press
from bot.cards.elements import Card, Element, actions, card, heading, line, link, run
from bot.cards.now import aloud, possible, situation
from bot.texts import Catalogue
from voting.service.views.member import MemberView


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


def help_(about: About | None, view: MemberView | None, guide: str | None, texts: Catalogue) -> Card:
    """What one can do now, then the words that one can type. ``guide`` is the address of the member's guide."""
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
    body += [heading(texts("card.help.typed")), line(texts("card.help.words"))]
    if view is not None and view.is_staff:
        body.append(line(texts("card.help.staff_words"), spacing="Small"))
    body.append(line(run(texts("card.help.person"), bold=True)))
    last = [press("need_help", about, texts)]
    if guide is not None:
        last.append(link(texts("card.button.guide"), guide))
    body.append(actions(*last))
    return card(body, spoken=f"{title}. {aloud(told)}", texts=texts)
