"""Who may ask for which kind of floor, when, and in which order it is heard: the standing orders (R58, R59)."""

from dataclasses import replace

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    arrive,
    ask,
    call,
    called,
    convene,
    first,
    item,
    m,
    open_poll,
    opened,
    polled,
    reports,
    roll,
    settled,
    standing_committee,
    tender_committee,
    u,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import ItemKind, Member
from voting.domain.ids import PersonId, item_id
from voting.domain.queue import next_request, queue
from voting.domain.quorum import QuorumCheck
from voting.domain.refusals import ItemNotVoted, ListClosed, NobodyWaits, NoItemUnderDiscussion, SilenceDuringVote
from voting.domain.refusals.floor import ExplanationTooLate, HeardAtTheEnd, RequestReserved
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import Asker, Requests
from voting.rules import articles

CPR = standing_committee()
RAPPORTEUR, VICE_CHAIR, SPEAKER = m(9), m(2), m(7)
REPORT = replace(item(1), rapporteur=RAPPORTEUR)
NAMED = standing_committee(REPORT, *reports(3)[1:])
KINDS = tuple(FloorKind)
HOUSE, SILENCE = articles.SPEAKING, articles.SILENCE


def give(person: PersonId | None = None) -> c.GiveFloor:
    return c.GiveFloor(by=CHAIR, person=person)


def kinds(sitting: Given) -> list[FloorKind]:
    return [r.kind for r in queue(sitting.sitting)]


def reserved(to: Asker) -> RequestReserved:
    return RequestReserved(to=to, citation=HOUSE)


def test_R58_the_kinds_are_heard_in_the_order_of_the_standing_orders() -> None:
    """Asked for in the opposite order, one after the other."""
    asked = [ask(RAPPORTEUR if kind is FloorKind.ANSWER else m(10 + n), kind) for n, kind in enumerate(KINDS)]
    sitting = given(*called(NAMED), *reversed(asked))
    assert kinds(sitting) == list(KINDS)
    heard = []
    while next_request(sitting.sitting) is not None:
        sitting = sitting.after(give())
        heard.append(sitting.sitting.speakers.turn)
    assert [turn.kind for turn in heard if turn is not None] == list(KINDS[:-1]), "the personal statement waits"


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("intervention", FloorKind.INTERVENTION),
        ("point_of_order", FloorKind.POINT_OF_ORDER),
        ("personal_statement", FloorKind.PERSONAL_STATEMENT),
        ("right_of_reply", FloorKind.REPLY),
        ("explanation_of_vote", FloorKind.EXPLANATION),
    ],
)
@pytest.mark.parametrize("allowed", Asker)
def test_R58_each_kind_is_open_to_whom_the_standing_orders_say(field: str, kind: FloorKind, allowed: Asker) -> None:
    leads = {m(8), m(12)}
    members = tuple(replace(x, office="Présidente du groupe") if x.id in leads else x for x in roll(25))
    orders = StandingOrders(requests=Requests(**{field: allowed}))
    sitting = given(*called(convene(members, orders=orders)), arrive(ADVISOR), arrive(CLERK))
    may = {
        Asker.EVERYBODY: {m(7), m(8), CHAIR, ADVISOR, CLERK},
        Asker.MEMBERS: {m(7), m(8), CHAIR},
        Asker.GROUP_LEADERS: {m(8)},
        Asker.STAFF: {CHAIR, CLERK},
        Asker.NOBODY: set[PersonId](),
    }[allowed]
    for person in (m(7), m(8), CHAIR, ADVISOR, CLERK):
        asked = sitting.when(ask(person, kind))
        if person in may:
            asked.then(fact(e.FloorRequested, person=person, kind=kind))
        else:
            asked.then(reserved(allowed))


def test_R58_a_substitute_who_sits_asks_like_a_member() -> None:
    orders = StandingOrders(requests=Requests(intervention=Asker.MEMBERS))
    sitting = given(*called(tender_committee(orders=orders), (*first(5), u(6), u(2))))
    sitting.when(ask(u(6))).then(e.FloorRequested)
    sitting.when(ask(u(2))).then(reserved(Asker.MEMBERS))


