"""Lines that several cards share: an item, a poll, people, a quorum. Leaves outcomes in words to `voting.wording`."""

from collections.abc import Sequence

from bot.cards.elements import NAME, SHORT, TITLE, Element, capital, clean, line, run, sentence
from bot.texts import Catalogue
from voting.domain.polls import PollState, Purpose
from voting.domain.quorum import QuorumCheck
from voting.service.views.parts import ItemView, PersonView, PollView
from voting.wording import catalogue, contests, sentences
from voting.wording.blocks import block_words, of_block
from voting.wording.sentences import Subject, subject_of

MOST_TITLES = 12
"""Titles of items voted together that one card holds; the others by their number."""
MOST_NUMBERS = 40


def wording(texts: Catalogue) -> Catalogue:
    """The shared sentences of the same language."""
    return catalogue(texts.language)


def subject(poll: PollView) -> Subject:
    """What the poll decides on, for the agreement of its verdict."""
    return subject_of(poll.purpose, [item.kind for item in poll.items])


def poll_verdict(poll: PollView, texts: Catalogue) -> str:
    """What was proclaimed and on which ground, without the figures; nothing before."""
    if poll.state is not PollState.PROCLAIMED:
        return ""
    if poll.contest is not None and poll.result is not None:
        return contests.chosen_sentence(wording(texts), poll.contest, poll.result)
    if poll.decision is None:
        return ""
    verdict = sentences.verdict_sentence(wording(texts), poll.decision, subject(poll))
    return together(poll, sentences.as_amended(wording(texts), verdict, poll.terms), texts)


def together(poll: PollView, said: str, texts: Catalogue) -> str:
    """What was said of the poll, with the items that it decides when they are several."""
    return of_block(wording(texts), said, [(i.kind, clean(i.number, 30)) for i in poll.items], MOST_TITLES)


def poll_name(poll: PollView, texts: Catalogue) -> str:
    """What the poll is on: its item, or how many where they are several."""
    if not poll.also:
        return item_name(poll.item, texts)
    return block_words(wording(texts), [(i.kind, clean(i.number, 30)) for i in poll.items], MOST_TITLES)


def item_name(item: ItemView, texts: Catalogue) -> str:
    """Its kind and its number."""
    return texts(f"card.item.name.{item.kind.value}", number=clean(item.number, 30))


def item_place(item: ItemView, texts: Catalogue) -> str:
    """Its place on the agenda."""
    return texts("card.item.place", position=item.position, total=item.total)


def item_lines(item: ItemView, texts: Catalogue, *, limit: int = TITLE) -> list[Element]:
    """Where the item stands on the agenda, its kind, its number and its title."""
    return [
        line(run(f"{item_name(item, texts)} · {item_place(item, texts)}", subtle=True)),
        line(run(clean(item.title, limit), bold=True), spacing="Small"),
    ]


def poll_lines(poll: PollView, texts: Catalogue) -> list[Element]:
    """The item of a poll, and what is asked about it."""
    shown = _block_lines(poll, texts) if poll.also else item_lines(poll.item, texts)
    if poll.terms.is_amended:
        shown.append(line(texts("card.poll.amended"), spacing="Small"))
    if poll.contest is not None:
        shown.append(line(capital(contests.round_title(wording(texts), poll.contest)), spacing="Small"))
    if poll.purpose is Purpose.IN_CAMERA:
        shown.append(line(texts("card.poll.in_camera")))
    if poll.purpose is Purpose.CLOSURE:
        shown.append(line(texts("card.poll.closure")))
    if poll.purpose is Purpose.SECRET_BALLOT_REQUEST:
        shown.append(line(texts("card.poll.secret_request")))
    return shown


def _block_lines(poll: PollView, texts: Catalogue) -> list[Element]:
    """The items voted together: number and title as far as a card holds them, then numbers alone."""
    titled, rest = poll.items[:MOST_TITLES], poll.items[MOST_TITLES:]
    shown = [line(run(texts("card.block.title"), bold=True))]
    for item in titled:
        shown.append(
            line(run(f"{item_name(item, texts)} · ", subtle=True), run(clean(item.title, SHORT)), spacing="Small")
        )
    if rest:
        numbers = ", ".join(clean(item.number, 30) for item in rest[:MOST_NUMBERS])
        shown.append(line(texts.plural("card.block.more", len(rest), numbers=numbers), spacing="Small"))
    left = len(rest) - MOST_NUMBERS
    if left > 0:
        shown.append(line(texts.plural("card.block.rest", left, n=left), spacing="Small"))
    return shown


def people(persons: Sequence[PersonView], texts: Catalogue, *, limit: int = 20) -> str:
    """Their names, as far as they fit."""
    names = ", ".join(clean(person.formal, NAME) for person in persons[:limit])
    rest = len(persons) - limit
    return names if rest <= 0 else texts.plural("card.and_others", rest, names=names, n=rest)


def people_lines(code: str, persons: Sequence[PersonView], texts: Catalogue) -> list[Element]:
    """How many they are and who; nothing when there is nobody."""
    if not persons:
        return []
    title = texts.plural(code, len(persons), n=len(persons))
    return [line(run(title, bold=True)), line(people(persons, texts), spacing="Small")]


def quorum_text(check: QuorumCheck, texts: Catalogue) -> str:
    """The quorum in one sentence."""
    return sentence(sentences.quorum_sentence(wording(texts), check))


def labelled(label: str, value: str, *, limit: int = SHORT) -> Element:
    """A label and what a person typed for it."""
    return line(run(label, bold=True), run(f" {clean(value, limit)}"), spacing="Small")
