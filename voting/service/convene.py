"""From the rows of the two files to the convocation of a sitting, and the accounts of its people beside it.

Answers for: ids, parents, texts put to the vote, default title. Leaves the files to `voting.imports`, what a sitting
needs to the domain, and where accounts are kept to the bot: no address or account ever enters the journal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from voting.domain.assembly import AgendaItem, Body, Civility, Member, Mode, Regime
from voting.domain.commands import ConveneSitting
from voting.domain.decide import decide
from voting.domain.ids import ItemId, PersonId, SittingId, item_id
from voting.domain.refusals import RollIncomplete
from voting.domain.ruleset import StandingOrders
from voting.imports import AgendaRow, Code, DocumentText, FileRefused, MemberRow, Problem, read_document
from voting.minutes.calendar import Calendar
from voting.service.law import law_of
from voting.wording import Catalogue

TIME_ZONE = "Europe/Paris"
"""Of the date in the title: the zone that a convocation has when nobody says otherwise."""

CIVILITY = Civility.MR
"""Of those whose file gives none; the office alone does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summons:
    """What is decided of a sitting, its two files apart."""

    sitting: SittingId
    by: PersonId
    scheduled_for: datetime
    summons_mentions_remote: bool
    """The paper that went out says that one may take part from afar (R14). Nobody can assume it."""
    body: Body = Body.STANDING_COMMITTEE
    mode: Mode = Mode.REMOTE
    title: str = ""
    """Empty: the name of the body and the date."""
    body_name: str = ""
    body_siret: str = ""
    place: str = ""
    summoned_on: date | None = None
    standing_orders: StandingOrders = field(default_factory=StandingOrders)
    second_convocation_of: SittingId | None = None
    regime: Regime = Regime.ORDINARY
    is_urgent: bool = False
    """Convened in an emergency, with the shorter delay (R31)."""
    lacks_room_sitting: bool = False
    """The register holds no sitting of this body in one place in this half-year (R11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLink:
    """How to recognise a person of the roll. Private: kept apart from the journal."""

    person: PersonId
    email: str
    account: str | None
    """Entra object id; None while only the address is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convocation:
    """A sitting that the domain accepts, ready to be recorded; link the accounts once it is."""

    command: ConveneSitting
    links: tuple[RollLink, ...]
    """In the order of the roll, without those who have neither address nor account."""
    phones: Mapping[PersonId, str] = field(default_factory=dict)
    """Of those whose file gives one: for support alone, kept apart from the journal."""
    without_civility: tuple[PersonId, ...]
    """Who is called `CIVILITY` because the file does not say: worth a question to the clerk."""


def convene(
    summons: Summons,
    members: Sequence[MemberRow],
    agenda: Sequence[AgendaRow],
    documents: Mapping[str, DocumentText],
    texts: Catalogue,
) -> Convocation:
    """The convocation, refused here as it would be by the writer, so that nothing is kept for a sitting that cannot be.

    ``documents`` holds the text of each document that the agenda names. Raises ``RollIncomplete``, ``AgendaEmpty``,
    ``NoLawWritten`` or ``LawEnded`` where no law governs that sitting, ``FileRefused`` when a document is missing.
    """
    law = law_of(summons.body, summons.mode, summons.standing_orders, summons.scheduled_for, summons.regime)
    command = ConveneSitting(
        by=summons.by,
        sitting=summons.sitting,
        title=summons.title.strip() or default_title(summons.body, summons.scheduled_for, texts),
        body=summons.body,
        mode=summons.mode,
        body_name=summons.body_name,
        body_siret=summons.body_siret,
        standing_orders=summons.standing_orders,
        scheduled_for=summons.scheduled_for,
        summoned_on=summons.summoned_on,
        summons_mentions_remote=summons.summons_mentions_remote,
        place=summons.place,
        members=tuple(_member(row) for row in members),
        items=_items(agenda, documents),
        second_convocation_of=summons.second_convocation_of,
        regime=summons.regime,
        is_urgent=summons.is_urgent,
        lacks_room_sitting=summons.lacks_room_sitting,
    )
    decide(None, command, law, summons.scheduled_for)
    return Convocation(
        command=command,
        links=tuple(
            RollLink(person=PersonId(row.id), email=row.email, account=row.account)
            for row in members
            if row.email or row.account
        ),
        phones={PersonId(row.id): row.phone for row in members if row.phone},
        without_civility=tuple(PersonId(row.id) for row in members if row.civility is None),
    )


def default_title(body: Body, scheduled_for: datetime, texts: Catalogue) -> str:
    """The name of the body and the day of its sitting."""
    calendar = Calendar(texts, TIME_ZONE)
    day = calendar.day(calendar.local(scheduled_for).date())
    # A title is also typed and searched for: no no-break space in it.
    return texts(f"convene.title.{body.value}", date=day.replace("\u00a0", " "))


def read_documents(agenda: Sequence[AgendaRow], folder: Path) -> dict[str, DocumentText]:
    """The text of every document of the agenda, from the folder of its file. Raises ``FileRefused`` with all faults."""
    found: dict[str, DocumentText] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys(row.document for row in agenda if row.document):
        try:
            found[name] = read_document(folder / name)
        except FileRefused as refusal:
            problems.extend(refusal.problems)
    if problems:
        raise FileRefused(problems)
    return found


def _member(row: MemberRow) -> Member:
    return Member(
        id=PersonId(row.id),
        civility=row.civility or CIVILITY,
        first_name=row.first_name,
        last_name=row.last_name,
        group=row.group,
        office=row.office,
        role=row.role,
        votes=row.votes,
        substitute_for=PersonId(row.substitute_for) if row.substitute_for is not None else None,
    )


def _items(agenda: Sequence[AgendaRow], documents: Mapping[str, DocumentText]) -> tuple[AgendaItem, ...]:
    missing = dict.fromkeys(row.document for row in agenda if row.document and row.document not in documents)
    if missing:
        # The text would be put to the vote without its visas, reasons and articles.
        raise FileRefused(Problem(code=Code.DOCUMENT_MISSING, column="document", value=name) for name in missing)
    places = {row.number: item_id(position) for position, row in enumerate(agenda, start=1)}
    if len(places) != len(agenda):
        raise RollIncomplete(what="items")
    return tuple(_item(row, places, documents.get(row.document, DocumentText())) for row in agenda)


def _item(row: AgendaRow, places: Mapping[str, ItemId], text: DocumentText) -> AgendaItem:
    if row.parent is not None and row.parent not in places:
        raise RollIncomplete(what="items")
    return AgendaItem(
        id=places[row.number],
        number=row.number,
        title=row.title,
        kind=row.kind,
        rapporteur=row.rapporteur,
        commission=row.commission,
        opinion=row.opinion,
        parent=places[row.parent] if row.parent is not None else None,
        confidential=row.confidential,
        legal_subject=row.legal_subject,
        matter_code=row.matter_code,
        visas=text.visas,
        reasons=text.reasons,
        articles=text.articles,
    )
