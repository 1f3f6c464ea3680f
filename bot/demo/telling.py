"""What happens in a sitting, event by event, in plain words. Says nothing of the many events that nobody would miss."""

from bot.texts import Catalogue
from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.ids import ItemId, PersonId
from voting.domain.polls import Poll, Purpose
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import FloorKind
from voting.wording import catalogue as shared_catalogue
from voting.wording import sentences
from voting.wording.contests import contest_sentence


class Teller:
    """Tells events in one language."""

    def __init__(self, texts: Catalogue) -> None:
        """The sentences are ``demo.told.*``; outcomes and quorums those of cards and minutes."""
        self._texts = texts
        self._shared = shared_catalogue(texts.language)

    def tell(self, sitting: Sitting, event: e.SittingEvent) -> str | None:
        """That event in one sentence; ``sitting`` is the state after it. None: not worth a line."""
        match event:
            case e.ItemCalled():
                return self._item(sitting, event.item)
            case e.ResultProclaimed() | e.ContestProclaimed():
                return self._result(sitting, sitting.polls.all[event.poll])
            case e.VoteCast():
                return self._vote(sitting, event)
            case e.AttendanceRecorded() | e.SecretaryAppointed() | e.ChairHandedOver():
                return self._person(sitting, event)
            case e.ProxyAccepted() | e.ProxyEnded() | e.ProxyStarted():
                return self._proxy(sitting, event)
            case e.FloorGiven() | e.RecusalDeclared() | e.SecretBallotRequested():
                return self._debate(sitting, event)
            case _:
                return self._course(event)

    def _course(self, event: e.SittingEvent) -> str | None:
        if isinstance(event, e.SittingOpened):
            return self._texts("demo.told.opened", quorum=sentences.quorum_sentence(self._shared, event.quorum))
        if isinstance(event, e.PollAnnulled):
            return self._texts("demo.told.annulled", reason=event.reason)
        codes: dict[type[e.SittingEvent], str] = {
            e.ItemPostponed: "postponed",
            e.SittingSuspended: "suspended",
            e.SittingResumed: "resumed",
            e.SittingClosed: "closed",
            e.SittingNotHeld: "not_held",
        }
        code = codes.get(type(event))
        return self._texts(f"demo.told.{code}") if code is not None else None

    def _item(self, sitting: Sitting, item: ItemId) -> str:
        called = sitting.items[item]
        name = self._texts(f"card.item.name.{called.kind.value}", number=called.number)
        return self._texts("demo.told.item", name=name, title=called.title)

    def _result(self, sitting: Sitting, poll: Poll) -> str | None:
        if poll.tally is not None and poll.contest is not None and poll.result is not None:
            said = contest_sentence(self._shared, poll.contest, poll.counts, poll.tally, poll.result)
            return f"{said[:1].upper()}{said[1:]}."
        if poll.tally is None or poll.decision is None:
            return None
        is_request = poll.purpose is Purpose.SECRET_BALLOT_REQUEST
        subject = sentences.subject_of(poll.purpose, [sitting.items[i].kind for i in poll.items])
        said = sentences.outcome_sentence(self._shared, poll.tally, poll.decision, subject, poll.terms, aloud=True)
        outcome = f"{said[:1].upper()}{said[1:]}."
        return self._texts("demo.told.request", outcome=outcome) if is_request else outcome

    def _vote(self, sitting: Sitting, event: e.VoteCast) -> str | None:
        name = _name(sitting, event.member)
        if event.source is Source.VOICE:
            return self._texts("demo.told.voice", name=name, by=_name(sitting, event.by))
        return self._texts("demo.told.changed", name=name) if event.revision else None

    def _person(
        self, sitting: Sitting, event: e.AttendanceRecorded | e.SecretaryAppointed | e.ChairHandedOver
    ) -> str | None:
        name = _name(sitting, event.person)
        if isinstance(event, e.SecretaryAppointed):
            return self._texts("demo.told.secretary", name=name)
        if isinstance(event, e.ChairHandedOver):
            return self._texts("demo.told.chair", name=name)
        if sitting.course.phase is Phase.CONVENED:
            return None  # everybody arrives
        return self._texts("demo.told.arrived" if event.presence.is_here else "demo.told.left", name=name)

    def _proxy(self, sitting: Sitting, event: e.ProxyAccepted | e.ProxyEnded | e.ProxyStarted) -> str:
        code = "proxy_ended" if isinstance(event, e.ProxyEnded) else "proxy_accepted"
        names = {"grantor": _name(sitting, event.grantor), "holder": _name(sitting, event.holder)}
        return self._texts(f"demo.told.{code}", **names)

    def _debate(self, sitting: Sitting, event: e.FloorGiven | e.RecusalDeclared | e.SecretBallotRequested) -> str:
        name = _name(sitting, event.person)
        if isinstance(event, e.FloorGiven):
            is_order = event.kind is FloorKind.POINT_OF_ORDER
            return self._texts("demo.told.order" if is_order else "demo.told.floor", name=name)
        return self._texts(
            "demo.told.recused" if isinstance(event, e.RecusalDeclared) else "demo.told.secret", name=name
        )


def _name(sitting: Sitting, person: PersonId) -> str:
    member = sitting.roll[person]
    return f"{member.civility.value} {member.full_name}"
