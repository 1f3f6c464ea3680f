"""What is going on for one person, in sentences, and what he can do about it, in buttons. Used by `home` and `help`."""

from collections.abc import Iterator

from bot.cards.about import About, clock, exact, length
from bot.cards.buttons import press
from bot.cards.elements import NAME, SHORT, Element, clean
from bot.cards.exchange import state
from bot.cards.lines import item_name
from bot.texts import Catalogue
from voting.domain.assembly import Role
from voting.domain.ids import PersonId
from voting.domain.sitting import Phase
from voting.service.views.member import MemberView, PlannedView
from voting.service.views.speaking import TurnView

ROLES_WITH_SEAT = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.SECRETARY)


def situation(about: About, view: MemberView, texts: Catalogue) -> list[str]:
    """Where the person stands, the most pressing first after the state of the sitting."""
    return [
        texts(f"card.phase.{view.phase.value}"),
        *_own_place(view, texts),
        *_debate(about, view, texts),
        *_proxies(view, texts),
    ]


def possible(about: About, view: MemberView, texts: Catalogue) -> list[Element]:
    """At most four buttons, the most useful first."""
    return [press(verb, about, texts, person=_grantor(verb, view)) for verb in _verbs(view)][:4]


def aloud(told: list[str]) -> str:
    """Those lines as one says them: a title has no full stop of its own."""
    return " ".join(said if said.endswith((".", "!", "?", "…")) else f"{said}." for said in told)


def poll_sentence(view: MemberView, texts: Catalogue) -> str | None:
    """The pending poll as this person stands in it."""
    poll = view.poll
    if poll is None:
        return None
    if not view.poll_open:
        return texts("card.now.poll_closed", number=poll.number)
    if not view.voices:
        return texts("card.now.poll_outside", number=poll.number)
    if not poll.is_pressed:
        return texts("card.now.poll_in_the_room", number=poll.number)
    left = sum(1 for voice in view.voices if voice.choice is None)
    if left == len(view.voices):
        return texts("card.now.poll_not_voted", number=poll.number)
    if left:
        return texts.plural("card.now.poll_left", left, number=poll.number, n=left)
    return texts("card.now.poll_voted", number=poll.number)


def _grantor(verb: str, view: MemberView) -> PersonId | None:
    """Whose proxy the answer is about: the first one offered."""
    return view.proxy_offers[0].id if verb in ("accept", "decline") else None


def _own_place(view: MemberView, texts: Catalogue) -> Iterator[str]:
    if view.phase is not Phase.CLOSED:
        yield texts(f"card.now.{view.presence.value}")


def _debate(about: About, view: MemberView, texts: Catalogue) -> Iterator[str]:
    if view.item is not None:
        yield texts("card.now.item", name=item_name(view.item, texts), title=clean(view.item.title, SHORT))
    if view.recused:
        yield texts("card.now.recused")
    elif view.is_in_writing and view.item is not None and view.poll is None:
        yield state(about, view.exchange, texts)
    poll = poll_sentence(view, texts)
    if poll is not None:
        yield poll
    if view.turn is not None:
        yield _speaking(about, view.turn, texts)
    elif view.floor_position is not None:
        yield texts("card.now.waiting", position=view.floor_position)


def _speaking(about: About, turn: TurnView, texts: Catalogue) -> str:
    if turn.ends_at is None:
        return texts("card.now.has_floor_paused")
    whole = length(turn.budget_seconds, texts)
    return texts("card.now.has_floor_until", time=exact(about, turn.ends_at), length=whole)


def _proxies(view: MemberView, texts: Catalogue) -> Iterator[str]:
    holder = view.proxy_given_to
    if holder is not None:
        code = "card.now.proxy_accepted" if view.proxy_accepted else "card.now.proxy_offered"
        yield texts(code, name=clean(holder.formal, NAME))
    for grantor in view.proxy_offers:
        yield texts("card.now.proxy_asked", name=clean(grantor.formal, NAME))
    for planned in view.planned if view.phase is not Phase.CLOSED else ():
        yield _planned(planned, texts)
    for grantor in view.proxies_held if view.phase is not Phase.CLOSED else ():
        yield texts("card.now.proxy_held", name=clean(grantor.formal, NAME))


def _planned(planned: PlannedView, texts: Catalogue) -> str:
    since = clock(planned, planned.since)
    if planned.until is None:
        hours = texts("card.now.hours.from", since=since)
    else:
        hours = texts("card.now.hours.between", since=since, until=clock(planned, planned.until))
    code = "proxy_coming"
    if planned.is_given:
        code = "proxy_planned" if planned.is_accepted else "proxy_planned_asked"
    return texts(f"card.now.{code}", name=clean(planned.other.formal, NAME), hours=hours)


def _verbs(view: MemberView) -> Iterator[str]:
    if view.phase is Phase.CLOSED:
        yield "my_votes" if view.role in ROLES_WITH_SEAT else "agenda"
        return
    if view.poll_open and view.voices:
        yield "ballot"
    yield from _own_verbs(view)
    if view.is_staff:
        yield "sitting"
    if view.phase is not Phase.CONVENED and view.role in ROLES_WITH_SEAT:
        yield "my_votes"
    if view.phase is Phase.CONVENED and view.role in ROLES_WITH_SEAT:
        yield "sheet"
    if view.presence.is_here:
        yield "leave"


def _own_verbs(view: MemberView) -> Iterator[str]:
    if not view.presence.is_here:
        yield "present"
    if view.is_in_writing:
        yield from _written(view)
    elif view.floor_position is not None:
        yield "withdraw"
    elif _may_ask(view):
        yield "explanation" if view.list_closed else "floor"
    if view.proxy_offers:
        yield from ("accept", "decline")
    if view.proxy_given_to is not None or any(p.is_given for p in view.planned):
        yield "revoke"
    elif view.takes_proxies and not view.presence.is_here and view.role in ROLES_WITH_SEAT:
        yield "proxy"


def _written(view: MemberView) -> Iterator[str]:
    """Where one writes instead of speaking (R50)."""
    running = view.exchange
    if running is None or view.poll is not None:
        return
    if running.is_open and view.presence.is_here and not view.recused:
        yield "write"
    yield "exchange"


def _may_ask(view: MemberView) -> bool:
    return (
        view.phase is Phase.OPEN
        and view.presence.is_here
        and view.item is not None
        and view.poll is None
        and not view.recused
        and not view.has_floor
    )
