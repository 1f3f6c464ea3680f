"""Traces of a vote through the front door, as a collector receives them: what they tell, and what they never do."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.commands.base import Audience
from bot.otlp import Otlp
from bot.tracing import Fact
from bot.turn import TurnKind
from tests.bot.test_conversation import CLERK, FIRST, HERE, SECOND, SITTING, THIRD, polled
from tests.bot.test_errands import Faulty
from tests.kit.collector import Collector, Told, collector
from tests.kit.hall import Hall, hall, words
from voting.domain.tally import Choice
from voting.wording import catalogue
from voting.wording.sentences import choice_word

PRESS = "activity press"
ARRIVES = "POST /api/messages"
TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@asynccontextmanager
async def told(monkeypatch: pytest.MonkeyPatch, store: Faulty | None = None) -> AsyncIterator[tuple[Hall, Collector]]:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    async with collector() as there:
        tracing = Otlp(there.url)
        try:
            async with hall(SITTING, store=store, tracing=tracing) as room:
                yield room, there
        finally:
            await tracing.close()


async def spans(there: Collector, wanted: Callable[[list[Told]], object]) -> list[Told]:
    """What was received once that is there, and whatever it all belongs to."""
    found: list[Told] = []

    def is_there() -> bool:
        found[:] = there.spans()
        return bool(wanted(found)) and {s.parent for s in found} - {b""} <= {s.id for s in found}

    await there.until(is_there)
    return found


def named(found: list[Told], name: str) -> list[Told]:
    return [span for span in found if span.name == name]


def votes(found: list[Told]) -> list[Told]:
    return [span for span in found if span.facts.get(Fact.COMMAND) == "vote"]


def above(found: list[Told], span: Told) -> tuple[str, ...]:
    """The names from the root down to that span."""
    by_id = {one.id: one for one in found}
    path = [span]
    while path[0].parent:
        path.insert(0, by_id[path[0].parent])
    return tuple(one.name for one in path)


async def test_a_vote_is_told_by_what_was_served_handled_and_written(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(monkeypatch) as (room, there):
        await polled(room)
        await room.press(FIRST, "for")
        found = await spans(there, votes)
        (press,) = votes(found)
        assert press.facts == {Fact.TURN: "press", Fact.COMMAND: "vote"}
        assert above(found, press) == (ARRIVES, PRESS)
        (request,) = [s for s in found if s.id == press.parent]
        assert request.facts == {Fact.METHOD: "POST", Fact.ROUTE: "/api/messages", Fact.STATUS: 200}
        assert 0 < press.seconds <= request.seconds
        commits = named(found, "journal commit")
        assert {above(found, s) for s in commits} == {("journal commit",)}, "a commit writes what many have done"
        size = (await room.core.writer.snapshot(room.sitting)).size
        assert sum(int(s.facts[Fact.LINES]) for s in commits) == size
        assert {s.facts[Fact.OUTCOME] for s in commits} == {"Appended"}
        assert {s.has_failed for s in found} == {False}
        assert there.resource().keys() == {"service.name", "service.version"}
        assert there.resource()["service.name"] == "hemicycle"


async def test_calls_to_teams_belong_to_whoever_asked_and_cards_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(monkeypatch) as (room, there):
        await polled(room)
        await room.say(FIRST, "aide")
        found = await spans(there, lambda all: [s for s in named(all, "Teams POST") if s.parent])
        calls = named(found, "Teams POST")
        assert {above(found, s) for s in calls} >= {("Teams POST",), (ARRIVES, "Teams POST")}
        assert {s.facts[Fact.ATTEMPTS] for s in calls} == {1}
        assert {s.facts[Fact.STATUS] for s in calls} <= {200, 201}


async def test_nothing_that_is_exported_names_anybody_or_says_what_was_voted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(monkeypatch) as (room, there):
        await polled(room)
        await room.press(FIRST, "for")
        await room.press(SECOND, "against")
        await room.press(HERE[5], "not_taking_part")
        await room.say(THIRD, "abstention")
        await room.say(THIRD, "pour")
        for path in (f"/seances/{room.sitting}?lang=en", f"/{FIRST}/for?x={FIRST}"):
            async with room.session.get(room.running.town.origin + path, headers={"traceparent": TRACEPARENT}) as page:
                await page.read()
        await room.say(CLERK, "clore")
        await there.until(lambda: {"GET (none)", "GET /seances/{sitting}"} <= {s.name for s in there.spans()})
        found = await spans(there, lambda all: len(votes(all)) >= 5)
        sent, strings = b"".join(there.bodies), there.strings()
        secrets = [room.sitting, room.meeting.id, SITTING.title]
        for member in SITTING.members:
            person = room.person(member.id)
            secrets += [member.full_name, member.last_name, person.user_id, str(person.account), room.own(member.id).id]
        assert [secret for secret in secrets if secret.encode() in sent] == []
        assert len(secrets) > 100
        assert min(map(len, secrets)) > 4, "shorter, they could be there by chance"
        said = {word for text in strings for word in re.split(r"\W+", text.lower())}
        choices = {c.value for c in Choice}
        choices |= {choice_word(catalogue(language), c).lower() for c in Choice for language in ("fr", "en")}
        people = {str(m.id) for m in SITTING.members} | {m.first_name.lower() for m in SITTING.members}
        assert said.isdisjoint(choices | people)
        assert strings <= program_words(room) | {str(there.resource()["service.version"])}
        assert TRACE not in {s.trace.hex() for s in found}, "nobody outside joins his trace to ours"


def program_words(room: Hall) -> set[str]:
    """All that may be sent, known without looking at what anybody did."""
    served = web.Application()
    served.add_routes([*room.running.app.routes(), *room.running.town.routes()])
    routes = {resource.canonical for resource in served.router.resources()} | {"(none)"}
    methods = {"GET", "POST", "PUT", "DELETE"}
    names = {f"{method} {route}" for method in methods for route in routes}
    names |= {f"Teams {method}" for method in methods} | {f"activity {kind.value}" for kind in TurnKind}
    facts = {*(fact.value for fact in Fact), *(kind.value for kind in TurnKind), *(a.value for a in Audience)}
    fixed = {"vote", "journal commit", "Appended", "hemicycle", "service.name", "service.version"}
    return routes | methods | names | facts | fixed


async def test_the_number_that_a_person_is_told_is_on_the_span_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Faulty()
    async with told(monkeypatch, store) as (room, there):
        await polled(room)
        card = room.newest(FIRST, "for")
        store.full = True
        answer = words(await room.press(FIRST, "for", card))
        found = await spans(there, votes)
        (press,) = votes(found)
        assert str(press.facts[Fact.INCIDENT]) in answer
        assert (press.facts[Fact.ERROR], press.has_failed) == ("StoreFull", True)
        assert named(found, "journal commit")[-1].facts[Fact.ERROR] == "StoreFull"
        assert [s for s in found if Fact.INCIDENT in s.facts] == [press]


async def test_the_sampler_is_the_standard_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    async with collector() as there:
        tracing = Otlp(there.url)
        with tracing.span("one"):
            tracing.tell({Fact.LINES: 1})
        await tracing.close()
        assert there.bodies == []
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_on")
    async with collector() as there:
        tracing = Otlp(there.url + "/v1/traces")
        with tracing.span("one"):
            tracing.tell({Fact.LINES: 1})
        await tracing.close()
        assert [(s.name, s.facts) for s in there.spans()] == [("one", {Fact.LINES: 1})], "sent at the end"
