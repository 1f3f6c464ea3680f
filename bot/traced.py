"""What is traced: requests served, activities handled, commits of the journal. Calls to Teams: ``teams.transport``.

Each of these gives back what it was given when nobody asked for traces: the way of a vote is then as it was.
"""

from collections.abc import Mapping, Sequence
from http import HTTPMethod
from typing import Protocol, cast

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.commands import COMMANDS, vocabulary
from bot.tracing import OFF, Fact, Kind, Tracing
from bot.turn import Reply, Turn, TurnKind
from voting.journal.store import Appended, Entry, Head, HeadMoved, KeyTaken, Store

VOTE = "vote"
VOTES = frozenset({"for", "against", "abstention", "not_taking_part", "choose", "same_vote", "ballot", "change"})
"""Commands of everyone that are told apart from the others, and never from each other."""
_METHODS = frozenset(HTTPMethod)


class Turns(Protocol):
    """Answers turns."""

    async def on_turn(self, turn: Turn) -> Reply:
        """The reply to that turn; None when nobody waits for one."""
        ...


def served(tracing: Tracing) -> tuple[Middleware, ...]:
    """One span per request: its method and the template of its address. What the request says of a trace is ignored."""
    if tracing is OFF:
        return ()

    @web.middleware
    async def traced(request: web.Request, handler: Handler) -> web.StreamResponse:
        method = request.method if request.method in _METHODS else "_OTHER"
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "(none)"
        thrown: web.HTTPException | None = None
        with tracing.span(f"{method} {route}", Kind.SERVED, {Fact.METHOD: method, Fact.ROUTE: route}):
            try:
                answer = await handler(request)
            except web.HTTPException as known:
                answer = thrown = known
            except Exception:
                tracing.tell({Fact.STATUS: 500})
                raise
            tracing.tell({Fact.STATUS: answer.status})
            if answer.status >= 500:
                tracing.tell({Fact.ERROR: str(answer.status)})
        if thrown is not None:
            raise thrown
        return answer

    return (traced,)


def handled(tracing: Tracing, turns: Turns) -> Turns:
    """One span per activity: its kind, and whose command it is."""
    return turns if tracing is OFF else _Handled(tracing, turns)


class _Handled:
    def __init__(self, tracing: Tracing, turns: Turns) -> None:
        self._tracing, self._turns, self._vocabulary = tracing, turns, vocabulary()

    async def on_turn(self, turn: Turn) -> Reply:
        facts: dict[Fact, str | int] = {Fact.TURN: turn.kind.value}
        if family := self._family(turn):
            facts[Fact.COMMAND] = family
        with self._tracing.span(f"activity {turn.kind.value}", Kind.WITHIN, facts):
            return await self._turns.on_turn(turn)

    def _family(self, turn: Turn) -> str:
        name: object = turn.verb or turn.data.get("verb")  # from a client: it may be anything
        if turn.kind is TurnKind.TEXT:
            heard = self._vocabulary.hear(turn.text)
            name = heard.name if heard is not None else None
        if not isinstance(name, str) or name not in COMMANDS:
            return ""
        return VOTE if name in VOTES else COMMANDS[name].audience.value


def written(tracing: Tracing, store: Store) -> Store:
    """One span per commit: how many lines. It belongs to no activity, since it writes those of many."""
    return store if tracing is OFF else cast(Store, _Written(tracing, store))


class _Written:
    """The same store; only ``append`` is watched."""

    def __init__(self, tracing: Tracing, store: Store) -> None:
        self._tracing, self._store = tracing, store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Appended | HeadMoved | KeyTaken:
        with self._tracing.span("journal commit", Kind.WITHIN, {Fact.LINES: len(entries)}):
            outcome = await self._store.append(expected, entries)
            self._tracing.tell({Fact.OUTCOME: type(outcome).__name__})
            return outcome
