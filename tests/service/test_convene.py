"""From two files to a sitting that the domain accepts, or to the refusal that says what they lack."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import bot.samples
from voting.domain.assembly import Body, Civility, ItemKind, Mode, Regime, Role
from voting.domain.commands import ConveneSitting
from voting.domain.ids import ItemId, PersonId, SittingId
from voting.domain.refusals import AgendaEmpty, Refusal, RollIncomplete
from voting.domain.refusals.law import LawEnded, NoLawWritten
from voting.domain.ruleset import QuorumBase, StandingOrders
from voting.imports import AgendaRow, Code, DocumentText, FileRefused, MemberRow, read_agenda, read_members
from voting.rules import emergency_2020
from voting.service.convene import Convocation, Summons, convene, default_title, read_documents
from voting.wording import catalogue

SAMPLES = Path(bot.samples.__file__).parent
FRENCH = catalogue("fr")

SUMMONS = Summons(
    sitting=SittingId("s1"),
    by=PersonId("m052"),
    scheduled_for=datetime(2025, 5, 26, 8, 0, tzinfo=UTC),
    summons_mentions_remote=True,
    body_name="Région Val-de-Brenne",
)


def person(number: int, role: Role = Role.MEMBER, **more: str) -> MemberRow:
    return MemberRow(
        id=f"m{number:03d}",
        civility=Civility(more["civility"]) if "civility" in more else None,
        first_name="Anna",
        last_name=f"Person {number}",
        email=more.get("email", ""),
        group="",
        office="",
        role=role,
        votes=role in (Role.CHAIR, Role.MEMBER),
        substitute_for=more.get("substitute_for"),
        account=more.get("account"),
    )


ROLL = (person(1, Role.CHAIR), person(2), person(3))


def row(number: str, parent: str | None = None, document: str = "") -> AgendaRow:
    item = read_agenda(SAMPLES / "agenda.csv")[3]
    kind = ItemKind.REPORT if parent is None else ItemKind.AMENDMENT
    return replace(item, number=number, parent=parent, document=document, kind=kind)


def convened(
    members: tuple[MemberRow, ...] = ROLL,
    agenda: tuple[AgendaRow, ...] = (row("1"),),
    summons: Summons = SUMMONS,
    documents: dict[str, DocumentText] | None = None,
) -> Convocation:
    return convene(summons, members, agenda, documents or {}, FRENCH)


def sample(suffix: str, summons: Summons) -> tuple[Convocation, tuple[MemberRow, ...], tuple[AgendaRow, ...]]:
    members = read_members(SAMPLES / f"members{suffix}.csv")
    agenda = read_agenda(SAMPLES / f"agenda{suffix}.csv", members)
    return convene(summons, members, agenda, read_documents(agenda, SAMPLES), FRENCH), members, agenda


def test_the_sample_region_is_convened() -> None:
    convocation, members, agenda = sample("", SUMMONS)
    command = convocation.command
    assert isinstance(command, ConveneSitting)
    assert command.title == "Commission permanente du 26 mai 2025"
    assert (command.body, command.mode, command.body_name) == (
        Body.STANDING_COMMITTEE,
        Mode.REMOTE,
        "Région Val-de-Brenne",
    )
    assert [m.id for m in command.members] == [m.id for m in members]
    assert [(m.role, m.votes, m.full_name) for m in command.members] == [
        (m.role, m.votes, f"{m.first_name} {m.last_name}") for m in members
    ]
    assert [item.id for item in command.items] == [f"i{n:03d}" for n in range(1, len(agenda) + 1)]
    assert [item.number for item in command.items] == [item.number for item in agenda]
    assert convocation.without_civility == ()


def test_amendments_follow_their_report_by_id() -> None:
    items = {item.number: item for item in sample("", SUMMONS)[0].command.items}
    assert items["8a"].parent == items["8b"].parent == items["8"].id
    assert items["8a"].kind is ItemKind.AMENDMENT
    assert items["8"].parent is None


def test_a_parent_may_come_after_its_amendment() -> None:
    items = convened(agenda=(row("1a", parent="1"), row("1"))).command.items
    assert [(item.id, item.parent) for item in items] == [("i001", ItemId("i002")), ("i002", None)]


def test_the_text_put_to_the_vote_comes_from_the_document() -> None:
    items = {item.number: item for item in sample("", SUMMONS)[0].command.items}
    assert all((items["3"].visas, items["3"].reasons, items["3"].articles))
    assert items["4"].visas == items["4"].reasons == items["4"].articles == ()


def test_the_sample_tender_committee_is_convened() -> None:
    summons = replace(SUMMONS, body=Body.TENDER_COMMITTEE, title="  ")
    convocation, members, _ = sample("_cao", summons)
    assert convocation.command.title == "Commission d’appel d’offres du 26 mai 2025"
    assert {m.id: m.substitute_for for m in convocation.command.members} == {m.id: m.substitute_for for m in members}
    assert all(item.confidential for item in convocation.command.items)


def test_what_the_summons_says_goes_into_the_command() -> None:
    summons = replace(
        SUMMONS,
        body=Body.COUNCIL,
        mode=Mode.HYBRID,
        title=" Budget ",
        body_siret="20005340300017",
        place="Salle des séances",
        summoned_on=date(2025, 5, 12),
        summons_mentions_remote=False,
        standing_orders=StandingOrders(quorum_base=QuorumBase.PRESENT, turn_seconds=120),
        second_convocation_of=SittingId("s0"),
    )
    command = convened(summons=summons).command
    told = {
        name: value for name, value in asdict(command).items() if name not in ("members", "items", "first_convocation")
    }
    assert told == {**asdict(summons), "title": "Budget"}


@pytest.mark.parametrize(
    ("body", "at", "language", "title"),
    [
        (Body.STANDING_COMMITTEE, datetime(2025, 5, 26, 8, tzinfo=UTC), "fr", "Commission permanente du 26 mai 2025"),
        (Body.COUNCIL, datetime(2026, 1, 31, 23, tzinfo=UTC), "fr", "Conseil régional, réunion du 1er février 2026"),
        (Body.TENDER_COMMITTEE, datetime(2025, 5, 26, 8, tzinfo=UTC), "en", "Tender committee of 26 May 2025"),
    ],
)
def test_the_title_says_the_body_and_the_day_in_paris(body: Body, at: datetime, language: str, title: str) -> None:
    assert default_title(body, at, catalogue(language)) == title


def test_a_civility_that_nobody_gave_is_told() -> None:
    convocation = convened((person(1, Role.CHAIR, civility="Mme"), person(2)))
    assert [m.civility for m in convocation.command.members] == [Civility.MRS, Civility.MR]
    assert convocation.without_civility == ("m002",)


def test_addresses_and_accounts_stay_beside_the_journal() -> None:
    account = "aaaaaaaa-0000-4000-8000-000000000001"
    roll = (person(1, Role.CHAIR, email="a@example.org"), person(2), person(3, account=account))
    convocation = convened(roll)
    assert [(one.person, one.email, one.account) for one in convocation.links] == [
        ("m001", "a@example.org", None),
        ("m003", "", account),
    ]
    assert "@" not in str(convocation.command)
    assert account not in str(convocation.command)


@pytest.mark.parametrize(
    ("members", "agenda", "refusal"),
    [
        ((), (row("1"),), RollIncomplete(what="chair")),
        (ROLL[1:], (row("1"),), RollIncomplete(what="chair")),
        ((replace(ROLL[0], votes=False),), (row("1"),), RollIncomplete(what="voters")),
        ((*ROLL, ROLL[1]), (row("1"),), RollIncomplete(what="ids")),
        ((*ROLL, person(4, Role.ADVISOR, substitute_for="m999")), (row("1"),), RollIncomplete(what="substitutes")),
        (ROLL, (), AgendaEmpty()),
        (ROLL, (row("1"), row("1")), RollIncomplete(what="items")),
        (ROLL, (row("1a", parent="2"), row("1")), RollIncomplete(what="items")),
        (ROLL, (row("1", parent="2"), row("2", parent="1")), RollIncomplete(what="items")),
    ],
    ids=["nobody", "no chair", "no voter", "id twice", "substitute", "no item", "number twice", "no parent", "circle"],
)
def test_rows_that_cannot_make_a_sitting_are_refused(
    members: tuple[MemberRow, ...], agenda: tuple[AgendaRow, ...], refusal: Refusal
) -> None:
    with pytest.raises(type(refusal)) as caught:
        convened(members, agenda)
    assert caught.value == refusal


def test_a_body_without_written_law_is_refused() -> None:
    with pytest.raises(NoLawWritten) as caught:
        convened(summons=replace(SUMMONS, body=Body.EPCI, mode=Mode.ROOM))
    assert caught.value == NoLawWritten(body=Body.EPCI, mode=Mode.ROOM)


@pytest.mark.parametrize(
    ("at", "is_law"),
    [
        (datetime(2020, 4, 24, 8, tzinfo=UTC), True),
        (datetime(2022, 7, 31, 21, 59, tzinfo=UTC), True),
        (datetime(2022, 7, 31, 22, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 8, tzinfo=UTC), False),
    ],
)
def test_R54_loi_2021_1465_the_law_of_2020_governs_no_sitting_after_its_last_day(at: datetime, is_law: bool) -> None:
    summons = replace(SUMMONS, scheduled_for=at, regime=Regime.EMERGENCY_2020)
    if is_law:
        assert convened(summons=summons).command.regime is Regime.EMERGENCY_2020
        return
    with pytest.raises(LawEnded) as caught:
        convened(summons=summons)
    assert caught.value == LawEnded(last_day=date(2022, 7, 31), citation=emergency_2020.END)
    assert not emergency_2020.END.confirmed


def test_no_item_is_put_to_the_vote_without_its_document() -> None:
    agenda = (row("1", document="a.md"), row("2", document="b.md"), row("3", document="a.md"))
    with pytest.raises(FileRefused) as caught:
        convened(agenda=agenda, documents={"b.md": DocumentText()})
    assert [(p.code, p.column, p.value) for p in caught.value.problems] == [(Code.DOCUMENT_MISSING, "document", "a.md")]


def test_documents_are_read_once_each_and_every_fault_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Vu la loi,\n\nArticle 1 : oui.\n", encoding="utf-8")
    agenda = (row("1", document="a.md"), row("2", document="a.md"), row("3"))
    assert read_documents(agenda, tmp_path) == {
        "a.md": DocumentText(visas=("Vu la loi,",), articles=("Article 1 : oui.",))
    }
    with pytest.raises(FileRefused) as caught:
        read_documents((*agenda, row("4", document="b.md"), row("5", document="c.md")), tmp_path)
    assert [(p.code, p.value) for p in caught.value.problems] == [
        (Code.DOCUMENT_MISSING, "b.md"),
        (Code.DOCUMENT_MISSING, "c.md"),
    ]