@pytest.mark.parametrize(
    ("office", "leads"),
    [
        ("Président du groupe Ensemble", True),
        ("Conseillère régionale, présidente de groupe", True),
        ("Coprésidente du groupe", True),
        ("Cheffe de groupe", True),
        ("Group leader", True),
        ("Président de la commission des finances", False),
        ("Présidente du conseil régional", False),
        ("Membre du groupe de travail", False),
    ],
)
def test_R58_a_group_is_led_by_whoever_the_roll_says(office: str, leads: bool) -> None:
    """Where the roll names a leader of the group, he alone speaks for it; m2 sits in the same group as m7."""
    members = tuple(replace(x, office=office) if x.id == m(7) else x for x in roll(25))
    orders = StandingOrders(requests=Requests(intervention=Asker.GROUP_LEADERS))
    sitting = given(*called(convene(members, orders=orders)))
    sitting.when(ask(m(7))).then(e.FloorRequested)
    other = sitting.when(ask(m(2)))
    if leads:
        other.then(reserved(Asker.GROUP_LEADERS))
    else:
        other.then(e.FloorRequested)


@pytest.mark.parametrize(
    "group", ["", "Non inscrits", "non-inscrit", "Élus non inscrits", "Sans groupe", "sans étiquette"]
)
def test_R58_the_unattached_have_no_leader(group: str) -> None:
    def lone(member: Member) -> Member:
        return replace(member, group=group, office="Président du groupe") if member.id == m(7) else member

    orders = StandingOrders(requests=Requests(intervention=Asker.GROUP_LEADERS))
    sitting = given(*called(convene(tuple(map(lone, roll(25))), orders=orders)))
    sitting.when(ask(m(7))).then(reserved(Asker.GROUP_LEADERS))


def test_R58_somebody_without_a_vote_leads_no_group_that_nobody_leads() -> None:
    members = tuple(replace(x, group="Ensemble") if x.id == ADVISOR else x for x in roll(25))
    orders = StandingOrders(requests=Requests(intervention=Asker.GROUP_LEADERS))
    sitting = given(*called(convene(members, orders=orders)), arrive(ADVISOR))
    sitting.when(ask(ADVISOR)).then(reserved(Asker.GROUP_LEADERS))


def test_R58_a_reply_of_the_rapporteur_is_his_answer_and_nobody_elses_is() -> None:
    sitting = given(*called(NAMED))
    for kind in (FloorKind.REPLY, FloorKind.ANSWER):
        sitting.when(ask(RAPPORTEUR, kind)).then(fact(e.FloorRequested, kind=FloorKind.ANSWER))
        sitting.when(ask(VICE_CHAIR, kind)).then(fact(e.FloorRequested, kind=FloorKind.REPLY))


def test_R58_where_no_rapporteur_is_on_the_roll_a_vice_chair_answers() -> None:
    sitting = given(*called(standing_committee(replace(item(1), rapporteur="Un cabinet extérieur"))))
    sitting.when(ask(VICE_CHAIR, FloorKind.REPLY)).then(fact(e.FloorRequested, kind=FloorKind.ANSWER))
    sitting.when(ask(SPEAKER, FloorKind.REPLY)).then(fact(e.FloorRequested, kind=FloorKind.REPLY))


@pytest.mark.parametrize("written", ["{m.id}", "{m.full_name}", " {m.civility.value} {m.full_name} "])
def test_R58_the_rapporteur_is_found_by_id_or_by_name_also_for_an_amendment(written: str) -> None:
    who = next(x for x in roll(25) if x.id == RAPPORTEUR)
    report = replace(item(1), rapporteur=written.format(m=who))
    amendment = item(2, ItemKind.AMENDMENT, parent=item_id(1))
    sitting = given(*called(standing_committee(report, amendment)))
    assert sitting.sitting.agenda.current == item_id(2)
    sitting.when(ask(RAPPORTEUR, FloorKind.REPLY)).then(fact(e.FloorRequested, kind=FloorKind.ANSWER))


def test_R58_after_the_closing_of_the_list_the_rapporteur_still_answers() -> None:
    sitting = given(*called(NAMED), c.CloseSpeakersList(by=CHAIR))
    sitting.when(ask(RAPPORTEUR, FloorKind.REPLY)).then(fact(e.FloorRequested, kind=FloorKind.ANSWER))
    sitting.when(ask(SPEAKER, FloorKind.REPLY)).then(ListClosed(citation=HOUSE))
    sitting.when(ask(SPEAKER, FloorKind.EXPLANATION)).then(fact(e.FloorRequested, kind=FloorKind.EXPLANATION))
    sitting.when(give(RAPPORTEUR)).then(
        fact(e.FloorRequested, kind=FloorKind.ANSWER), fact(e.FloorGiven, kind=FloorKind.ANSWER)
    )


