"""A member's own card in a poll: what was recorded for each voice he gives, and the buttons still to press.

Six buttons at most: the first voice not heard yet has its four answers, each voice heard one button to change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards.about import About, exact
from bot.cards.buttons import CHOICES, execute, own_choices, press, proxy_choices, short_names
from bot.cards.contests import options
from bot.cards.elements import NAME, SHORT, Card, Element, actions, card, clean, code, group, heading, line, run
from bot.cards.lines import item_lines, item_name, poll_lines, wording
from bot.cards.poll import until
from bot.texts import Catalogue
from voting.domain.ids import PersonId
from voting.domain.polls import PollState
from voting.domain.tally import Choice
from voting.service.views.member import VoiceView, VoterView
from voting.service.views.parts import PollView
from voting.wording import sentences


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where one's own vote stands in the journal: the line number and its hash, in hexadecimal."""

    seq: int
    leaf: str


MAX_BUTTONS = 6

Receipts = Mapping[PersonId, Receipt]
"""By the member whose voice it is."""


def ballot(about: About, view: VoterView, receipts: Receipts, changing: PersonId | None, texts: Catalogue) -> Card:
    """The member's card in the pending poll. ``changing`` is the voice that he wants to give again."""
    poll = view.poll
    if poll is None or not view.voices:
        return _outside(about, view, texts)
    if not poll.is_pressed:
        return _in_the_room(about, poll, texts)
    body: list[Element] = [heading(_title(poll, view, texts)), *poll_lines(poll, texts), *until(about, poll, texts)]
    left = MAX_BUTTONS
    for voice in view.voices:
        body.append(_voice(about, poll, voice, receipts, texts))
        if poll.contest is not None and voice is _active(view, changing):
            body += [
                line(texts("card.contest.choose")),
                *options(about, poll, poll.contest, voice, texts, room=_room(view, changing)),
            ]
            left = 0
            continue
        buttons = _buttons(about, poll, view, voice, changing, texts)
        body += [*(_remembered(view, voice, texts) if changing is None else []), *_row(buttons, changing, texts)]
        left -= len(buttons)
    body += _footnotes(view, receipts, texts)
    if left > 0:
        body.append(actions(press("need_help", about, texts)))
    return card(body, spoken=_spoken(about, view, texts), texts=texts)


def receipt_lines(about: About, poll: PollView, voice: VoiceView, receipt: Receipt, texts: Catalogue) -> list[Element]:
    """The receipt to keep: poll, answer, place in the journal, time, and the hash of the line."""
    facts = texts(
        "card.receipt.line",
        poll=poll.number,
        choice=answer_of(voice, texts),
        seq=receipt.seq,
        time=exact(about, voice.at) if voice.at is not None else "",
    )
    return [
        line(run(facts, subtle=True, size="Small"), spacing="Small"),
        code(receipt.leaf),
    ]


def choice_word(choice: Choice | None, texts: Catalogue) -> str:
    """The answer in words."""
    return sentences.choice_word(wording(texts), choice)


def answer_of(voice: VoiceView, texts: Catalogue) -> str:
    """What was answered: for whom or for what, in a choice among several."""
    return clean(voice.option, NAME) or choice_word(voice.choice, texts)


def voice_name(voice: VoiceView, texts: Catalogue) -> str:
    """Whose voice: one's own, or that of a proxy's giver."""
    if voice.is_proxy:
        return texts("card.ballot.proxy", name=clean(voice.member.formal, NAME))
    return texts("card.ballot.own")


def _active(view: VoterView, changing: PersonId | None) -> VoiceView | None:
    if not view.poll_open:
        return None
    if changing is not None:
        return next((voice for voice in view.voices if voice.member.id == changing), None)
    return next((voice for voice in view.voices if voice.choice is None), None)


def _title(poll: PollView, view: VoterView, texts: Catalogue) -> str:
    return texts("card.ballot.title" if view.poll_open else "card.closed.title", number=poll.number)


def _voice(about: About, poll: PollView, voice: VoiceView, receipts: Receipts, texts: Catalogue) -> Element:
    label = run(f"{voice_name(voice, texts)} ", bold=True)
    if voice.choice is None or voice.at is None:
        return group(line(label, texts("card.ballot.not_yet")), separator=True, spacing="Medium")
    code = "card.ballot.spoken" if voice.spoken else "card.ballot.recorded"
    lines = [
        line(label, run(answer_of(voice, texts), bold=True, size="Large")),
        line(f"✔ {texts(code, time=exact(about, voice.at))}", spacing="None"),
    ]
    receipt = receipts.get(voice.member.id)
    if receipt is not None:
        lines += receipt_lines(about, poll, voice, receipt, texts)
    return group(*lines, separator=True, spacing="Medium")


