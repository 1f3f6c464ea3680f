"""The life of a proxy, from the offer to its end. Limits come from the rule set (R27, R44)."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.ids import PersonId
from voting.domain.proxies import Proxy, ProxyEnd, held_by
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
            proxy = _offered(sitting, command.by, command.grantor)
            if proxy.accepted_at is not None:
                raise AlreadyRecorded()
            return [e.ProxyAccepted(at=now, by=command.by, grantor=proxy.grantor, holder=proxy.holder)]
        case c.DeclineProxy():
            return _end(_offered(sitting, command.by, command.grantor), ProxyEnd.DECLINED, command.by, now)
        case c.RevokeProxy():
            guards.self_or_staff(sitting, command.by, command.grantor)
            living = sitting.proxies.get(command.grantor)
            if living is None:
                raise NoSuchProxy()
            return _end(living, ProxyEnd.REVOKED, command.by, now)
        case _:
            assert_never(command)


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
    _check_chain(sitting, grantor, holder, rule)
    if len(held_by(sitting.proxies, holder)) >= rule.max_per_holder:
        raise ProxyLimitReached(holder=holder, limit=rule.max_per_holder, citation=rule.citation)
    return [e.ProxyGiven(at=now, by=command.by, grantor=grantor, holder=holder, source=command.source)]


def _check_chain(sitting: Sitting, grantor: PersonId, holder: PersonId, rule: ProxyRule) -> None:
    living = sitting.proxies.get(grantor)
    if living is not None:
        raise ProxyAlreadyGiven(holder=living.holder, citation=rule.citation)
    if holder in sitting.proxies:
        raise ProxyChained(person=holder, citation=rule.citation)
    if held_by(sitting.proxies, grantor):
        raise ProxyChained(person=grantor, citation=rule.citation)


def _offered(sitting: Sitting, by: PersonId, grantor: PersonId | None) -> Proxy:
    """The proxy that this person accepts or declines: his own offer, or any one that the staff names."""
    if grantor is None:
        held = held_by(sitting.proxies, by)
        if not held:
            raise NoSuchProxy()
        return next((p for p in held if p.accepted_at is None), held[0])
    proxy = sitting.proxies.get(grantor)
    if proxy is None:
        raise NoSuchProxy()
    if proxy.holder != by and not sitting.is_staff(by):
        raise NotYours()
    return proxy


def _end(proxy: Proxy, reason: ProxyEnd, by: PersonId, now: datetime) -> list[e.SittingEvent]:
    return [e.ProxyEnded(at=now, by=by, grantor=proxy.grantor, holder=proxy.holder, reason=reason)]
