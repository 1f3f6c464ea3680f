"""The cards of rehearsals, exercises, readiness and help, from the small sitting."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.cards import ballot, documents, exercise, help_desk, home, marks, readiness
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s
from voting.domain.ids import PersonId
from voting.service.helping import HelpReport
from voting.service.ports import Exercise, HelpRequest, HelpState
from voting.service.shelf import offered
from voting.wording import catalogue as shared_catalogue

Cards = Iterator[tuple[str, Card]]
AT = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
URL = "https://votes.example.org/preparation/blanc-1-3f1c9a52e07b4d68"


def training(texts: Catalogue) -> Cards:
    """Each by name."""
    convened, vote = s.small(), s.voting()
    about = convened.state.facts
    yield "rehearsal_home", marks.marked(home.home(about, s.member(convened, "m005"), texts), texts)
    yield "rehearsal_opened", marks.marked(marks.opened(about, texts), texts)
    yield "rehearsal_purged", marks.marked(marks.purged(texts), texts)
    shown = ballot.ballot(about, s.member(vote, "m001"), {}, None, texts)
    all_ = tuple(Exercise)
    yield "exercise_vote", marks.marked(exercise.led(shown, about, Exercise.VOTE, all_, texts), texts)
    yield "exercise_network", marks.marked(exercise.led(shown, about, Exercise.NETWORK, all_, texts), texts)
    yield "exercise_finished", marks.marked(exercise.finished(about, texts), texts)
    yield "exercise_invitation", marks.marked(exercise.invitation(about, texts), texts)
    people = [
        readiness.ToCall(name="Maryvonne Le Dantec", why=texts("readiness.why.never_came"), phone="02 99 00 00 01"),
        readiness.ToCall(
            name="Jean-Baptiste Rouvergnas",
            why=texts("readiness.why.failed", exercise=texts("exercise.name.typed"), problem=texts("problem.fault")),
            phone="",
        ),
    ]
    figures = readiness.Figures(ready=58, to_call=people, page_url=URL, table_url=f"{URL}.csv", reminded=2)
    yield "readiness", marks.marked(readiness.readiness(about, figures, texts), texts)
    yield "readiness_all", readiness.readiness(about, _everybody(), texts)
    yield from _help(texts)
    ready = [
        (name, f"{URL}/{name}") for name in offered(is_staff=True, is_closed=True, is_public=True) if name != "scdl"
    ]
    missing = shared_catalogue(texts.language)("papers.blocked.siret")
    shelf = documents.Shelf(ready=ready, missing=[("scdl", missing)], is_closed=True, gives_files=True)
    yield "documents", documents.documents(about, shelf, texts)
    early = documents.Shelf(ready=ready[:2], missing=[], is_closed=False)
    yield "documents_early", documents.documents(about, early, texts)
    without = documents.Shelf(ready=[("ics", None), ("notes", None)], missing=[], is_closed=False, gives_files=True)
    yield "documents_as_files", documents.documents(about, without, texts)


def _everybody() -> readiness.Figures:
    return readiness.Figures(ready=60, to_call=[], page_url=None, table_url=None)


def _help(texts: Catalogue) -> Cards:
    about = s.small().state.facts
    waits = _asked(texts, HelpState.WAITING, "")
    taken = _asked(texts, HelpState.TAKEN, "Anne Corbel")
    yield "help_alert", help_desk.alert(about, waits, texts)
    yield "help_queue", help_desk.queue(about, [taken, waits], 100, None, texts)
    yield "help_queue_empty", help_desk.queue(about, [_asked(texts, HelpState.CLOSED, "Anne Corbel")], 40, None, texts)
    unhelped = HelpReport(asked=0, settled=0, taken_in=None, settled_in=None, voiced=0)
    yield "help_queue_end", help_desk.queue(about, [], None, None, texts, report=unhelped)
    yield "help_finish", help_desk.finish(about, taken, texts)
    yield "help_before_closing", help_desk.before_closing(about, [waits] * 5, texts)


def _asked(texts: Catalogue, state: HelpState, helper: str) -> help_desk.Asked:
    request = HelpRequest(
        id="h-0001",
        sitting=s.small().state.facts.sitting,
        person=PersonId("m005"),
        asked_at=AT,
        from_meeting=state is HelpState.WAITING,
        client="iOS",
        state=state,
        note="rappellera" if state is HelpState.TAKEN else "",
    )
    return help_desk.Asked(
        request=request,
        name="Gaëlle Marsandier",
        doing=texts("command.for"),
        problem=texts("problem.poll_not_open"),
        phone="06 12 34 56 78",
        helper=helper,
    )
