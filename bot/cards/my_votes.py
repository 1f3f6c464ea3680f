"""A member's own votes of the sitting, newest first, each with its receipt. Nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.about import About, exact
from bot.cards.ballot import Receipts, answer_of, receipt_lines, voice_name
from bot.cards.buttons import press
from bot.cards.elements import SHORT, Card, Element, actions, card, clean, group, heading, line, run
from bot.cards.lines import poll_name, poll_verdict
from bot.cards.pages import page, turning
from bot.texts import Catalogue
from voting.service.views.member import VoiceView
from voting.service.views.parts import PollView

PER_PAGE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVote:
    """One poll in which this person gave or could give voices."""

    poll: PollView
    voices: tuple[VoiceView, ...]
    receipts: Receipts


def my_votes(about: About, votes: Sequence[PastVote], number: int | None, texts: Catalogue) -> Card:
    """The votes of one person, in pages; ``votes`` in the order of the polls."""
    title = texts("card.my_votes.title")
    count = texts.plural("card.my_votes.count", len(votes), n=len(votes)) if votes else texts("card.my_votes.none")
    shown = page(list(reversed(votes)), number, PER_PAGE)
    body: list[Element] = [
        heading(title, large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="Small"),
        line(count),
        *(_poll(about, vote, texts) for vote in shown.things),
    ]
    if votes:
        body.append(line(run(texts("card.receipt.what_for"), subtle=True, size="Small")))
    body += [*turning("my_votes", about, shown, texts), actions(press("need_help", about, texts))]
    return card(body, spoken=f"{title}. {count}", texts=texts)


def _poll(about: About, vote: PastVote, texts: Catalogue) -> Element:
    poll = vote.poll
    name = texts("card.my_votes.poll", number=poll.number, item=poll_name(poll, texts))
    lines = [
        line(run(name, bold=True)),
        *([] if poll.also else [line(clean(poll.item.title, SHORT), spacing="None")]),
        line(run(_state(poll, texts), subtle=True), spacing="None"),
    ]
    for voice in vote.voices:
        lines += _voice(about, vote, voice, texts)
    return group(*lines, separator=True, spacing="Medium")


def _voice(about: About, vote: PastVote, voice: VoiceView, texts: Catalogue) -> list[Element]:
    answer = answer_of(voice, texts)
    if voice.at is not None:
        answer = texts("card.my_votes.answer", choice=answer, time=exact(about, voice.at))
    lines = [line(f"{voice_name(voice, texts)} ", run(answer, bold=True), spacing="Small")]
    receipt = vote.receipts.get(voice.member.id)
    return lines if receipt is None else lines + receipt_lines(about, vote.poll, voice, receipt, texts)


def _state(poll: PollView, texts: Catalogue) -> str:
    verdict = poll_verdict(poll, texts)
    if verdict:
        return texts("card.my_votes.proclaimed", verdict=verdict)
    return texts(f"card.poll.state.{poll.state.value}")
