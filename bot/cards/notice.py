"""Short answers: a refusal or a notice with what to do next, and a word that was not understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import SHORT, Card, Element, actions, card, clean, heading, line, link, run
from bot.texts import Catalogue

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A page of ours to read: its label and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A command that somebody may have meant: its verb and the word for it."""

    verb: str
    title: str


def notice(
    about: About | None, said: str, next_step: str, page: Page | None, verbs: Sequence[str], texts: Catalogue
) -> Card:
    """One sentence, what to do next, a page to read, and at most four buttons (by verb) that help."""
    body: list[Element] = [line(run(clean(said), bold=True))]
    if next_step:
        body.append(line(clean(next_step), spacing="Small"))
    buttons = [press(verb, about, texts) for verb in verbs[:4]]
    if "need_help" not in verbs:
        buttons.append(press("need_help", about, texts))
    if page is not None:
        buttons.append(link(page.label, page.url))
    body.append(actions(*buttons))
    return card(body, spoken=f"{said} {next_step}", texts=texts)


def unknown(about: About | None, typed: str, suggestions: Sequence[Suggestion], texts: Catalogue) -> Card:
    """A word that is no command, and the nearest ones as buttons."""
    title = texts("card.unknown.title")
    asked = texts("card.unknown.did_you_mean" if suggestions else "card.unknown.nothing_near")
    body: list[Element] = [heading(title)]
    if typed.strip():
        body.append(line(run(texts("card.unknown.typed"), subtle=True), f" {clean(typed, SHORT)}", spacing="Small"))
    sitting = about.sitting if about is not None else None
    buttons = [execute(one.verb, one.title, sitting=sitting) for one in suggestions[:SUGGESTIONS]]
    body += [line(asked), actions(*buttons, press("help", about, texts))]
    return card(body, spoken=f"{title}. {asked}", texts=texts)
