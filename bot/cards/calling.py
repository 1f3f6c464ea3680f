"""The roll call name by name: who is called now, with a button for each answer; then those called in vain, again."""

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import NAME, SHORT, Card, actions, card, clean, heading, line, run
from bot.cards.lines import people_lines
from bot.texts import Catalogue
from voting.service.views.calling import CallingView

ANSWERS = ("present", "excused", "absent")


def calling(about: About, view: CallingView, texts: Catalogue) -> Card:
    """The next name, or the second call once every name was called."""
    if view.called is None:
        return _again(about, view, texts)
    name = clean(view.called.formal, NAME)
    said = texts("card.calling.name", name=name)
    body = [
        heading(texts("card.calling.title"), large=True),
        line(run(texts("card.calling.place", place=view.place + 1, total=view.total), subtle=True), spacing="None"),
        line(run(said, bold=True, size="Large")),
        *([line(clean(view.called.office, SHORT))] if view.called.office else []),
        actions(
            *(
                execute(verb, texts(f"card.calling.{verb}"), sitting=about.sitting, person=view.called.id)
                for verb in ANSWERS
            ),
            press("sitting", about, texts),
        ),
    ]
    return card(body, spoken=said, texts=texts)


def _again(about: About, view: CallingView, texts: Catalogue) -> Card:
    left = len(view.unanswered)
    said = texts.plural("card.calling.again", left, n=left) if left else texts("card.calling.done")
    body = [
        heading(texts("card.calling.title"), large=True),
        line(run(said, bold=True)),
        *people_lines("card.calling.unanswered", view.unanswered, texts),
        actions(
            *([execute("present", texts("card.calling.came"), sitting=about.sitting, page=1)] if left else []),
            press("close_roll_call", about, texts),
            press("sitting", about, texts),
        ),
    ]
    return card(body, spoken=said, texts=texts)
