"""Two real sittings of a municipal council held again: the minutes drawn from them say what the real ones say.

The data is read where it lies, and the test is skipped without it: no name of it is in the project. The council sits
here as an assembly by its own rules, for municipalities have no rule set; the bodies of its speeches are not in the
data, only how many words they had.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.kit import archival, journals
from tests.kit.journals import CLERK, Story
from tests.kit.replay import data
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import AgendaItem, Body, Civility, Member, Mode, Role
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, SittingId, item_id
from voting.domain.ruleset import StandingOrders
from voting.journal.canonical import split_lines
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.render import read_proof, render
from voting.minutes.sheet import compose
from voting.rules import current
from voting.verify import mandates, quorum, recount
from voting.verify.record import Record
from voting.wording import catalogue

NAME = "fr_conseil_municipal_lannion.json"
WORD = "parole"


@dataclass(frozen=True, slots=True)
class Real:
    """One of the sittings, as the data has it."""

    told: Any
    people: dict[str, PersonId]
    """By plain name."""
    guests: tuple[str, ...]
    """Who spoke and has no seat: the staff, whoever was invited."""

    def person(self, name: str) -> PersonId:
        """A name that was cut short where it was read is that of whoever begins so."""
        known = plain(self.told["president"] if plain(name) == "le maire" else name)
        begun = [person for full, person in self.people.items() if full.startswith(known)]
        return self.people[known] if known in self.people else begun[0]


def plain(name: str) -> str:
    """Without accents, hyphens, and what the table beside it left behind."""
    letters = unicodedata.normalize("NFKD", re.sub(r"\s+[A-Z]$", "", name.replace("’", "'").replace("-", " ")))
    return " ".join("".join(s for s in letters if not unicodedata.combining(s)).casefold().split())


def real(day: str) -> Real:
    told = next(s for s in data(NAME)["sessions"] if s["date"] == day)
    speakers = {plain(turn["speaker"]): turn["speaker"] for item in told["items"] for turn in item["turns"]}
    members = {plain(name): PersonId(f"m{n:03d}") for n, name in enumerate(told["members"], 1)}
    guests = {n: said for n, said in speakers.items() if not any(m.startswith(n) for m in ("le maire", *members))}
    return Real(told, members | {name: PersonId(f"g{n}") for n, name in enumerate(guests, 1)}, tuple(guests.values()))


def convened(sitting: Real) -> Story:
    told = sitting.told
    members = [_member(sitting, name) for name in told["members"]]
    guests = [
        Member(id=sitting.person(n), civility=Civility.MR, first_name="", last_name=n, role=Role.ADVISOR)
        for n in sitting.guests
    ]
    clerk = Member(id=CLERK, civility=Civility.MRS, first_name="", last_name="Greffe", role=Role.CLERK)
    items = tuple(AgendaItem(id=item_id(i["n"]), number=str(i["n"]), title=i["title"]) for i in told["items"])
    begins = datetime.combine(date.fromisoformat(told["date"]), time(16), tzinfo=UTC)
    story = Story(rules=current(Body.ASSOCIATION, Mode.ROOM, StandingOrders()), now=begins)
    story.do(
        c.ConveneSitting(
            by=CLERK,
            sitting=SittingId(f"lannion-{told['date']}"),
            title=f"Séance du {told['date']}",
            body=Body.ASSOCIATION,
            mode=Mode.ROOM,
            body_name="Conseil municipal",
            standing_orders=StandingOrders(),
            scheduled_for=begins,
            summoned_on=date.fromisoformat(told["convened"]),
            summons_mentions_remote=True,
            place=told.get("place", "hôtel de ville"),
            members=(*members, *guests, clerk),
            items=items,
        )
    )
    return story


def _member(sitting: Real, name: str) -> Member:
    first, _, last = name.partition(" ")
    group = next((m["group"] for m in data(NAME)["members"] if m["name"] == name), "")
    leads = sitting.person(name) == sitting.person("le maire")
    return Member(
        id=sitting.person(name),
        civility=Civility.MR,
        first_name=first,
        last_name=last,
        group=group or "",
        office="maire" if leads else "",
        role=Role.CHAIR if leads else Role.MEMBER,
        votes=True,
    )


def held(sitting: Real) -> Story:
    """From the roll call to the end: movements, speeches and votes as they were."""
    story, told = convened(sitting), sitting.told
    moves = {int(line["items"].split("-")[0]): line["event"] for line in told["quorum_lines"] if "event" in line}
    late = [sitting.person(n) for n in told["members"] if any(n in text and "arriv" in text for text in moves.values())]
    story.do(c.OpenRollCall(by=CLERK))
    for name, stood in told["members"].items():
        person = sitting.person(name)
        if stood["state"] == "present" and person not in late:
            story.attend(person, as_=Presence.IN_ROOM)
    story.attend(*(sitting.person(name) for name in sitting.guests), as_=Presence.IN_ROOM)
    for name, stood in told["members"].items():
        if stood["state"] == "proxy":
            story.proxy(sitting.person(name), sitting.person(stood["proxy_to"]))
    story.do(c.CloseRollCall(by=CLERK))
    story.do(c.OpenSitting(by=CLERK), after=30)
    story.do(c.AppointSecretary(by=CLERK, person=sitting.person(told["secretary"])))
    for item in told["items"]:
        if item["n"] in moves:
            _moved(story, sitting, moves[item["n"]])
        _treated(story, sitting, item)
    story.do(c.CloseSitting(by=CLERK), after=60)
    return story


def _moved(story: Story, sitting: Real, text: str) -> None:
    """``départ de X (procuration à Y)``, ``retour de X``, ``arrivée de X avant la question 3``."""
    found = [name for name in sorted(sitting.told["members"], key=text.find) if name in text]
    person = sitting.person(found[0])
    if text.startswith("départ"):
        story.do(c.RecordAttendance(by=CLERK, person=person, presence=Presence.ABSENT, source=Source.CLERK), after=30)
        story.proxy(person, sitting.person(found[1]))
    else:
        story.attend(person, as_=Presence.IN_ROOM)


def _treated(story: Story, sitting: Real, item: Any) -> None:
    story.call()
    for turn in item["turns"]:
        speaker = sitting.person(turn["speaker"])
        story.speak(speaker, seconds=max(2.0, turn["words"] / 2.5))
        story.do(c.WriteNote(by=CLERK, turn=None, text=" ".join([WORD] * turn["words"])))
    story.decide_item()


@pytest.fixture(scope="module", params=["2020-06-08", "2021-07-05"])
def replayed(request: pytest.FixtureRequest) -> tuple[Real, Story]:
    sitting = real(request.param)
    return sitting, held(sitting)


def test_every_quorum_line_of_the_real_minutes_is_found_again(replayed: tuple[Real, Story]) -> None:
    sitting, story = replayed
    called = [event for event in story.events if isinstance(event, e.ItemCalled)]
    assert len(called) == len(sitting.told["items"])
    for line in sitting.told["quorum_lines"]:
        first, last = map(int, line["items"].split("-"))
        for event in called[first - 1 : last]:
            assert (event.quorum.present, event.quorum.represented) == (line["presents"], line["procurations"])


def test_the_votes_are_the_real_ones(replayed: tuple[Real, Story]) -> None:
    sitting, story = replayed
    counted = [event.tally for event in story.events if isinstance(event, e.PollClosed)]
    for line in sitting.told["quorum_lines"]:
        first, last = map(int, line["items"].split("-"))
        assert {tally.votes_for for tally in counted[first - 1 : last]} == {line["votants"]}


def test_the_minutes_tell_the_sitting_in_its_order(replayed: tuple[Real, Story]) -> None:
    sitting, story = replayed
    sealed = journals.sealed(story.events)
    minutes = draw_up(story.events)
    text = reading(compose(minutes, catalogue("fr"), read_proof(sealed.checkpoint)))
    spoken = [len(line.split()) for line in text.splitlines() if re.fullmatch(rf"{WORD}( {WORD})*\.?", line)]
    assert spoken == [turn["words"] for item in sitting.told["items"] for turn in item["turns"] if turn["words"]]
    places = [text.index(f" {item['title']}") for item in sitting.told["items"][:1]]
    assert places and "Étaient présents dans la salle" in text and "Avaient donné pouvoir" in text
    missing = re.findall(r"N’(?:a|ont) pas répondu à l’appel\s: .*", text)
    late = sum("arriv" in line.get("event", "") for line in sitting.told["quorum_lines"])
    assert len(missing) == late, "who gave a proxy is not said to be missing"
    assert all(line.startswith("N’a pas") for line in missing)
    assert f"en un même lieu ({sitting.told.get('place', 'hôtel de ville')})" in text
    pdf = render(minutes, sealed.journal, sealed.checkpoint)
    assert archival.faults(pdf) == []
    record = Record(tuple(_lines(sealed.journal)))
    assert all(judge(record).ok for judge in (recount.judge, mandates.judge, quorum.judge))


def _lines(journal: bytes) -> Any:
    from voting.verify.journal import lines_of

    assert split_lines(journal)
    return lines_of(journal)
