"""Who may ask for the floor, for a pause or for the end of the debate, and when: the standing orders (R58, R59)."""

from typing import assert_never

from voting.domain import commands as c
from voting.domain.assembly import ItemKind, Role
from voting.domain.decide import camera, guards
from voting.domain.groups import speaks_for_group
from voting.domain.ids import PersonId
from voting.domain.refusals import ItemNotVoted, ListClosed, SilenceDuringVote
from voting.domain.refusals.floor import ExplanationTooLate, RequestReserved
from voting.domain.ruleset import RuleSet
from voting.domain.seats import sits
from voting.domain.sitting import Sitting
from voting.domain.speakers import DEBATE, FloorKind
from voting.domain.standing_orders import Asker


def kind_of(sitting: Sitting, command: c.RequestFloor) -> FloorKind:
    """What is really asked for: a reply of whoever answers for the text is his answer, and nobody else's is one."""
    if command.kind not in (FloorKind.REPLY, FloorKind.ANSWER):
        return command.kind
    return FloorKind.ANSWER if answers(sitting, command.person) else FloorKind.REPLY


def answers(sitting: Sitting, person: PersonId) -> bool:
    """Answers for the text under discussion: its rapporteur, or that of the text it amends, else any vice-chair."""
    item = sitting.current_item()
    if item is None:
        return False
    named = {i.rapporteur.strip().casefold() for i in sitting.lineage(item.id) if i.rapporteur.strip()}
    rapporteurs = {
        m.id
        for m in sitting.facts.members
        if not named.isdisjoint(x.casefold() for x in (m.id, m.full_name, f"{m.civility.value} {m.full_name}"))
    }
    return person in rapporteurs if rapporteurs else sitting.roll[person].role is Role.VICE_CHAIR


def check_asker(sitting: Sitting, person: PersonId, kind: FloorKind, rules: RuleSet) -> None:
    """Refuses whoever the standing orders do not let ask for that."""
    asks = sitting.facts.standing_orders.requests
    match kind:
        case FloorKind.ANSWER:  # nobody else is given that kind
            return
        case FloorKind.POINT_OF_ORDER:
            allowed = asks.point_of_order
        case FloorKind.INTERVENTION:
            allowed = asks.intervention
        case FloorKind.REPLY:
            allowed = asks.right_of_reply
        case FloorKind.EXPLANATION:
            allowed = asks.explanation_of_vote
        case FloorKind.PERSONAL_STATEMENT:
            allowed = asks.personal_statement
        case _:
            assert_never(kind)
    reserve(sitting, person, allowed, rules)


def reserve(sitting: Sitting, person: PersonId, allowed: Asker, rules: RuleSet) -> None:
    """Refuses all but those, citing the standing orders."""
    if not _is_one(sitting, person, allowed, rules):
        raise RequestReserved(to=allowed, citation=rules.speaking)


def _is_one(sitting: Sitting, person: PersonId, allowed: Asker, rules: RuleSet) -> bool:
    match allowed:
        case Asker.EVERYBODY:
            return True
        case Asker.MEMBERS:
            return sitting.roll[person].votes or sits(sitting, rules, person)
        case Asker.GROUP_LEADERS:
            return speaks_for_group(sitting, person)
        case Asker.STAFF:
            return sitting.is_staff(person)
        case Asker.NOBODY:
            return False
        case _:
            assert_never(allowed)


def may_wait(sitting: Sitting, kind: FloorKind, rules: RuleSet) -> None:
    """Refuses a request that comes at the wrong moment; a point of order never does."""
    if kind is FloorKind.POINT_OF_ORDER:
        return
    if kind is not FloorKind.PERSONAL_STATEMENT:
        guards.item(sitting)
    _before_the_vote(sitting, kind, rules)
    may_speak_now(sitting, kind, rules)
    if kind in DEBATE and sitting.speakers.is_closed:
        raise ListClosed(citation=rules.speaking)


def may_speak_now(sitting: Sitting, kind: FloorKind, rules: RuleSet) -> None:
    """Between the opening of a vote and its proclamation only points of order are heard, on that vote (R59)."""
    if kind is FloorKind.POINT_OF_ORDER:
        return
    camera.check_answered(sitting, rules)  # without debate: R33
    if sitting.polls.current() is None:
        return
    if sitting.facts.standing_orders.silence_during_vote:
        raise SilenceDuringVote(citation=rules.silence)
    if kind is FloorKind.EXPLANATION:
        raise ExplanationTooLate(citation=rules.speaking)


def _before_the_vote(sitting: Sitting, kind: FloorKind, rules: RuleSet) -> None:
    if kind is not FloorKind.EXPLANATION:
        return
    item = guards.item(sitting)
    if item.kind is ItemKind.INFORMATION:
        raise ItemNotVoted(item=item.id)
    if sitting.polls.current() is not None:
        raise ExplanationTooLate(citation=rules.speaking)
