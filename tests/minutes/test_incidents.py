"""Incidents in the document: each at its hour or on its item, the latest text, signed, verified and rebuilt alike."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import rfc8785

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from tests.kit.minutes import SignedMinutes, sign_story
from voting.domain import commands as c
from voting.domain.ids import IncidentId, ItemId, PersonId, incident_id, item_id
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.whole import whole
from voting.minutes.sheet import Proof, compose
from voting.rebuild import rebuild
from voting.verify import verify
from voting.verify.incidents import stray
from voting.verify.journal import lines_of
from voting.wording import catalogue

PROOF = Proof(origin="hemicycle/3f1c9a52e07b4d68", size=61, root="a root")
Line = dict[str, Any]


def tell(
    story: Story,
    text: str,
    *,
    number: int | None = None,
    ago: float | None = None,
    item: ItemId | None = None,
    person: str | None = None,
    after: float = 1.0,
) -> None:
    at = story.now + timedelta(seconds=after - ago) if ago is not None else None
    which: IncidentId | None = incident_id(number) if number is not None else None
    who = PersonId(person) if person is not None else None
    wish = c.WriteIncident(by=CLERK, incident=which, text=text, happened_at=at, item=item, person=who)
    story.do(wish, after=after)


def eventful() -> Story:
    """Before the opening, between two speeches, on an item that was left, put right after the close, taken back."""
    story = journals.convened(journals.roll(5), journals.agenda(3))
    story.attend("m001", "m002", "m003", "m004", "c1")
    tell(story, "L’appel est troublé par un écho.")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m004")))
    story.call()
    story.speak("m002")
    tell(story, "Une alarme sonne.", person="m003")
    story.speak("m003")
    story.decide_item()
    story.call()
    story.speak("m004")
    tell(story, "Premier jet.", item=item_id(1))
    tell(story, "À taire.")
    story.do(c.CloseSitting(by=CLERK))
    tell(
        story,
        "La transmission s’interrompt.\nElle reprend deux minutes plus tard.",
        number=3,
        item=item_id(1),
        after=60,
    )
    tell(story, "", number=4)
    tell(story, "Un orage approche.", ago=200)
    tell(story, "Un rapport manque au dossier.", item=item_id(3))
    return story


STORY = eventful()


@pytest.fixture(scope="module")
def signed() -> SignedMinutes:
    return sign_story(STORY, journals.sealed(STORY.events))


def told(language: str) -> list[str]:
    text = reading(compose(draw_up(STORY.events), catalogue(language), PROOF))
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in text.splitlines()]


def test_each_incident_stands_at_its_place_in_its_last_words() -> None:
    lines = told("fr")
    where = {wanted: next(n for n, x in enumerate(lines) if wanted in x) for wanted in ("écho", "alarme", "reprend")}
    speeches = [n for n, x in enumerate(lines) if " – inter" in x]
    assert where["écho"] < speeches[0] < where["alarme"] < speeches[1] < where["reprend"] < speeches[2]
    assert lines[where["écho"] - 1].startswith("Incident – à ")
    assert lines[where["alarme"] - 1].endswith(", concernant Mme Benali")
    assert not [x for x in lines if "À taire" in x or "Premier jet" in x]
    missing = next(n for n, x in enumerate(lines) if "manque au dossier" in x)
    assert lines[missing - 1].endswith(", sur le point n° 26.11.03"), "named where it is not the item that is told"
    assert where["alarme"] < next(n for n, x in enumerate(lines) if "orage" in x) < where["reprend"]


def test_they_are_told_in_english_too() -> None:
    assert any(x.startswith("Incident – at ") and "concerning" in x for x in told("en"))


def test_a_sitting_that_was_not_held_tells_them_all() -> None:
    story = journals.convened(journals.roll(5), journals.agenda(1))
    story.attend("m002", "c1")
    tell(story, "Le réseau est coupé dans tout le département.")
    story.do(c.RecordNoQuorum(by=CLERK))
    text = reading(compose(draw_up(story.events), catalogue("fr"), PROOF))
    assert "Le réseau est coupé dans tout le département." in text


def test_the_whole_export_has_those_that_stand() -> None:
    assert STORY.sitting is not None
    found = whole(STORY.sitting)["incidents"]
    assert isinstance(found, list)
    assert [(x["id"], x["item"], x["person"]) for x in found] == [
        ("n1", None, None),
        ("n2", None, "m003"),
        ("n3", "i001", None),
        ("n5", None, None),
        ("n6", "i003", None),
    ]


def test_they_are_signed_verified_and_rebuilt(signed: SignedMinutes) -> None:
    now = STORY.now + timedelta(days=1)
    report = verify(signed.pdf, now=now, trust=signed.trust, vkeys=signed.vkeys, rebuild=rebuild)
    assert {name: answer.ok for name, answer in report.answers()} == dict.fromkeys(dict(report.answers()), True)


HONEST: list[Line] = [json.loads(line) for line in journals.sealed(STORY.events).journal.splitlines()]
PLACES = [n for n, line in enumerate(HONEST) if line["event"] == "incident.written/1"]


def codes(change: Callable[[Line], object]) -> list[str]:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    change(lines[PLACES[1]]["data"])
    found = stray(lines_of(b"".join(rfc8785.dumps(line) + b"\n" for line in lines)))
    for finding in found:
        assert all(catalogue(language)(f"verify.journal.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(item="i099"),
        lambda data: data.update(person="m099"),
        lambda data: data.update(happened_at="2199-01-01T00:00:00.000Z"),
        lambda data: data.update(happened_at="1999-01-01T00:00:00.000Z"),
        lambda data: data.update(incident="n9"),
        lambda data: data.update(text=""),
    ],
)
def test_one_that_is_not_of_the_sitting_is_seen(change: Callable[[Line], object]) -> None:
    assert codes(lambda data: None) == []
    assert "stray_incident" in codes(change)
