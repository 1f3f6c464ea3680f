"""How long each group and each person has spoken: on the item where time is shared out, and in the whole sitting."""

from bot.cards.about import length
from bot.cards.buttons import press
from bot.cards.elements import NAME, SHORT, Card, Element, actions, card, clean, facts, heading, line, run
from bot.texts import Catalogue
from voting.service.views.board import BoardView
from voting.service.views.speaking import SpokenView, TimeView

LISTED = 20
"""People named; the rest is in the minutes."""


def times(board: BoardView, groups: tuple[SpokenView, ...], people: tuple[SpokenView, ...], texts: Catalogue) -> Card:
    """The running turn is not in the sums: a card cannot count."""
    title = texts("card.times.title")
    body: list[Element] = [
        heading(title, large=True),
        line(run(clean(board.title, SHORT), subtle=True), spacing="None"),
    ]
    shared = [_shared(time, texts) for time in board.group_times]
    if board.item_time is not None:
        shared.append((texts("card.times.all"), _used(board.item_time, texts)))
    if shared:
        body += [heading(texts("card.times.item")), facts(shared)]
    spoke = [group for group in groups if group.turns]
    if spoke:
        body += [heading(texts("card.times.groups")), facts([(group.group, _spoken(group, texts)) for group in spoke])]
    body.append(heading(texts("card.times.people")))
    if people:
        body.append(facts([(_name(one), _spoken(one, texts)) for one in people[:LISTED]]))
    else:
        body.append(line(texts("card.times.nobody")))
    body.append(actions(press("home", board, texts), press("need_help", board, texts)))
    return card(body, spoken=title, texts=texts)


def _shared(time: TimeView, texts: Catalogue) -> tuple[str, str]:
    return clean(time.group, NAME), _used(time, texts)


def _used(time: TimeView, texts: Catalogue) -> str:
    return texts("card.times.used", used=length(time.used_seconds, texts), length=length(time.allotted_seconds, texts))


def _name(one: SpokenView) -> str:
    return clean(one.person.formal, NAME) if one.person is not None else one.group


def _spoken(one: SpokenView, texts: Catalogue) -> str:
    return texts.plural("card.times.spoken", one.turns, n=one.turns, length=length(one.seconds, texts))
