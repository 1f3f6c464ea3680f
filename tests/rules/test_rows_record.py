"""The rows of the rule table that the record, the minutes and the people answer (R26, R36, R38, R42, R45, R53, R61)."""

import pytest

from bot import samples
from tests.kit import journals
from tests.kit.given import given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    arrive,
    called,
    convene,
    open_poll,
    seats,
    staff,
    substitutes,
)
from tests.rules.books import room
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import Body, LegalSubject, Role
from voting.domain.refusals import NoMandate, NoVote
from voting.domain.ruleset import Stance, StandingOrders
from voting.domain.seats import electorate, quorum
from voting.domain.tally import Choice
from voting.imports import read_members
from voting.journal.merkle import leaf_hash, root
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.sheet import Proof, compose
from voting.minutes.signatories import Capacity, signatories
from voting.wording import catalogue

CAO = convene((*seats(6), *substitutes(6), *staff()), body=Body.TENDER_COMMITTEE)


def printed(story: journals.Story) -> str:
    sheet = compose(draw_up(story.events), catalogue("fr"), Proof(origin="hemicycle/x", size=1, root="r"))
    return reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("body", [Body.COUNCIL, Body.DEPARTMENT])
def test_R26_L4132_14_al_2_a_designation_may_have_to_be_secret_and_says_so(body: Body) -> None:
    rule = room(body).item(LegalSubject.OUTSIDE_BODIES)
    assert rule.stance is Stance.WARNED
    assert rule.citation is not None
    assert rule.citation.rule == "R26"


def test_R36_L3121_13_the_minutes_hold_what_the_article_lists() -> None:
    """Date and hour, chair, members present or represented, secretary, quorum, agenda, resolutions, requests, votes."""
    story = journals.small()
    said = printed(story)
    facts, states = story.state.facts, story.state.agenda.states
    adopted = {item for item, state in states.items() if state is ItemState.ADOPTED}
    assert adopted
    for words in (
        "vingt novembre",
        "à neuf heures quarante et une",
        "sous la présidence de Mme Hélène Castaing",
        "Étaient présents",
        "Avaient donné pouvoir",
        "Secrétaire de séance | M. Rémi Durand",
        "quorum atteint",
        *(item.title for item in facts.items),
        *(article for item in facts.items for article in item.articles if item.id in adopted),
        "scrutin secret",
        "Annexe – Votes nominatifs",
    ):
        assert words.casefold() in said.casefold(), words


LETTERS = {
    Choice.FOR: "P",
    Choice.AGAINST: "C",
    Choice.ABSTENTION: "A",
    Choice.NOT_TAKING_PART: "N",
    None: "S",
}


def test_R38_L4132_12_each_name_stands_with_the_sense_of_its_vote() -> None:
    story = journals.small()
    minutes = draw_up(story.events)
    annex = printed(story).partition("Annexe – Votes nominatifs")[2]
    rows = [line.split(" | ") for line in annex.splitlines() if line.startswith(("Mme ", "M. "))]
    table = {name: cells for name, *cells in rows if {*cells} <= {*LETTERS.values(), "D", "–"} and cells}
    polls = [poll for poll in minutes.polls if poll.proclaimed is not None]
    assert len(table) == 8
    assert len(polls) == 4
    voices = 0
    for column, poll in enumerate(polls):
        for mandate in poll.opened.electorate:
            member = minutes.roll[mandate.member]
            assert table[f"{member.civility.value} {member.last_name}"][column] == LETTERS[poll.choice_of(member.id)]
            voices += 1
    assert voices == 26


def test_R42_L1411_5_the_sample_tender_committee_has_its_six_voices_and_their_substitutes() -> None:
    people = read_members(samples.MEMBERS_CAO)
    voices = [row for row in people if row.votes]
    assert len(voices) == 6
    assert [row.role for row in voices].count(Role.CHAIR) == 1
    replaced = {row.substitute_for for row in people if row.substitute_for}
    assert replaced <= {row.id for row in voices}
    assert replaced


def test_R45_L1411_5_who_advises_may_speak_and_neither_counts_nor_votes() -> None:
    sitting = given(*called(CAO), arrive(ADVISOR))
    assert quorum(sitting.sitting, sitting.rules).present == 6
    assert ADVISOR not in {x.voter for x in electorate(sitting.sitting, sitting.rules)}
    sitting.when(c.GiveFloor(by=CHAIR, person=ADVISOR)).then(e.FloorRequested, e.FloorGiven)
    answer = (
        sitting.after(open_poll())
        .when(c.CastVote(by=ADVISOR, poll=None, member=ADVISOR, choice=Choice.FOR, source=arrive(ADVISOR).source))
        .refused()
    )
    assert isinstance(answer, NoVote | NoMandate)


def test_R53_R2131_5_a_tender_committee_is_private_and_its_members_sign_with_their_capacity() -> None:
    for orders in (StandingOrders(), StandingOrders(public_board=True)):
        assert not room(Body.TENDER_COMMITTEE, orders).publicity.public
    named = signatories(draw_up(journals.tender_committee().events))
    assert named[0].capacity is Capacity.CHAIR
    assert {s.capacity for s in named[1:]} == {Capacity.MEMBER}


def test_R61_L4132_9_1_no_line_of_the_record_changes_unseen() -> None:
    lines = journals.sealed(journals.small().events).journal.splitlines()
    whole = root([leaf_hash(line) for line in lines])
    for place, line in enumerate(lines):
        forged = [*lines[:place], line[:-1] + b" }", *lines[place + 1 :]]
        assert root([leaf_hash(x) for x in forged]) != whole
    assert root([leaf_hash(line) for line in lines[:-1]]) != whole
