"""What the staff and the chair state of the sitting, and what the law makes of it."""

from datetime import datetime

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Presence, Source
from voting.domain.decide import guards, not_held
from voting.domain.decide.departures import departure
from voting.domain.refusals import AlreadyRecorded
from voting.domain.refusals.law import NotAllowedHere
from voting.domain.ruleset import RuleSet, Stance
from voting.domain.sitting import Phase, Sitting
from voting.domain.statements import Statement

_OF_THE_CHAIR = frozenset({Statement.SOUND_ADMITTED, Statement.SOUND_REFUSED, Statement.URGENCY_ADMITTED})


Command = c.MakeStatement | c.RecordNoQuorum


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The clerks state facts; the chair alone judges (R09), and speaks for the assembly on urgency (R31)."""
    if isinstance(command, c.RecordNoQuorum):
        return not_held.decide(sitting, command, rules, now)
    guards.phase(sitting, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
    statement = command.statement
    if statement in _OF_THE_CHAIR:
        guards.chair(sitting, command.by, rules)
    else:
        guards.staff(sitting, command.by)
    _check(sitting, statement, rules)
    if sitting.course.stated.after(statement) == sitting.course.stated:
        raise AlreadyRecorded()
    stated = e.StatementRecorded(at=now, by=command.by, statement=statement)
    if statement is not Statement.SOUND_REFUSED:
        return [stated]
    return [stated, *_sent_away(sitting, command, now)]


def _check(sitting: Sitting, statement: Statement, rules: RuleSet) -> None:
    conduct = rules.conduct
    match statement:
        case Statement.BROADCAST_STARTED if not rules.publicity.public:
            raise NotAllowedHere(citation=rules.publicity.citation)
        case Statement.RECORDING_STARTED if conduct.recording is not None and not conduct.recording.is_allowed:
            raise NotAllowedHere(citation=conduct.recording.citation)
        case Statement.SOUND_ADMITTED | Statement.SOUND_REFUSED if conduct.audio_only.stance is not Stance.WARNED:
            raise NotAllowedHere(citation=conduct.audio_only.citation)
        case Statement.URGENCY_ADMITTED:
            guards.phase(sitting, Phase.OPEN)
            if not sitting.facts.is_urgent:
                raise NotAllowedHere(citation=rules.convening.notice.citation)


def _sent_away(sitting: Sitting, command: c.MakeStatement, now: datetime) -> list[e.SittingEvent]:
    """The members who are only heard are absent from here on, until they are seen or come."""
    events: list[e.SittingEvent] = []
    for member in sitting.facts.members:
        seated = member.votes or member.substitute_for is not None
        if seated and sitting.presence(member.id) is Presence.AUDIO_ONLY:
            events += departure(sitting, member.id, command.by, now)
            gone = e.AttendanceRecorded(
                at=now, by=command.by, person=member.id, presence=Presence.ABSENT, source=Source.CLERK
            )
            events.append(gone)
    return events
