"""The whole sitting as one JSON value: members, items, polls with every vote by member id, totals, outcome."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from voting.domain.assembly import AgendaItem, Member
from voting.domain.contests import Contest
from voting.domain.events import SittingEvent
from voting.domain.evolve import fold
from voting.domain.groups import group_of
from voting.domain.incidents import Incident
from voting.domain.majorities import Majority
from voting.domain.polls import Poll, PollState
from voting.domain.proxies import Proxy
from voting.domain.sitting import Sitting
from voting.domain.speakers import HeardTurn
from voting.domain.tally import Tally
from voting.minutes.document import draw_up
from voting.minutes.facts import ProxyTerm
from voting.minutes.official import require_official

FORMAT = "hemicycle-sitting/1"


def whole_of(events: Sequence[SittingEvent]) -> dict[str, object]:
    """The sitting that those events make. Raises ``NotOfficial`` for a rehearsal."""
    return whole(fold(events), draw_up(events).terms)


def whole(sitting: Sitting, terms: Iterable[ProxyTerm] = ()) -> dict[str, object]:
    """Everything, in English keys and stable codes; nothing that the journal does not hold.

    ``terms``: the proxies that gave a voice, whose hours the state alone no longer knows. Raises ``NotOfficial`` for a
    rehearsal.
    """
    facts = sitting.facts
    require_official(facts.sitting)
    return {
        "format": FORMAT,
        "sitting": facts.sitting,
        "title": facts.title,
        "body": facts.body.value,
        "body_name": facts.body_name,
        "mode": facts.mode.value,
        "rule_set": facts.rule_set,
        "phase": sitting.course.phase.value,
        "scheduled_for": _instant(facts.scheduled_for),
        "opened_at": _instant(sitting.course.opened_at),
        "closed_at": _instant(sitting.course.closed_at),
        "chair": sitting.officers.chair,
        "secretary": sitting.officers.secretary,
        "members": [_member(sitting, m) for m in facts.members],
        "items": [_item(sitting, i) for i in facts.items],
        "polls": [_poll(p) for p in sitting.polls.all.values()],
        "proxies": [*(_term(sitting, t) for t in terms), *(_planned(p) for p in sitting.planned)],
        "speaking": _speaking(sitting),
        "incidents": [_incident(x) for x in sitting.minuting.incidents.values() if x.text],
    }


def _term(sitting: Sitting, term: ProxyTerm) -> dict[str, object]:
    """From when to when it gave a voice; ``ends_at`` is the hour set for one that still does."""
    running = sitting.proxies.get(term.grantor) if term.until is None else None
    return {
        "grantor": term.grantor,
        "holder": term.holder,
        "state": "running" if term.until is None else "ended",
        "since": _instant(term.since),
        "until": _instant(term.until),
        "ends_at": _instant(running.until if running is not None else None),
        "ended": term.ended.value if term.ended is not None else None,
    }


def _planned(proxy: Proxy) -> dict[str, object]:
    """For an hour that has not come."""
    return {
        "grantor": proxy.grantor,
        "holder": proxy.holder,
        "state": "planned" if proxy.accepted_at is not None else "offered",
        "since": _instant(proxy.begins),
        "until": None,
        "ends_at": _instant(proxy.until),
        "ended": None,
    }


def _speaking(sitting: Sitting) -> dict[str, object]:
    """The turns that are over, in order, and their sums; pauses of the clock are not counted."""
    heard, written = sitting.speakers.heard, sitting.minuting.notes
    people, groups = Counter[str](), Counter[str]()
    for turn in heard:
        people[turn.person] += _milliseconds(turn)
        groups[group_of(sitting.roll[turn.person])] += _milliseconds(turn)
    return {
        "turns": [
            {
                "person": t.person,
                "kind": t.kind.value,
                "item": t.item,
                "milliseconds": _milliseconds(t),
                "said": written[t.request].text if t.request in written else None,
            }
            for t in heard
        ],
        "by_person": dict(people),
        "by_group": {group: spoken for group, spoken in groups.items() if group},
    }


def _incident(incident: Incident) -> dict[str, object]:
    """As it was last written; what was taken back is none."""
    return {
        "id": incident.id,
        "happened_at": _instant(incident.happened_at),
        "text": incident.text,
        "item": incident.item,
        "person": incident.person,
    }


def _milliseconds(turn: HeardTurn) -> int:
    return turn.spoken // timedelta(milliseconds=1)


def _member(sitting: Sitting, member: Member) -> dict[str, object]:
    intervals: list[object] = [
        {"presence": i.presence.value, "since": _instant(i.since), "until": _instant(i.until)}
        for i in sitting.register.get(member.id, ())
    ]
    return {
        "id": member.id,
        "civility": member.civility.value,
        "first_name": member.first_name,
        "last_name": member.last_name,
        "group": member.group,
        "office": member.office,
        "role": member.role.value,
        "votes": member.votes,
        "substitute_for": member.substitute_for,
        "attendance": intervals,
    }


def _item(sitting: Sitting, item: AgendaItem) -> dict[str, object]:
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "kind": item.kind.value,
        "parent": item.parent,
        "rapporteur": item.rapporteur,
        "commission": item.commission,
        "opinion": item.opinion,
        "confidential": item.confidential,
        "legal_subject": item.legal_subject.value,
        "matter_code": item.matter_code,
        "state": sitting.agenda.states[item.id].value,
        "unopposed": sitting.agenda.unopposed.get(item.id),
        "recused": sorted(sitting.agenda.recused.get(item.id, ())),
        "polls": [p.id for p in sitting.polls.of_item(item.id)],
    }


def _poll(poll: Poll) -> dict[str, object]:
    """Votes are shown once they are final, or once struck: before the proclamation only who has answered."""
    is_final = poll.state in (PollState.PROCLAIMED, PollState.ANNULLED)
    return {
        "id": poll.id,
        "number": poll.number,
        "item": poll.item,
        "purpose": poll.purpose.value,
        "amended_by": list(poll.amended_by),
        "also": list(poll.also),
        "method": poll.method.value,
        "state": poll.state.value,
        "opened_at": _instant(poll.opened_at),
        "ends_at": _instant(poll.ends_at),
        "electorate": {m.member: m.voter for m in poll.electorate.values()},
        "votes": {member: ballot.choice.value for member, ballot in poll.ballots.items()} if is_final else {},
        "heard": sorted(poll.ballots),
        "majority": _majority(poll.majority),
        "colleges": [_college(poll, n) for n in range(len(poll.colleges))],
        "call_order": list(poll.call.order) if poll.call is not None else [],
        "marked": sorted(poll.marked),
        "sources": {member: ballot.source.value for member, ballot in poll.ballots.items()} if is_final else {},
        "totals": _totals(poll.tally) if is_final and poll.tally is not None else None,
        "outcome": poll.decision.outcome.value if poll.decision is not None else None,
        "ground": poll.decision.ground.value if poll.decision is not None else None,
        "annulled_for": poll.annulled_for,
        "contest": _contest(poll, poll.contest, is_final=is_final) if poll.contest is not None else None,
    }


def _contest(poll: Poll, contest: Contest, *, is_final: bool) -> dict[str, object]:
    """A choice among several: who stands, which round, for whom each voice is once that is final, and the result."""
    votes = {c.option: c.votes for c in poll.counts} if is_final else {}
    return {
        "round": contest.round,
        "previous": contest.previous,
        "elects": contest.elects,
        "options": [
            {"id": o.id, "label": o.label, "person": o.person, "votes": votes.get(o.id)} for o in contest.options
        ],
        "majority": "relative" if contest.relative else "absolute",
        "base": contest.base.value,
        "chosen": {m: b.option for m, b in poll.ballots.items() if b.option is not None} if is_final else {},
        "elder": poll.elder,
        "winner": poll.result.winner if poll.result is not None else None,
        "ground": poll.result.ground.value if poll.result is not None else None,
    }


def _majority(majority: Majority) -> dict[str, object]:
    part = majority.threshold
    return {
        "base": majority.base.value,
        "threshold": {"numerator": part.numerator, "denominator": part.denominator, "more_than": part.is_strict},
        "whole": majority.whole,
        "required": majority.required,
        "article": majority.article,
        "article_confirmed": majority.is_confirmed,
    }


def _college(poll: Poll, place: int) -> dict[str, object]:
    part, is_final = poll.colleges[place], poll.state in (PollState.PROCLAIMED, PollState.ANNULLED)
    counted = poll.college_tallies[place] if is_final and poll.college_tallies else None
    return {
        "name": part.name,
        "members": list(part.members),
        "majority": _majority(part.majority),
        "totals": _totals(counted) if counted is not None else None,
    }


def _totals(tally: Tally) -> dict[str, object]:
    return {
        "for": tally.votes_for,
        "against": tally.against,
        "abstention": tally.abstention,
        "not_taking_part": tally.not_taking_part,
        "no_answer": tally.no_answer,
        "blank": tally.blank,
        "invalid": tally.invalid,
        "votes_cast": tally.votes_cast,
        "majority": tally.majority,
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
