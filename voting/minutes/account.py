"""The account of the sitting: each entry told at its place, as a block of the document."""

from collections.abc import Iterator
from typing import assert_never

from voting.domain import events as e
from voting.domain.agenda import PostponeReason
from voting.domain.events.cameras import CameraEvent
from voting.domain.ids import ItemId, PersonId
from voting.domain.tally import Outcome
from voting.minutes import contests, grouping, writing
from voting.minutes.ballots import poll_block
from voting.minutes.blocks import Block, Paragraph, ResolutionBlock, Section, Speech
from voting.minutes.facts import Entry, IncidentFact, ItemAccount, Movement, PollRecord, Resumption, Suspension, Turn
from voting.minutes.scribe import Scribe, sentence

_Office = e.SecretaryAppointed | e.ChairHandedOver
_Person = Movement | e.ProxyAccepted | e.ProxyStarted | e.ProxyEnded | _Office
_Debate = (
    e.SpeakersListClosed
    | e.ClosureRequested
    | e.ClosureDeclined
    | e.DebateClosed
    | e.SuspensionRequested
    | e.SuspensionDeclined
    | e.StatementRecorded
)
_Course = Suspension | Resumption
_OnItem = (
    e.ItemMoved
    | e.AmendmentsOrdered
    | e.ItemMoot
    | e.BlockFormed
    | e.BlockItemRemoved
    | e.RecusalDeclared
    | e.SecretBallotRequested
    | e.RecordedBallotRequested
    | CameraEvent
    | e.ItemPostponed
    | e.BallotUncovered
    | e.UnopposedDeclared
)


def item_section(scribe: Scribe, account: ItemAccount, anchor: str) -> Section:
    """One item: what it is, the quorum when it was called, then everything that happened on it."""
    item = account.item
    blocks: list[Block] = []
    rapporteur = scribe.people.full(PersonId(item.rapporteur))  # a free text is given back as it is
    about = [
        scribe.texts(f"minutes.item.{code}", text=text)
        for code, text in (("rapporteur", rapporteur), ("commission", item.commission), ("opinion", item.opinion))
        if text
    ]
    if about:
        blocks.append(Paragraph(text=" ".join(about), style="about"))
    if item.confidential:
        blocks.append(Paragraph(text=scribe.texts("minutes.item.confidential"), style="legal"))
    hour = scribe.calendar.hour(account.called.at)
    quorum = scribe.quorum(account.called.quorum)
    blocks.append(Paragraph(text=scribe.texts("minutes.item.called", hour=hour, quorum=quorum), style="about"))
    blocks += told(scribe, account.entries, account)
    return Section(level=2, title=item_title(scribe, account), blocks=tuple(blocks), anchor=anchor)


def item_title(scribe: Scribe, account: ItemAccount) -> str:
    """The heading of an item: its kind, its number, its title."""
    item = account.item
    title = scribe.texts(f"minutes.item.title.{item.kind.value}", number=item.number, title=item.title)
    return scribe.texts("minutes.item.resumed", title=title) if account.is_resumed else title


def told(scribe: Scribe, entries: tuple[Entry, ...], account: ItemAccount | None = None) -> Iterator[Block]:
    """Those entries as blocks; an adopted item is followed by the text of its resolution."""
    for entry in entries:
        if isinstance(entry, PollRecord) and entry.opened.also:
            yield grouping.listed_items(scribe, entry)
        yield _block(scribe, entry, account)
        if account is not None:
            for item in _decided(account, entry):
                yield from _resolution(scribe, item)


def _decided(account: ItemAccount, entry: Entry) -> tuple[ItemId, ...]:
    """The items that this entry settles in favour of their text."""
    if isinstance(entry, e.UnopposedDeclared):
        return (account.item.id,)
    return entry.items if isinstance(entry, PollRecord) and _adopts(entry) else ()


def _adopts(poll: PollRecord) -> bool:
    adopted = poll.proclaimed is not None and poll.proclaimed.decision.outcome is Outcome.ADOPTED
    chosen = poll.chosen is not None and poll.chosen.result.winner is not None
    return (adopted or chosen) and poll.decides_item


def _resolution(scribe: Scribe, decided: ItemId) -> Iterator[Block]:
    item = scribe.minutes.items[decided]
    if item.articles:
        yield ResolutionBlock(
            title=scribe.texts("minutes.resolution.title", number=item.number),
            grounds=(*item.visas, *item.reasons),
            decides=scribe.body("minutes.resolution.decides"),
            articles=item.articles,
        )


