"""Forms that name somebody: the holder of a proxy, a speaker, the secretary, a voice given aloud."""

from collections.abc import Sequence

from bot.cards.about import About
from bot.cards.buttons import CHOICES, execute, press
from bot.cards.contests import NOBODY
from bot.cards.elements import NAME, Card, actions, card, choice_set, clean, heading, line, run
from bot.cards.lines import poll_lines, wording
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.views.parts import PersonView, PollView
from voting.wording import sentences

PER_PAGE = 60
"""Names in one list: more would not fit a card."""


def choose(about: About, verb: str, persons: Sequence[PersonView], number: int | None, texts: Catalogue) -> Card:
    """Choose the person that a command speaks of: its verb then comes back with ``person``.

    Known verbs: proxy, give, secretary, chair, present, absent, excused.
    """
    title = texts(f"card.choose.{verb}.title")
    if not persons:
        return _nobody(about, title, texts)
    shown = page(persons, number, PER_PAGE)
    body = [
        heading(title),
        line(texts(f"card.choose.{verb}.help")),
        _persons(shown.things, texts),
        actions(
            execute(verb, texts(f"card.choose.{verb}.button"), sitting=about.sitting),
            press("need_help", about, texts, skips_form=True),
        ),
        *turning(verb, about, shown, texts),
    ]
    return card(body, spoken=title, texts=texts)


def voice(about: About, poll: PollView, persons: Sequence[PersonView], texts: Catalogue) -> Card:
    """Record an answer given aloud: ``person``, and the choice in ``text``."""
    title = texts("card.voice.title", number=poll.number)
    if not persons:
        return _nobody(about, title, texts)
    shared = wording(texts)
    answers: list[tuple[str, str]] = [(c.value, sentences.choice_word(shared, c)) for c in CHOICES]
    if poll.contest is not None:
        answers = [(o.id, clean(o.label, NAME)) for o in poll.contest.options]
        answers += [(c.value, sentences.choice_word(shared, c)) for c in NOBODY]
    body = [
        heading(title),
        *poll_lines(poll, texts),
        line(texts("card.voice.help")),
        _persons(persons[:PER_PAGE], texts),
        choice_set(
            "text",
            texts("card.voice.choice"),
            texts("card.voice.choice_missing"),
            answers,
            expanded=True,
        ),
        actions(
            execute("voice", texts("card.voice.button"), sitting=about.sitting, poll=poll.id),
            execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting),
        ),
    ]
    return card(body, spoken=title, texts=texts)


def _persons(persons: Sequence[PersonView], texts: Catalogue) -> dict[str, object]:
    choices = [(person.id, clean(person.formal, NAME)) for person in persons]
    return choice_set("person", texts("card.choose.person"), texts("card.choose.person_missing"), choices)


def _nobody(about: About, title: str, texts: Catalogue) -> Card:
    said = texts("card.choose.nobody")
    body = [heading(title), line(run(said)), actions(press("need_help", about, texts))]
    return card(body, spoken=f"{title}. {said}", texts=texts)
