"""The life of a proxy, from the offer to its end. Limits come from the rule set (R27, R44); hours, from ``hours``."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.ids import PersonId
from voting.domain.proxies import Proxy, ProxyEnd, most_at_once
from voting.domain.refusals import (
    AlreadyRecorded,
    NoSuchProxy,
    NotYours,
    NoVote,
    ProxiesForbidden,
    ProxyAlreadyGiven,
    ProxyChained,
    ProxyLimitReached,
    ProxyToSelf,
)
from voting.domain.refusals.law import ProxyHoursPast
from voting.domain.ruleset import ProxyRule, RuleSet
from voting.domain.sitting import Phase, Sitting

Command = c.GiveProxy | c.AcceptProxy | c.DeclineProxy | c.RevokeProxy


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Given by its grantor or registered by the staff; accepted by its holder; taken back by its grantor."""
    guards.phase(sitting, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
    guards.known(sitting, command.by)
    match command:
        case c.GiveProxy():
            return _give(sitting, command, rules.proxies, now)
        case c.AcceptProxy():
            proxy = _offered(sitting, command)
            if proxy.accepted_at is not None:
                raise AlreadyRecorded()
            return [_accepted(sitting, proxy, command.by, now)]
        case c.DeclineProxy():
            return [_ended(sitting, _offered(sitting, command), ProxyEnd.DECLINED, command.by, now)]
        case c.RevokeProxy():
            guards.self_or_staff(sitting, command.by, command.grantor)
            given = [p for p in _all(sitting) if p.grantor == command.grantor and _is_meant(p, command.since)]
            if not given:
                raise NoSuchProxy()
            return [_ended(sitting, proxy, ProxyEnd.REVOKED, command.by, now) for proxy in given]
        case _:
            assert_never(command)


def _all(sitting: Sitting) -> list[Proxy]:
    """Living, then planned, in the order of their hours."""
    return [*sitting.proxies.values(), *sorted(sitting.planned, key=lambda p: (p.begins, p.grantor))]


def _give(sitting: Sitting, command: c.GiveProxy, rule: ProxyRule, now: datetime) -> list[e.SittingEvent]:
    guards.self_or_staff(sitting, command.by, command.grantor)
    if rule.max_per_holder == 0:
        raise ProxiesForbidden(citation=rule.citation)
    grantor, holder = command.grantor, command.holder
    for person in (grantor, holder):
        if not guards.known(sitting, person).votes:
            raise NoVote(person=person, citation=rule.citation)
    if grantor == holder:
        raise ProxyToSelf(citation=rule.citation)
    since = now if command.since is None else max(command.since, now)
    if command.until is not None and command.until <= since:
        raise ProxyHoursPast(until=command.until)
    _check_others(sitting, command, since, rule)
    return [
        e.ProxyGiven(
            at=now,
            by=command.by,
            grantor=grantor,
            holder=holder,
            source=command.source,
            since=since if since > now else None,
            until=command.until,
        )
    ]


def _check_others(sitting: Sitting, command: c.GiveProxy, since: datetime, rule: ProxyRule) -> None:
    """At every instant: one proxy of that grantor, no more for that holder than the law allows, no chain (R27, R29)."""
    grantor, holder = command.grantor, command.holder
    meanwhile = [p for p in _all(sitting) if p.overlaps(since, command.until)]
    given = next((p for p in meanwhile if p.grantor == grantor), None)
    if given is not None:
        raise ProxyAlreadyGiven(holder=given.holder, citation=rule.citation)
    if any(p.grantor == holder for p in meanwhile):
        raise ProxyChained(person=holder, citation=rule.citation)
    if any(p.holder == grantor for p in meanwhile):
        raise ProxyChained(person=grantor, citation=rule.citation)
    held = [p for p in meanwhile if p.holder == holder]
    if held and most_at_once(held, since, command.until) >= rule.max_per_holder:
        raise ProxyLimitReached(holder=holder, limit=rule.max_per_holder, citation=rule.citation)


def _is_meant(proxy: Proxy, since: datetime | None) -> bool:
    """One grantor's never overlap: their beginnings tell them apart."""
    return since is None or proxy.begins == since


def _offered(sitting: Sitting, command: c.AcceptProxy | c.DeclineProxy) -> Proxy:
    """The proxy that this person accepts or declines: his own offer, or any one that the staff names.

    The first that waits for an answer, living or planned; else the first one.
    """
    by, grantor = command.by, command.grantor
    meant = [p for p in _all(sitting) if _is_meant(p, command.since)]
    held = [p for p in meant if (p.holder == by if grantor is None else p.grantor == grantor)]
    if not held:
        raise NoSuchProxy()
    mine = [p for p in held if p.holder == by or sitting.is_staff(by)]
    if not mine:
        raise NotYours()
    return next((p for p in mine if p.accepted_at is None), mine[0])


def _accepted(sitting: Sitting, proxy: Proxy, by: PersonId, now: datetime) -> e.ProxyAccepted:
    return e.ProxyAccepted(
        at=now, by=by, grantor=proxy.grantor, holder=proxy.holder, since=_planned_for(sitting, proxy)
    )


def _ended(sitting: Sitting, proxy: Proxy, reason: ProxyEnd, by: PersonId, now: datetime) -> e.ProxyEnded:
    return e.ProxyEnded(
        at=now,
        by=by,
        grantor=proxy.grantor,
        holder=proxy.holder,
        reason=reason,
        since=_planned_for(sitting, proxy),
    )


def _planned_for(sitting: Sitting, proxy: Proxy) -> datetime | None:
    """The hour by which an event names a proxy that has not begun."""
    return proxy.since if proxy in sitting.planned else None
