"""A member's exercises: the panel above the real card, the last word, and the invitation to begin."""

from collections.abc import Mapping, Sequence

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import Card, Element, actions, card, group, heading, line, run
from bot.texts import Catalogue
from voting.service.ports import Exercise

WITHOUT_CARD = (Exercise.NETWORK,)
"""Exercises that are read: no card of the sitting is needed below the panel."""


def led(shown: Mapping[str, object], about: About, at: Exercise, all_: Sequence[Exercise], texts: Catalogue) -> Card:
    """The real card, with what to do on it above."""
    number, total = all_.index(at) + 1, len(all_)
    title = texts("exercise.title", number=number, total=total, name=texts(f"exercise.name.{at.value}"))
    how = texts(f"exercise.how.{at.value}")
    panel: list[Element] = [heading(title), line(how)]
    if at is Exercise.NETWORK:
        button = execute("exercises", texts("exercise.understood"), sitting=about.sitting, kind=at.value)
        panel.append(actions(button, press("need_help", about, texts)))
    body = shown.get("body")
    rest = body if isinstance(body, list) and at not in WITHOUT_CARD else []
    return {
        **shown,
        "speak": f"{title}. {how}",
        "fallbackText": f"{title}. {how}",
        "body": [group(*panel, emphasis=True), *rest],
    }


def finished(about: About, texts: Catalogue) -> Card:
    """Everything has been tried."""
    title = texts("exercise.finished")
    body = [heading(title, large=True), line(texts("exercise.finished.next")), actions(press("help", about, texts))]
    return card(body, spoken=title, texts=texts)


def invitation(about: About, texts: Catalogue) -> Card:
    """Sent to those who are not ready yet."""
    title = texts("exercise.invitation")
    body = [
        heading(title, large=True),
        line(run(about.title, bold=True)),
        line(texts("exercise.invitation.why")),
        actions(press("exercises", about, texts), press("need_help", about, texts)),
    ]
    return card(body, spoken=f"{title}. {about.title}", texts=texts)