def _block(scribe: Scribe, entry: Entry, account: ItemAccount | None) -> Block:
    match entry:
        case PollRecord():
            return poll_block(scribe, entry)
        case Turn():
            return _speech(scribe, entry)
        case IncidentFact():
            return incident(scribe, entry, account)
        case (
            Movement()
            | e.ProxyAccepted()
            | e.ProxyStarted()
            | e.ProxyEnded()
            | e.SecretaryAppointed()
            | e.ChairHandedOver()
        ):
            return _note(_person(scribe, entry))
        case Suspension() | Resumption():
            return _note(_course(scribe, entry))
        case (
            e.ExchangeOpened()
            | e.ExchangeProlonged()
            | e.MessageWritten()
            | e.ExchangeClosed()
            | e.ParticipationFound()
        ):
            return writing.told(scribe, entry)
        case _:
            return _on_item(scribe, entry)


def _on_item(scribe: Scribe, entry: _OnItem | _Debate) -> Block:
    match entry:
        case e.RecusalDeclared():
            return _note(scribe.people.word("minutes.recusal", entry.person, name=scribe.people.short(entry.person)))
        case e.RecordedBallotRequested() | e.SecretBallotRequested():
            return _asked(scribe, entry)
        case e.InCameraRequested() | e.InCameraBegun() | e.InCameraEnded():
            return _note(_camera(scribe, entry))
        case e.ItemPostponed():
            return _postponed(scribe, entry)
        case e.BallotUncovered() | e.UnopposedDeclared():
            return contests.remark(scribe, entry)
        case e.ItemMoved() | e.AmendmentsOrdered() | e.ItemMoot():
            return _arranged(scribe, entry)
        case e.BlockFormed() | e.BlockItemRemoved():
            return _note(grouping.told(scribe, entry))
        case _:
            return _note(_debate(scribe, entry))


def _moved(scribe: Scribe, entry: e.ItemMoved) -> str:
    number = scribe.minutes.items[entry.item].number
    if entry.before is None:
        return scribe.texts("minutes.item.last", number=number)
    return scribe.texts("minutes.item.before", number=number, other=scribe.minutes.items[entry.before].number)


def _arranged(scribe: Scribe, entry: e.ItemMoved | e.AmendmentsOrdered | e.ItemMoot) -> Paragraph:
    if isinstance(entry, e.ItemMoved):
        return _note(_moved(scribe, entry))
    numbers = {i.id: i.number for i in scribe.minutes.items.values()}
    if isinstance(entry, e.AmendmentsOrdered):
        order = ", ".join(numbers[i] for i in entry.items)
        return _note(scribe.texts("minutes.amendments.ordered", numbers=order))
    code = "minutes.amendments.moot.because" if entry.text else "minutes.amendments.moot"
    return Paragraph(text=sentence(scribe.texts(code, number=numbers[entry.item], reason=entry.text)), style="verdict")


def stated(scribe: Scribe, entry: e.StatementRecorded) -> str:
    """A statement with its hour."""
    return scribe.texts(f"minutes.stated.{entry.statement.value}", hour=scribe.calendar.hour(entry.at))


def _camera(scribe: Scribe, entry: CameraEvent) -> str:
    hour = scribe.calendar.hour(entry.at)
    if isinstance(entry, e.InCameraRequested):
        name = scribe.people.short(entry.person)
        return scribe.texts("minutes.in_camera.requested", name=name, needed=entry.needed)
    code = "minutes.in_camera.begun" if isinstance(entry, e.InCameraBegun) else "minutes.in_camera.ended"
    return scribe.texts(code, hour=hour)


def _asked(scribe: Scribe, entry: e.RecordedBallotRequested | e.SecretBallotRequested) -> Paragraph:
    name = scribe.people.short(entry.person)
    if isinstance(entry, e.RecordedBallotRequested):
        return _note(scribe.texts("minutes.recorded_ballot", name=name, needed=entry.needed))
    return Paragraph(text=scribe.texts("minutes.secret_ballot", name=name))


def incident(scribe: Scribe, fact: IncidentFact, account: ItemAccount | None = None) -> Speech:
    """What the staff told, under its hour; the item is named where it is not the one that is being told."""
    said = [scribe.texts("minutes.incident.hour", hour=scribe.calendar.hour(fact.at))]
    if fact.item is not None and (account is None or account.item.id != fact.item):
        said.append(scribe.texts("minutes.incident.item", number=scribe.minutes.items[fact.item].number))
    if fact.person is not None:
        said.append(scribe.texts("minutes.incident.person", name=scribe.people.short(fact.person)))
    return Speech(speaker=scribe.texts("minutes.incident"), text=", ".join(said), said=fact.text)


