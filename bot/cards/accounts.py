"""Whom of the roll the bot recognises, for those who prepare the sitting: who is missing, and what to do for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import NAME, SHORT, Card, actions, card, clean, facts, heading, line, run
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.views.parts import PersonView

PER_PAGE = 12
INSTALL = "install"
"""What the button that installs the bot carries as ``kind``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Somebody whom the bot would not recognise."""

    person: PersonView
    address: str
    doubt: str
    """The end of the code of the sentence that says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsView:
    """A roll and the accounts behind it."""

    total: int
    linked: int
    reached: int
    with_chat: int
    """Of those linked, to how many the bot may write in private."""
    unknown: Sequence[Unknown]
    asked: str
    """What could be asked; the end of the code of a sentence."""
    can_install: bool
    """The bot may put itself into the Teams of those without a private chat."""
    note: str = ""
    """What an installation came to, or that one is under way."""


def accounts(about: About, view: AccountsView, number: int | None, texts: Catalogue) -> Card:
    """The figures first, then one line for each person to put right."""
    said = texts.plural("card.accounts.said", view.linked, linked=view.linked, total=view.total)
    shown = page(view.unknown, number, PER_PAGE)
    rows = [
        (texts("card.accounts.linked"), texts("card.accounts.of", n=view.linked, total=view.total)),
        (texts("card.accounts.reached"), texts("card.accounts.of", n=view.reached, total=view.linked)),
        (texts("card.accounts.with_chat"), texts("card.accounts.of", n=view.with_chat, total=view.linked)),
    ]
    body = [
        heading(texts("card.accounts.title"), large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="None"),
        line(run(said, bold=True)),
        facts(rows),
        line(texts(f"card.accounts.asked.{view.asked}"), spacing="Small"),
        *([line(view.note, spacing="Small")] if view.note else []),
        *(
            line(
                run(clean(one.person.formal, NAME), bold=True),
                *([f" · {clean(one.address, NAME)}"] if one.address else []),
                f" · {texts(f'card.accounts.doubt.{one.doubt}')}",
                spacing="Small",
            )
            for one in shown.things
        ),
        *turning("accounts", about, shown, texts),
    ]
    buttons = [press("accounts", about, texts)]
    if view.can_install and view.with_chat < view.linked:
        missing = view.linked - view.with_chat
        title = texts.plural("card.accounts.install", missing, n=missing)
        buttons.append(execute("accounts", title, sitting=about.sitting, kind=INSTALL))
    body.append(actions(*buttons, press("sitting", about, texts)))
    return card(body, spoken=f"{texts('card.accounts.title')}. {said}", texts=texts)
