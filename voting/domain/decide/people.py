"""Arrivals and departures, and the offices of the sitting."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Presence
from voting.domain.decide import guards
from voting.domain.decide.departures import departure
from voting.domain.ids import PersonId
from voting.domain.proxies import ProxyEnd
from voting.domain.refusals import AlreadyRecorded, NoVote, Recused
from voting.domain.refusals.law import PresenceNotAdmitted
from voting.domain.ruleset import RuleSet, Stance
from voting.domain.seats import sits
from voting.domain.sitting import Phase, Sitting

Command = c.RecordAttendance | c.AppointSecretary | c.HandOverChair


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Each says for himself where he is; offices are given by the staff."""
    guards.phase(sitting, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
    match command:
        case c.RecordAttendance():
            return _attend(sitting, command, rules, now)
        case c.AppointSecretary():
            guards.staff(sitting, command.by)
            _seated(sitting, command.person)
            if sitting.officers.secretary == command.person:
                raise AlreadyRecorded()
            return [e.SecretaryAppointed(at=now, by=command.by, person=command.person)]
        case c.HandOverChair():
            guards.staff(sitting, command.by)
            guards.no_poll_pending(sitting)
            return _hand_over(sitting, command, rules, now)
        case _:
            assert_never(command)


def _hand_over(sitting: Sitting, command: c.HandOverChair, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """To a member who is here and takes part, or to the substitute who sits for one."""
    person = command.person
    guards.known(sitting, person)
    if not sits(sitting, rules, person):
        _seated(sitting, person)
        guards.here(sitting, person)
        raise Recused(citation=rules.recusal)
    if sitting.officers.chair == person:
        raise AlreadyRecorded()
    return [e.ChairHandedOver(at=now, by=command.by, person=person)]


def _seated(sitting: Sitting, person: PersonId) -> None:
    member = guards.known(sitting, person)
    if not member.votes:
        raise NoVote(person=person)


def _attend(sitting: Sitting, command: c.RecordAttendance, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.self_or_staff(sitting, command.by, command.person)
    _admitted(sitting, command, rules)
    before = sitting.presence(command.person)
    # somebody called in vain is on record, though he was absent already
    in_vain = command.by != command.person and command.person not in sitting.register
    if before is command.presence and not in_vain:
        raise AlreadyRecorded()
    moved = e.AttendanceRecorded(
        at=now, by=command.by, person=command.person, presence=command.presence, source=command.source
    )
    if command.presence is before:
        return [moved]  # nobody left: the proxies he holds wait for him
    if command.presence.is_here:
        return [moved] if before.is_here else [moved, *_arrives(sitting, command, now)]
    return [*departure(sitting, command.person, command.by, now), moved]


def _admitted(sitting: Sitting, command: c.RecordAttendance, rules: RuleSet) -> None:
    """Who has a seat, or sits for one, is present only in a way that the law knows (R08); the others as they like."""
    member = sitting.roll[command.person]
    if not member.votes and member.substitute_for is None:
        return
    ways = {Presence.REMOTE: rules.conduct.remote, Presence.AUDIO_ONLY: rules.conduct.audio_only}
    rule = ways.get(command.presence)
    refused = command.presence is Presence.AUDIO_ONLY and sitting.course.stated.is_sound_refused
    if rule is not None and (refused or rule.stance is Stance.FORBIDDEN):
        raise PresenceNotAdmitted(presence=command.presence, citation=rule.citation)


def _arrives(sitting: Sitting, command: c.RecordAttendance, now: datetime) -> list[e.SittingEvent]:
    proxy = sitting.proxies.get(command.person)
    if proxy is None:
        return []
    return [_ended(proxy.grantor, proxy.holder, ProxyEnd.GRANTOR_ARRIVED, command.by, now)]


def _ended(grantor: PersonId, holder: PersonId, reason: ProxyEnd, by: PersonId, now: datetime) -> e.ProxyEnded:
    return e.ProxyEnded(at=now, by=by, grantor=grantor, holder=holder, reason=reason)
