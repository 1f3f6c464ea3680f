"""Forms: why a poll is struck or an item put off (kept in the minutes), and what a new sitting is made of."""

from collections.abc import Mapping

from bot.cards.about import About
from bot.cards.buttons import execute, press
from bot.cards.elements import (
    Card,
    Element,
    actions,
    card,
    choice_set,
    day_input,
    heading,
    line,
    long_text,
    moment_inputs,
    optional,
    text_input,
    toggle,
)
from bot.cards.lines import item_lines, poll_lines
from bot.texts import Catalogue
from voting.domain.assembly import Body, Mode
from voting.service.views.parts import ItemView, PollView

_BODIES = (
    Body.STANDING_COMMITTEE,
    Body.COUNCIL,
    Body.TENDER_COMMITTEE,
    Body.DEPARTMENT,
    Body.DEPARTMENT_COMMITTEE,
    Body.EPCI,
    Body.ASSOCIATION,
)
_MODES = (Mode.REMOTE, Mode.HYBRID, Mode.ROOM)
"""In the order in which a region asks for them; then comes the exchange of writings."""

IN_WRITING = "written"
"""The tender committee that writes to one another: from afar, under the law of that exchange (R50)."""

PASTED = 100_000
"""Characters of a file that may be pasted; a longer one goes by the command line."""


def confirm_annul(about: About, poll: PollView, texts: Catalogue) -> Card:
    """Strike a poll, with its reason."""
    act = execute("annul", texts("card.form.annul.button"), sitting=about.sitting, poll=poll.id)
    return _reason(
        "annul", about, texts("card.form.annul.title", number=poll.number), poll_lines(poll, texts), act, texts
    )


def postpone(about: About, item: ItemView, texts: Catalogue) -> Card:
    """Put the item under discussion off to another sitting, with the reason."""
    act = execute("postpone", texts("card.form.postpone.button"), sitting=about.sitting, item=item.id)
    return _reason("postpone", about, texts("card.form.postpone.title"), item_lines(item, texts), act, texts)


def new_sitting(texts: Catalogue, files: Mapping[str, str]) -> Card:
    """Convene a sitting. A file that was sent has its line (``files``, by kind); the others are pasted."""
    title, missing = texts("card.form.new_sitting.title"), texts("card.form.new_sitting.missing")
    kinds = [(kind.value, texts(f"card.form.new_sitting.kind.{kind.value}")) for kind in _BODIES]
    modes = [(mode, texts(f"card.form.new_sitting.mode.{mode}")) for mode in (*_MODES, IN_WRITING)]
    body = [
        heading(title, large=True),
        line(texts("card.form.new_sitting.effect")),
        choice_set("kind", texts("card.form.new_sitting.body"), missing, kinds),
        choice_set("mode", texts("card.form.new_sitting.place"), missing, modes),
        *moment_inputs(
            ("day", texts("card.form.new_sitting.day")), ("hour", texts("card.form.new_sitting.hour")), missing
        ),
        optional(day_input("summoned", texts("card.form.new_sitting.summoned"), missing)),
        toggle("urgent", texts("card.form.new_sitting.urgent"), is_ticked=False),
        toggle("remote", texts("card.form.new_sitting.remote")),
        *_paper("members", files, texts),
        *_paper("agenda", files, texts),
        *_paper("orders", files, texts, is_needed=False),
        actions(
            execute("new_sitting", texts("card.form.new_sitting.button")),
            press("need_help", None, texts, skips_form=True),
        ),
    ]
    return card(body, spoken=title, texts=texts)


def _paper(kind: str, files: Mapping[str, str], texts: Catalogue, *, is_needed: bool = True) -> list[Element]:
    """What was sent, or where to paste it."""
    if kind in files:
        return [line(files[kind])]
    pasted = long_text(
        kind, texts(f"card.form.new_sitting.{kind}"), texts("card.form.new_sitting.missing"), most=PASTED
    )
    return [pasted if is_needed else optional(pasted)]


def _reason(verb: str, about: About, title: str, what: list[Element], act: Element, texts: Catalogue) -> Card:
    body = [
        heading(title),
        *what,
        line(texts(f"card.form.{verb}.effect")),
        text_input("text", texts(f"card.form.{verb}.label"), texts("card.form.missing")),
        actions(act, execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting)),
    ]
    return card(body, spoken=title, texts=texts)
