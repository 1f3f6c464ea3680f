"""The two messages of a poll in the meeting chat: the voting card, still while it is open, and the live figures."""

from collections.abc import Sequence

from bot.cards.about import About, clock, exact
from bot.cards.buttons import own_choices, press
from bot.cards.contests import options, question_of
from bot.cards.elements import NAME, Card, Element, actions, bar, card, clean, code, heading, line, run
from bot.cards.lines import poll_lines, poll_name, poll_verdict
from bot.cards.ways import call_place
from bot.texts import Catalogue
from voting.domain.polls import PollState
from voting.domain.ruleset import VotingMethod
from voting.service.views.parts import PollView

MAX_VIEWERS = 60
"""Addresses that Teams accepts in ``refresh``; beyond, each member asks for his own card."""


def voting(about: About, poll: PollView, viewers: Sequence[str] | None, texts: Catalogue) -> Card:
    """The card that everybody votes on. Never edited while the poll is open: an edit would wipe the receipts.

    ``viewers`` are the addresses (``29:…``) of those whose clients fetch their own version; None leaves it out.
    """
    title = texts("card.voting.title", number=poll.number)
    question = question_of(poll, texts)
    body = [
        heading(title, large=True),
        *poll_lines(poll, texts),
        line(run(question, bold=True, size="Medium"), spacing="Medium"),
        *until(about, poll, texts),
        *_answers(about, poll, texts),
        actions(press("need_help", about, texts)),
    ]
    titled = "" if poll.also else f", {clean(poll.item.title, 300)}"
    spoken = f"{title}. {poll_name(poll, texts)}{titled}. {question}"
    refresh = _refresh(about, poll, viewers, texts) if poll.is_pressed else None
    return card(body, spoken=spoken, texts=texts, refresh=refresh)


def until(about: About, poll: PollView, texts: Catalogue) -> list[Element]:
    """The hour at which it was announced to end, where one was: true for as long as the card stays still."""
    if poll.ends_at is None:
        return []
    return [line(run(texts("card.poll.until", time=exact(about, poll.ends_at)), bold=True), spacing="Small")]


def _answers(about: About, poll: PollView, texts: Catalogue) -> list[Element]:
    """The four answers and what becomes of them; where the room votes, how it does."""
    how = [line(texts(f"card.voting.how.{poll.method.value}"))] if poll.method is not VotingMethod.ELECTRONIC else []
    kept = "secret" if poll.method is VotingMethod.SECRET else "public"
    told = line(run(texts(f"card.voting.{kept}"), size="Small"), spacing="Small")
    if not poll.is_pressed:
        return [*how, told]
    change = line(run(texts("card.voting.change"), size="Small"))
    contest = poll.contest
    own = actions(*own_choices(about, poll.id, 0, texts))
    buttons = [own] if contest is None else options(about, poll, contest, None, texts)
    return [*how, *buttons, change, told]


def closed(about: About, poll: PollView, texts: Catalogue) -> Card:
    """The voting card once the poll takes no more voices: counted, waiting for the chair, or proclaimed."""
    title = texts("card.closed.title", number=poll.number)
    heard = texts.plural("card.poll.heard", poll.heard, heard=poll.heard, electors=poll.electors)
    said = texts("card.closed.wait")
    verdict = poll_verdict(poll, texts)
    if verdict:
        said = texts("card.closed.proclaimed", verdict=verdict)
    body = [
        heading(title, large=True),
        *poll_lines(poll, texts),
        line(heard),
        line(said, spacing="Small"),
        actions(press("my_votes", about, texts), press("need_help", about, texts)),
    ]
    return card(body, spoken=f"{title}. {heard} {said}", texts=texts)


def annulled(about: About, poll: PollView, reason: str, texts: Catalogue) -> Card:
    """A poll that was struck: it counts for nothing, and why."""
    title = texts("card.annulled.title", number=poll.number)
    body: list[Element] = [
        heading(title, large=True),
        *poll_lines(poll, texts),
        line(run(texts("card.reason"), bold=True), f" {clean(reason)}"),
        line(texts("card.annulled.next"), spacing="Small"),
        actions(press("need_help", about, texts)),
    ]
    return card(body, spoken=title, texts=texts)


def live(about: About, poll: PollView, texts: Catalogue) -> Card:
    """How many voices are in. Never which: the figures by choice come with the proclamation."""
    title = texts("card.live.title", number=poll.number)
    heard = texts.plural("card.poll.heard", poll.heard, heard=poll.heard, electors=poll.electors)
    left = poll.electors - poll.heard
    state = texts.plural("card.live.left", left, n=left) if left else texts("card.live.all")
    if poll.state is not PollState.OPEN:
        state = texts("card.live.closed")
    elif poll.called is not None:
        state = texts("card.live.called", name=clean(poll.called.formal, NAME), round=call_place(poll, texts))
    elif not poll.is_pressed and not poll.heard:
        state = texts(f"card.live.{poll.method.value}")
    body = [
        heading(title),
        line(run(heard, bold=True, size="Medium")),
        code(bar(poll.heard, poll.electors, 20).ljust(20, "░"), spacing="Small"),
        line(state, spacing="Small"),
        *until(about, poll, texts),
        line(
            run(texts("card.live.since", time=clock(about, poll.opened_at)), subtle=True, size="Small"), spacing="Small"
        ),
    ]
    return card(body, spoken=f"{title}. {heard} {state}", texts=texts)


def _refresh(about: About, poll: PollView, viewers: Sequence[str] | None, texts: Catalogue) -> Element | None:
    if viewers is None:
        return None
    action = press("ballot", about, texts, poll=poll.id)
    del action["fallback"]
    return {"action": action, "userIds": list(viewers) if len(viewers) <= MAX_VIEWERS else []}
