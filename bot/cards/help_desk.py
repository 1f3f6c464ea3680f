"""The queue of support: who asks for help, where, after what; and the warning before a poll is closed on somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About, clock
from bot.cards.buttons import execute, press
from bot.cards.elements import (
    NAME,
    SHORT,
    Card,
    Element,
    actions,
    card,
    clean,
    facts,
    group,
    heading,
    line,
    optional,
    run,
    text_input,
)
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.helping import HelpReport
from voting.service.ports import HelpRequest, HelpState

PER_PAGE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as support reads it."""

    request: HelpRequest
    name: str
    doing: str
    """What the person was doing, in words; empty when nothing is known."""
    problem: str
    """What went wrong then, in words."""
    phone: str
    helper: str
    """Who looks after it."""


def queue(
    about: About,
    asked: Sequence[Asked],
    median: int | None,
    number: int | None,
    texts: Catalogue,
    *,
    report: HelpReport | None = None,
) -> Card:
    """Those who wait first, then those who are being helped; once the sitting is lifted, its ``report``."""
    title = texts("help.title")
    open_ = [a for a in asked if a.request.state is not HelpState.CLOSED]
    waiting = sum(a.request.state is HelpState.WAITING for a in open_)
    first = texts.plural("help.waiting", waiting, n=waiting) if waiting else texts("help.nobody_waits")
    shown = page(sorted(open_, key=lambda a: a.request.state is not HelpState.WAITING), number, PER_PAGE)
    body: list[Element] = [heading(title, large=True), line(run(first, bold=True))]
    for one in shown.things:
        body += [
            group(*request_lines(about, one, texts), spacing="Medium", separator=True),
            *_buttons(about, one, texts),
        ]
    body += turning("help_desk", about, shown, texts)
    closed = len(asked) - len(open_)
    if report is not None:
        body += report_lines(report, texts)
    elif median is not None:
        body.append(
            line(run(texts("help.median", n=len(asked), closed=closed, time=duration(median, texts)), subtle=True))
        )
    return card(body, spoken=f"{title}. {first}", texts=texts)


def report_lines(report: HelpReport, texts: Catalogue) -> list[Element]:
    """How a lifted sitting was helped, in figures."""
    asked = str(report.asked) if report.asked else texts("help.report.none")
    rows = [(texts("help.report.asked"), asked)]
    if report.asked:
        rows.append((texts("help.report.settled"), str(report.settled)))
    for code, seconds in (("taken_in", report.taken_in), ("settled_in", report.settled_in)):
        if seconds is not None:
            rows.append((texts(f"help.report.{code}"), duration(seconds, texts)))
    rows.append((texts("help.report.voiced"), str(report.voiced)))
    return [heading(texts("help.report.title")), facts(rows)]


def alert(about: About, one: Asked, texts: Catalogue) -> Card:
    """Sent to everybody of support at once."""
    title = texts("said.somebody_needs_help", name=clean(one.name, NAME))
    body = [heading(title), *request_lines(about, one, texts)[1:], *_buttons(about, one, texts)]
    return card(body, spoken=title, texts=texts)


def request_lines(about: About, one: Asked, texts: Catalogue) -> list[Element]:
    """Who, since when, where, after what, and the telephone."""
    request = one.request
    where = texts("help.from_meeting" if request.from_meeting else "help.from_own_chat")
    told = [texts("help.asked", time=clock(about, request.asked_at), where=where)]
    if one.doing:
        told.append(texts("help.doing", doing=one.doing))
    if one.problem:
        told.append(texts("help.problem", problem=clean(one.problem, 2 * SHORT)))
    if request.client:
        told.append(texts("help.client", client=clean(request.client, NAME)))
    if one.phone:
        told.append(texts("help.phone", phone=clean(one.phone, NAME)))
    if one.helper:
        told.append(texts("help.taken", name=clean(one.helper, NAME)))
    if request.note:
        told.append(texts("help.note", note=clean(request.note)))
    return [line(run(clean(one.name, NAME), bold=True)), *(line(said, spacing="Small") for said in told)]


def _buttons(about: About, one: Asked, texts: Catalogue) -> list[Element]:
    code, kind = ("help.take", "take") if one.request.state is HelpState.WAITING else ("help.finish", "form")
    if one.request.state is HelpState.CLOSED:
        return []
    button = execute("help_desk", texts(code), sitting=about.sitting, request=one.request.id, kind=kind)
    return [actions(button)]


def finish(about: About, one: Asked, texts: Catalogue) -> Card:
    """A word on what it was, then done."""
    title = texts("help.finish")
    note = optional(text_input("note", texts("help.note_label"), ""))
    button = execute("help_desk", title, sitting=about.sitting, request=one.request.id, kind="close")
    body = [heading(title, large=True), *request_lines(about, one, texts), note, actions(button)]
    return card(body, spoken=f"{title}. {one.name}", texts=texts)


def before_closing(about: About, troubled: Sequence[Asked], texts: Catalogue) -> Card:
    """Members who have not voted and are asking for help: their voices can be taken aloud."""
    title = texts.plural("help.before_closing", len(troubled), n=len(troubled))
    body: list[Element] = [heading(title, large=True), line(texts("help.before_closing.how"))]
    for one in troubled[:PER_PAGE]:
        body.append(group(*request_lines(about, one, texts), spacing="Medium", separator=True))
    rest = len(troubled) - PER_PAGE
    if rest > 0:
        body.append(line(texts("help.others", n=rest)))
    body.append(
        actions(
            press("voice", about, texts),
            execute("close", texts("help.close_anyway"), sitting=about.sitting, kind="sure"),
            press("help_desk", about, texts),
        )
    )
    return card(body, spoken=title, texts=texts)


def duration(seconds: int, texts: Catalogue) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    return texts("help.minutes", minutes=minutes, seconds=rest) if minutes else texts("help.seconds", seconds=rest)
