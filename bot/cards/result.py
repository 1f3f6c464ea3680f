"""The proclaimed result: the sum in words, the figures, the names by choice, and the journal's head as a witness."""

from collections.abc import Sequence

from bot.cards.about import About
from bot.cards.buttons import CHOICES, press
from bot.cards.checkpoint import checkpoint_lines
from bot.cards.contests import contest_result
from bot.cards.elements import (
    LIMIT,
    NAME,
    Card,
    Element,
    actions,
    bar,
    capital,
    card,
    clean,
    facts,
    group,
    heading,
    line,
    run,
    sentence,
    size,
    table,
)
from bot.cards.lines import poll_lines, subject, together, wording
from bot.texts import Catalogue
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice, Decision, Outcome, Tally
from voting.service.views.member import VoiceView
from voting.service.views.parts import PollView
from voting.wording import sentences

SIGNS = {Outcome.ADOPTED: "✔", Outcome.REJECTED: "✘"}


def result(about: About, poll: PollView, voices: Sequence[VoiceView], checkpoint: str, texts: Catalogue) -> Card:
    """The result of a proclaimed poll (``ValueError`` before that).

    ``voices`` are those of its whole electorate; the names are left out when the card would be too big for Teams.
    """
    if poll.contest is not None:
        return contest_result(about, poll, poll.contest, voices, checkpoint, texts)
    tally, decision = settled(poll)
    title = texts("card.result.title", number=poll.number)
    verdict = sentences.verdict_word(wording(texts), decision, subject(poll))
    said = sentences.outcome_sentence(wording(texts), tally, decision, subject(poll), poll.terms)
    outcome = sentence(together(poll, said, texts))
    head = [
        heading(title, large=True),
        *poll_lines(poll, texts),
        group(
            line(run(f"{SIGNS[decision.outcome]} {capital(verdict)}", bold=True, size="Large")),
            line(outcome, spacing="Small"),
            emphasis=True,
            spacing="Medium",
        ),
        facts(figures(tally, texts, is_secret=poll.method is VotingMethod.SECRET)),
        *_consequence(poll, decision, texts),
    ]
    foot = [
        *checkpoint_lines(checkpoint, texts),
        actions(press("my_votes", about, texts), press("need_help", about, texts)),
    ]
    spoken = f"{title}. {outcome}"
    names = [] if poll.method is VotingMethod.SECRET else _names(voices, texts)
    whole = card([*head, *names, *foot], spoken=spoken, texts=texts)
    if size(whole) > LIMIT:
        whole = card([*head, line(texts("card.result.too_many")), *foot], spoken=spoken, texts=texts)
    return whole


def settled(poll: PollView) -> tuple[Tally, Decision]:
    """The figures and the decision, which exist from the proclamation on."""
    if poll.tally is None or poll.decision is None:
        raise ValueError(f"poll {poll.id} is not proclaimed")
    return poll.tally, poll.decision


def figures(tally: Tally, texts: Catalogue, *, is_secret: bool = False) -> list[tuple[str, str]]:
    """Each answer with its figure and its share of the electorate as a bar; on paper, blank and invalid ones too."""
    if is_secret:
        shared = wording(texts)
        papers = [
            (sentences.choice_word(shared, Choice.FOR), tally.votes_for),
            (sentences.choice_word(shared, Choice.AGAINST), tally.against),
            (texts("card.papers.blank"), tally.blank),
            (texts("card.papers.invalid"), tally.invalid),
        ]
        return [(name, f"{n} {bar(n, tally.electors)}".strip()) for name, n in papers]
    counted: list[tuple[Choice | None, int]] = [
        (Choice.FOR, tally.votes_for),
        (Choice.AGAINST, tally.against),
        (Choice.ABSTENTION, tally.abstention),
        (Choice.NOT_TAKING_PART, tally.not_taking_part),
    ]
    if tally.no_answer:
        counted.append((None, tally.no_answer))
    return [
        (sentences.choice_word(wording(texts), choice), f"{n} {bar(n, tally.electors)}".strip())
        for choice, n in counted
    ]


_ABOUT = {Purpose.IN_CAMERA: "camera", Purpose.CLOSURE: "closure", Purpose.SECRET_BALLOT_REQUEST: "secret"}
"""What a request was about, where one was voted on."""


def _consequence(poll: PollView, decision: Decision, texts: Catalogue) -> list[Element]:
    if poll.purpose is Purpose.ITEM:
        return []
    return [line(texts(f"card.result.{_ABOUT[poll.purpose]}.{decision.outcome.value}"))]


def _names(voices: Sequence[VoiceView], texts: Catalogue) -> list[Element]:
    if not voices:
        return []
    rows = []
    for choice in (*CHOICES, None):
        given = [voice for voice in voices if voice.choice is choice]
        if given:
            word = sentences.choice_word(wording(texts), choice)
            rows.append((f"{word} ({len(given)})", ", ".join(_name(voice, texts) for voice in given)))
    header = (texts("card.result.choice"), texts("card.result.names"))
    return [table((1, 2), header, rows)]


def _name(voice: VoiceView, texts: Catalogue) -> str:
    name = clean(voice.member.name, NAME)
    return texts("card.result.by_proxy", name=name) if voice.is_proxy else name