def _buttons(
    about: About, poll: PollView, view: VoterView, voice: VoiceView, changing: PersonId | None, texts: Catalogue
) -> list[Element]:
    """The four answers for the voice whose turn it is, one button for each voice that may be changed, else none."""
    name = short_names(view.voices)[voice.member.id]
    if voice is _active(view, changing):
        answers = (
            proxy_choices(about, poll.id, voice, name, texts)
            if voice.is_proxy
            else own_choices(about, poll.id, voice.next_revision, texts)
        )
        keep = execute("ballot", texts("card.button.keep"), sitting=about.sitting, poll=poll.id)
        return [*answers, *_same(about, poll, view, voice, texts)] if changing is None else [*answers, keep]
    if view.poll_open and voice.choice is not None and changing is None:
        return [_change(about, poll, voice, name, texts)]
    return []


def _same(about: About, poll: PollView, view: VoterView, voice: VoiceView, texts: Catalogue) -> list[Element]:
    """One press to confirm the answer given to the item before, where there is room for it."""
    if voice.same is None or _room(view, None) <= len(CHOICES):
        return []
    choice = voice.same.choice
    title = texts("card.same_vote.button", choice=choice_word(choice, texts))
    if voice.is_proxy:
        title = texts("card.button.by_proxy", title=title, name=short_names(view.voices)[voice.member.id])
    return [
        execute(
            "same_vote",
            title,
            sitting=about.sitting,
            poll=poll.id,
            member=voice.member.id if voice.is_proxy else None,
            revision=voice.next_revision,
            kind=choice.value,
        )
    ]


def _remembered(view: VoterView, voice: VoiceView, texts: Catalogue) -> list[Element]:
    if voice.same is None or voice is not _active(view, None) or _room(view, None) <= len(CHOICES):
        return []
    said = texts(
        "card.same_vote.line", item=item_name(voice.same.item, texts), choice=choice_word(voice.same.choice, texts)
    )
    return [line(run(said, bold=True), spacing="Small")]


def _room(view: VoterView, changing: PersonId | None) -> int:
    """Buttons left for the answers: each other voice heard has one to change it, unless one voice is being changed."""
    others = sum(1 for v in view.voices if v.choice is not None)
    return MAX_BUTTONS if changing is not None else MAX_BUTTONS - others


def _row(buttons: list[Element], changing: PersonId | None, texts: Catalogue) -> list[Element]:
    if len(buttons) < 2:
        return [actions(*buttons)] if buttons else []
    return [line(texts("card.ballot.choose" if changing is None else "card.ballot.choose_again")), actions(*buttons)]


def _footnotes(view: VoterView, receipts: Receipts, texts: Catalogue) -> list[Element]:
    lines = []
    if any(voice.member.id in receipts for voice in view.voices):
        lines.append(line(run(texts("card.receipt.what_for"), subtle=True, size="Small")))
    if not view.poll_open:
        lines.append(line(texts("card.closed.wait")))
    return lines


def _change(about: About, poll: PollView, voice: VoiceView, name: str, texts: Catalogue) -> Element:
    if not voice.is_proxy:
        return press("change", about, texts, poll=poll.id)
    title = texts("card.button.by_proxy", title=texts("card.button.change"), name=name)
    return execute("change", title, sitting=about.sitting, poll=poll.id, member=voice.member.id)


def _outside(about: About, view: VoterView, texts: Catalogue) -> Card:
    """No poll, or one in which this person gives no voice."""
    poll = view.poll
    if poll is None:
        said, item = texts("card.ballot.no_poll"), view.item
    else:
        said, item = texts(_why_outside(view), number=poll.number), poll.item
    body = [heading(texts("card.ballot.none")), line(said)]
    if item is not None:
        body += item_lines(item, texts, limit=SHORT)
    buttons = [press("present", about, texts)] if not view.presence.is_here else []
    body.append(actions(*buttons, press("my_votes", about, texts), press("need_help", about, texts)))
    return card(body, spoken=said, texts=texts)


def _in_the_room(about: About, poll: PollView, texts: Catalogue) -> Card:
    """A vote by hands or on paper: nothing is pressed, nothing is shown of one's own voice."""
    title, said = texts("card.voting.title", number=poll.number), texts(f"card.voting.how.{poll.method.value}")
    if poll.state is not PollState.OPEN:
        title, said = texts("card.closed.title", number=poll.number), texts("card.closed.wait")
    body = [heading(title), *poll_lines(poll, texts), line(said), actions(press("need_help", about, texts))]
    return card(body, spoken=f"{title}. {said}", texts=texts)


def _why_outside(view: VoterView) -> str:
    if view.recused:
        return "card.ballot.recused"
    return "card.ballot.not_elector" if view.presence.is_here else "card.ballot.not_here"


def _spoken(about: About, view: VoterView, texts: Catalogue) -> str:
    heard = []
    for voice in view.voices:
        said = texts("card.ballot.not_yet")
        if voice.choice is not None and voice.at is not None:
            said = f"{answer_of(voice, texts)}, {exact(about, voice.at)}."
        heard.append(f"{voice_name(voice, texts)} {said}")
    return " ".join(heard)
