"""Ways of voting other than the usual one: the form that opens such a poll, and what the staff records of each."""

from collections.abc import Sequence

from bot.cards.about import About
from bot.cards.buttons import CHOICES, execute, press
from bot.cards.elements import (
    NAME,
    Card,
    Element,
    actions,
    card,
    choice_set,
    choices_set,
    clean,
    heading,
    line,
    number_input,
    optional,
    run,
    text_input,
)
from bot.cards.lines import item_lines, poll_lines, wording
from bot.texts import Catalogue
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice
from voting.service.views.parts import ItemView, PersonView, PollView
from voting.wording import sentences

LISTED = 25
"""Members whose names fit three lists of one card; beyond, their names are typed."""
MARKED = 80
"""Members whose names fit one list."""
ORDINARY = "ordinary"
MAJORITIES = ("1/2 office", "3/5 cast", "2/3 cast", "2/3 present", "2/3 represented", "2/3 office")
"""Majorities that the form offers, as the command reads them; any other one is typed."""
USUAL = "usual"
LENGTHS = (USUAL, "0", "60", "120", "180", "300", "600")
"""How long a vote may be announced to last, in seconds."""
NAMED = (Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART)


def open_otherwise(about: About, item: ItemView, methods: Sequence[VotingMethod], texts: Catalogue) -> Card:
    """How the item is voted, and by which majority. ``methods``: those that the law allows here."""
    title = texts("card.otherwise.title")
    ways = [(method.value, texts(f"card.method.{method.value}")) for method in methods]
    majorities = [(ORDINARY, texts("card.otherwise.ordinary"))]
    majorities += [
        (f"{'>' if m.startswith('1/2') else ''}{m}", texts(f"card.otherwise.majority.{code(m)}")) for m in MAJORITIES
    ]
    missing = texts("card.form.missing")
    body = [
        heading(title),
        *item_lines(item, texts),
        choice_set("way", texts("card.otherwise.way"), missing, ways, expanded=True, value=ways[0][0]),
        choice_set("majority", texts("card.otherwise.majority"), missing, majorities, value=ORDINARY),
        choice_set("lasts", texts("card.otherwise.lasts"), missing, lengths(texts), value=USUAL),
        optional(text_input("article", texts("card.otherwise.article"), missing)),
        optional(
            {**text_input("letter", texts("card.otherwise.letter"), missing), "isMultiline": False, "maxLength": 1}
        ),
        actions(
            execute("vote", texts("card.button.vote"), sitting=about.sitting),
            execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting),
        ),
    ]
    return card(body, spoken=title, texts=texts)


def lengths(texts: Catalogue) -> list[tuple[str, str]]:
    """The lengths of a vote that a form offers, with their names."""
    fixed = [(n, texts("card.otherwise.lasts.minutes", n=int(n) // 60)) for n in LENGTHS[2:]]
    return [(n, texts(f"card.otherwise.lasts.{n}")) for n in LENGTHS[:2]] + fixed


def code(majority: str) -> str:
    """The last part of the code of that majority's name."""
    part, base = majority.split()
    return f"{part.replace('/', '_')}_{base}"


def call_buttons(about: About, poll: PollView, texts: Catalogue) -> list[Element]:
    """Who is called now, and the buttons of his answer: the four choices, and no answer."""
    called = poll.called
    if called is None:
        return []
    answers = [
        execute(
            "voice",
            texts(f"card.button.{choice.value}"),
            sitting=about.sitting,
            poll=poll.id,
            person=called.id,
            choice=choice.value,
        )
        for choice in (CHOICES if poll.contest is None else ())
    ]
    silent = press("next_name", about, texts, poll=poll.id, member=called.id)
    return [
        line(run(clean(called.formal, NAME), bold=True, size="Large")),
        line(run(call_place(poll, texts), subtle=True), spacing="None"),
        actions(*answers, silent),
    ]


def call_place(poll: PollView, texts: Catalogue) -> str:
    """Which call this is, and how many names are left."""
    return texts.plural(f"card.call.round.{poll.call_round}", poll.calls_left, n=poll.calls_left)


def hands(about: About, poll: PollView, electors: Sequence[PersonView], texts: Catalogue) -> Card:
    """Who was against, who abstained, who took no part; nobody chosen: all were for."""
    title, missing = texts("card.hands.title", number=poll.number), texts("card.form.missing")
    named = [(choice.value, sentences.choice_word(wording(texts), choice)) for choice in NAMED]
    people = [(p.id, clean(p.formal, NAME)) for p in electors]
    few = len(people) <= LISTED
    inputs = [
        choices_set(name, label, people) if few else optional(text_input(name, label, missing)) for name, label in named
    ]
    body = [
        heading(title),
        *poll_lines(poll, texts),
        line(texts("card.hands.help")),
        *([] if few else [line(texts("card.hands.typed"), spacing="Small")]),
        *inputs,
        _record("hands", about, poll, texts),
    ]
    return card(body, spoken=title, texts=texts)


def papers(about: About, poll: PollView, texts: Catalogue) -> Card:
    """The count of a secret ballot."""
    title, missing = texts("card.papers.title", number=poll.number), texts("card.papers.missing")
    figures = ("envelopes", "votes_for", "votes_against", "blank", "invalid")
    body = [
        heading(title),
        *poll_lines(poll, texts),
        line(texts("card.papers.help", electors=poll.electors)),
        *(number_input(name, texts(f"card.papers.{name}"), missing, most=poll.electors) for name in figures),
        _record("papers", about, poll, texts),
    ]
    return card(body, spoken=title, texts=texts)


def register(about: About, poll: PollView, electors: Sequence[PersonView], texts: Catalogue) -> Card:
    """Who put an envelope into the box."""
    title, missing = texts("card.register.title", number=poll.number), texts("card.form.missing")
    label = texts("card.register.label")
    people = [(p.id, clean(p.formal, NAME)) for p in electors]
    few = len(people) <= MARKED
    body = [
        heading(title),
        *poll_lines(poll, texts),
        line(texts("card.register.help")),
        choices_set("marked", label, people) if few else text_input("marked", label, missing),
        _record("register", about, poll, texts),
    ]
    return card(body, spoken=title, texts=texts)


def _record(verb: str, about: About, poll: PollView, texts: Catalogue) -> Element:
    """What was chosen goes with the way of the poll: so the command knows a filled form from the button that asks."""
    return actions(
        execute(verb, texts("card.ways.record"), sitting=about.sitting, poll=poll.id, way=poll.method.value),
        execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting),
    )