def test_R58_an_explanation_of_vote_comes_before_the_vote_opens() -> None:
    loud = standing_committee(orders=StandingOrders(silence_during_vote=False))
    waiting = given(*called(loud), ask(m(8), FloorKind.EXPLANATION))
    polling = waiting.after(open_poll())
    polling.when(ask(SPEAKER, FloorKind.EXPLANATION)).then(ExplanationTooLate(citation=HOUSE))
    polling.when(give()).then(ExplanationTooLate(citation=HOUSE))
    assert polling.after(*settled()).sitting.speakers.waiting == ()
    given(*polled(CPR)).when(ask(SPEAKER, FloorKind.EXPLANATION)).then(ExplanationTooLate(citation=HOUSE))


def test_R58_nobody_explains_a_vote_that_there_will_not_be() -> None:
    news = given(*called(standing_committee(item(1, ItemKind.INFORMATION))))
    news.when(ask(SPEAKER, FloorKind.EXPLANATION)).then(ItemNotVoted(item=item_id(1)))
    for kind in (FloorKind.EXPLANATION, FloorKind.REPLY):
        given(*opened(CPR)).when(ask(SPEAKER, kind)).then(NoItemUnderDiscussion())


def test_R58_a_personal_statement_is_heard_at_the_end_of_the_item() -> None:
    waiting = given(*called(CPR), ask(SPEAKER, FloorKind.PERSONAL_STATEMENT))
    assert next_request(waiting.sitting) is None
    waiting.when(give()).then(HeardAtTheEnd(citation=HOUSE))
    waiting.when(give(SPEAKER)).then(fact(e.FloorGiven, person=SPEAKER, kind=FloorKind.PERSONAL_STATEMENT))
    voted = waiting.after(open_poll(), *settled())
    voted.when(give()).then(fact(e.FloorGiven, person=SPEAKER, kind=FloorKind.PERSONAL_STATEMENT))
    voted.after(call()).when(give()).then(HeardAtTheEnd(citation=HOUSE))
    between = given(*called(CPR), open_poll(), *settled())
    between.when(ask(SPEAKER, FloorKind.PERSONAL_STATEMENT)).then(fact(e.FloorRequested, item=None))


def test_R58_an_item_for_information_has_its_personal_statements_after_the_debate() -> None:
    news = given(*called(standing_committee(item(1, ItemKind.INFORMATION))), ask(SPEAKER, FloorKind.PERSONAL_STATEMENT))
    news.after(ask(m(8))).when(give()).then(fact(e.FloorGiven, person=m(8)))
    news.when(give()).then(fact(e.FloorGiven, person=SPEAKER))


def test_nobody_waits_when_those_who_wait_withdrew_from_the_item() -> None:
    asked = given(*opened(CPR), ask(SPEAKER, FloorKind.PERSONAL_STATEMENT))
    recused = asked.happened(
        e.ItemCalled(at=asked.clock.now(), by=CHAIR, item=item_id(1), quorum=_quorum(asked)),
        e.RecusalDeclared(at=asked.clock.now(), by=SPEAKER, item=item_id(1), person=SPEAKER),
    )
    recused.when(give()).then(NobodyWaits())


def _quorum(sitting: Given) -> QuorumCheck:
    check = sitting.sitting.course.quorum
    assert check is not None
    return check


@pytest.mark.parametrize("kind", [k for k in FloorKind if k is not FloorKind.POINT_OF_ORDER])
def test_R59_silence_reigns_from_the_opening_of_a_vote_to_its_proclamation(kind: FloorKind) -> None:
    before = given(*called(NAMED), ask(RAPPORTEUR if kind is FloorKind.ANSWER else SPEAKER, kind))
    polling = before.after(open_poll())
    for voting in (polling, polling.after(c.ClosePoll(by=CLERK))):
        voting.when(give(before.sitting.speakers.waiting[0].person)).then(SilenceDuringVote(citation=SILENCE))
        refused = voting.when(ask(m(11), kind)).refused()
        assert refused in (SilenceDuringVote(citation=SILENCE), ExplanationTooLate(citation=HOUSE))
        voting.after(ask(m(11), FloorKind.POINT_OF_ORDER)).when(give()).then(fact(e.FloorGiven, person=m(11)))
    assert not SILENCE.confirmed, "no source was read: said wherever the article is shown"


def test_R59_standing_orders_may_let_people_speak_while_they_vote() -> None:
    loud = given(*polled(standing_committee(orders=StandingOrders(silence_during_vote=False))))
    loud.when(ask(SPEAKER)).then(fact(e.FloorRequested, kind=FloorKind.INTERVENTION))
    loud.when(give(SPEAKER)).then(e.FloorRequested, e.FloorGiven)