def _note(text: str) -> Paragraph:
    return Paragraph(text=text, style="note")


def _speech(scribe: Scribe, turn: Turn) -> Speech:
    kind = scribe.texts(f"minutes.turn.{turn.kind.value}")
    if turn.poll is not None:
        kind = scribe.texts("minutes.turn.on_poll", kind=kind, number=turn.poll)
    hour = scribe.calendar.hour(turn.at)
    speaker = scribe.texts("minutes.turn.speaker", name=scribe.people.short(turn.person))
    spoken = turn.spoken
    if spoken is None:
        return Speech(speaker=speaker, text=scribe.texts("minutes.turn.open", kind=kind, hour=hour), said=turn.said)
    length = scribe.calendar.duration(spoken)
    text = scribe.texts("minutes.turn", kind=kind, hour=hour, length=length)
    return Speech(speaker=speaker, text=text, said=turn.said)


def _person(scribe: Scribe, entry: _Person) -> str:
    hour = scribe.calendar.hour(entry.at)
    people = scribe.people
    match entry:
        case Movement():
            code = "changes" if entry.before.is_here and entry.after.is_here else "arrives"
            code = f"{code}.{entry.after.value}" if entry.after.is_here else "leaves"
            return scribe.texts(f"minutes.move.{code}", name=people.short(entry.person), hour=hour)
        case e.ProxyAccepted() | e.ProxyStarted():
            grantor, holder = people.short(entry.grantor), people.short(entry.holder)
            return scribe.texts("minutes.proxy.given", grantor=grantor, holder=holder, hour=hour)
        case e.ProxyEnded():
            grantor, holder = people.short(entry.grantor), people.short(entry.holder)
            code = f"minutes.proxy.ended.{entry.reason.value}"
            return scribe.texts(code, grantor=grantor, holder=holder, hour=hour)
        case e.SecretaryAppointed():
            return people.word("minutes.secretary.appointed", entry.person, name=people.full(entry.person))
        case e.ChairHandedOver():
            return scribe.texts("minutes.chair.handed_over", name=people.full(entry.person), hour=hour)
        case _:
            assert_never(entry)


def _course(scribe: Scribe, entry: _Course) -> str:
    hour = scribe.calendar.hour(entry.at)
    match entry:
        case Suspension():
            code = "minutes.suspended.because" if entry.reason else "minutes.suspended"
            told = scribe.texts(code, hour=hour, reason=entry.reason)
            if entry.asked_by is None:
                return told
            asked = scribe.texts("minutes.suspended.asked", name=scribe.people.short(entry.asked_by))
            return f"{told} {asked}"
        case Resumption():
            length = scribe.calendar.duration(entry.lasted)
            return scribe.texts("minutes.resumed", hour=hour, length=length, quorum=scribe.quorum(entry.quorum))
        case _:
            assert_never(entry)


def _debate(scribe: Scribe, entry: _Debate) -> str:
    hour = scribe.calendar.hour(entry.at)
    match entry:
        case e.SpeakersListClosed():
            return scribe.texts("minutes.list_closed", hour=hour)
        case e.ClosureRequested():
            return scribe.texts("minutes.closure.requested", name=scribe.people.short(entry.person), hour=hour)
        case e.ClosureDeclined():
            return scribe.texts("minutes.closure.declined", hour=hour)
        case e.DebateClosed():
            return scribe.texts("minutes.debate_closed", hour=hour)
        case e.SuspensionRequested():
            code = "minutes.suspension.requested.because" if entry.reason else "minutes.suspension.requested"
            return scribe.texts(code, name=scribe.people.short(entry.person), hour=hour, reason=entry.reason)
        case e.SuspensionDeclined():
            return scribe.texts("minutes.suspension.declined", name=scribe.people.short(entry.person), hour=hour)
        case e.StatementRecorded():
            return stated(scribe, entry)
        case _:
            assert_never(entry)


def _postponed(scribe: Scribe, entry: e.ItemPostponed) -> Paragraph:
    if entry.reason is PostponeReason.SECRET_BALLOT:
        return Paragraph(text=scribe.texts("minutes.postponed.secret_ballot"), style="verdict")
    return Paragraph(text=sentence(scribe.texts("minutes.postponed.chair", reason=entry.text)), style="verdict")
