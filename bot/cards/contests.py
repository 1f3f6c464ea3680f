"""A choice among several on the cards: the options as buttons or as a list, the forms of the staff, the result.

Six buttons at most: where options, abstention and *ne prend pas part* do not fit, they are a list with one button.
"""

from collections.abc import Sequence

from bot.cards.about import About
from bot.cards.buttons import execute, press, short_names
from bot.cards.checkpoint import checkpoint_lines
from bot.cards.elements import (
    LIMIT,
    NAME,
    SHORT,
    Card,
    Element,
    actions,
    bar,
    capital,
    card,
    choice_set,
    clean,
    facts,
    group,
    heading,
    line,
    run,
    sentence,
    size,
    table,
    text_input,
)
from bot.cards.lines import item_lines, poll_lines, subject, wording
from bot.texts import Catalogue
from voting.domain.contests import Contest, Option
from voting.domain.tally import Choice, Tally
from voting.service.views.contests import ContestView
from voting.service.views.member import VoiceView
from voting.service.views.parts import ItemView, PollView
from voting.wording import contests, sentences

MOST = 6
"""Buttons on a card."""

NOBODY = (Choice.ABSTENTION, Choice.NOT_TAKING_PART)


def question_of(poll: PollView, texts: Catalogue) -> str:
    """What is asked, in one line."""
    if poll.also:
        return texts("card.block.question")
    if poll.contest is None:
        return texts(f"card.question.{subject(poll).value}")
    return texts("card.contest.question.election" if poll.contest.elects else "card.contest.question.choice")


def options(
    about: About, poll: PollView, contest: Contest, voice: VoiceView | None, texts: Catalogue, *, room: int = MOST
) -> list[Element]:
    """The answers for one voice, the presser's own where none is named: buttons as far as there is room, or a list."""
    carried: dict[str, str | int | None] = {
        "poll": poll.id,
        "member": voice.member.id if voice is not None and voice.is_proxy else None,
        "revision": voice.next_revision if voice is not None else 0,
    }
    answers: list[tuple[str, str]] = [(o.id, clean(o.label, NAME)) for o in contest.options]
    answers += [(c.value, sentences.choice_word(wording(texts), c)) for c in NOBODY]
    if len(answers) <= room:
        return [actions(*(_choose(about, title, voice, {**carried, "option": o}, texts) for o, title in answers))]
    return [
        choice_set("option", texts("card.contest.label"), texts("card.contest.missing"), answers),
        actions(_choose(about, texts("card.button.choose"), voice, carried, texts)),
    ]


def _choose(
    about: About, title: str, voice: VoiceView | None, data: dict[str, str | int | None], texts: Catalogue
) -> Element:
    return execute("choose", _title(title, voice, texts), skips_form=False, sitting=about.sitting, **data)


def _title(title: str, voice: VoiceView | None, texts: Catalogue) -> str:
    if voice is None or not voice.is_proxy:
        return title
    return texts("card.button.by_proxy", title=title, name=short_names([voice])[voice.member.id])


def open_contest(about: About, item: ItemView, texts: Catalogue) -> Card:
    """Who stands, or what one chooses among: a line each."""
    title = texts("card.contest.open.title")
    body = [
        heading(title),
        *item_lines(item, texts),
        line(texts("card.contest.open.help")),
        text_input("text", texts("card.contest.open.label"), texts("card.form.missing")),
        actions(
            execute("contest", texts("card.contest.open.button"), sitting=about.sitting, item=item.id),
            execute("contest", texts("card.contest.open.secret"), sitting=about.sitting, item=item.id, kind="secret"),
            execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting),
        ),
    ]
    return card(body, spoken=title, texts=texts)


def name_elder(about: About, poll: PollView, tied: Sequence[Option], texts: Catalogue) -> Card:
    """Which of those who are equal is the older one."""
    title = texts("card.contest.elder.title")
    body = [
        heading(title),
        *poll_lines(poll, texts),
        line(texts("card.contest.elder.help")),
        choice_set(
            "option",
            texts("card.contest.elder.label"),
            texts("card.contest.missing"),
            [(o.id, clean(o.label, NAME)) for o in tied],
            expanded=True,
        ),
        actions(
            execute("elder", texts("card.contest.elder.button"), sitting=about.sitting, poll=poll.id),
            execute("sitting", texts("card.button.back"), skips_form=True, sitting=about.sitting),
        ),
    ]
    return card(body, spoken=title, texts=texts)


def closing_outcome(poll: PollView, closing: ContestView, tally: Tally | None, texts: Catalogue) -> str:
    """What a closed round chooses, before it is proclaimed."""
    if poll.contest is None or tally is None:
        raise ValueError(f"poll {poll.id} is no closed round")
    return contests.contest_sentence(wording(texts), poll.contest, closing.counts, tally, closing.result)


def contest_result(
    about: About, poll: PollView, contest: Contest, voices: Sequence[VoiceView], checkpoint: str, texts: Catalogue
) -> Card:
    """The proclaimed result of a round (``ValueError`` before that): figures by option, then who chose whom."""
    if poll.tally is None or poll.result is None:
        raise ValueError(f"poll {poll.id} is not proclaimed")
    shared = wording(texts)
    title = texts("card.result.title", number=poll.number)
    outcome = sentence(contests.contest_sentence(shared, contest, poll.counts, poll.tally, poll.result))
    sign = "✔" if poll.result.winner is not None else "↻"
    head = [
        heading(title, large=True),
        *poll_lines(poll, texts),
        group(
            line(
                run(f"{sign} {capital(contests.chosen_words(shared, contest, poll.result))}", bold=True, size="Large")
            ),
            line(outcome, spacing="Small"),
            emphasis=True,
            spacing="Medium",
        ),
        facts(
            [
                (
                    clean(contests.option_label(contest, c.option), SHORT),
                    f"{c.votes} {bar(c.votes, poll.tally.electors)}".strip(),
                )
                for c in poll.counts
            ]
        ),
    ]
    foot = [
        *checkpoint_lines(checkpoint, texts),
        actions(press("my_votes", about, texts), press("need_help", about, texts)),
    ]
    whole = card([*head, *_names(voices, texts), *foot], spoken=f"{title}. {outcome}", texts=texts)
    if size(whole) > LIMIT:
        whole = card([*head, line(texts("card.result.too_many")), *foot], spoken=f"{title}. {outcome}", texts=texts)
    return whole


def _names(voices: Sequence[VoiceView], texts: Catalogue) -> list[Element]:
    """Who chose whom, and who answered otherwise; nothing of a secret ballot."""
    by_answer: dict[str, list[str]] = {}
    for voice in sorted(voices, key=lambda v: (not v.option, v.option)):
        answer = clean(voice.option, NAME) or sentences.choice_word(wording(texts), voice.choice)
        name = clean(voice.member.name, NAME)
        by_answer.setdefault(answer, []).append(texts("card.result.by_proxy", name=name) if voice.is_proxy else name)
    if not by_answer:
        return []
    rows = [(f"{answer} ({len(names)})", ", ".join(names)) for answer, names in by_answer.items()]
    return [table((1, 2), (texts("card.result.choice"), texts("card.result.names")), rows)]
