"""What the terminal says of each kind of event."""

import pytest

from bot.demo.telling import Teller
from bot.texts import catalogue
from tests.kit.given import Given, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    accepted_proxy,
    arrive,
    ask,
    call,
    called,
    first,
    item,
    leave,
    m,
    open_poll,
    opened,
    polled,
    settled,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain.assembly import ItemKind
from voting.domain.attendance import Source
from voting.domain.polls import Purpose
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice

TELLER = Teller(catalogue("fr"))


def _told(past: Given, command: c.SittingCommand) -> list[str]:
    """What is said of what that command makes of that sitting."""
    after = past.after(command)
    new = after.history[len(past.history) :]
    told = [TELLER.tell(after.sitting, event) for event in new]
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in told if one is not None]


OPENED = opened(standing_committee())


def test_arrivals_are_told_once_the_sitting_is_open() -> None:
    committee = standing_committee()
    assert _told(given(committee), arrive(m(2))) == []
    here = given(*opened(committee, first(20)))
    assert _told(here, arrive(m(25))) == ["Mme Inès Esnault-25 rejoint la séance."]
    assert _told(here, leave(m(3))) == ["Mme Inès Delmas-3 quitte la séance."]


def test_the_opening_is_told_with_its_quorum() -> None:
    [told] = _told(given(*OPENED[:-1]), OPENED[-1])
    assert told.startswith("La séance est ouverte : 25 membres présents")
    assert told.endswith("quorum atteint.")


def test_offices_proxies_and_pauses_are_told() -> None:
    past = given(*opened(standing_committee(), first(20)))
    assert _told(past, c.AppointSecretary(by=CLERK, person=m(2))) == ["Secrétaire de séance : M. Louis Carlier-2."]
    assert _told(past, c.HandOverChair(by=CLERK, person=m(2))) == ["M. Louis Carlier-2 préside."]
    offered, accepted = accepted_proxy(m(25), m(2))
    assert _told(past, offered) == []
    assert _told(past.after(offered), accepted) == ["M. Louis Carlier-2 accepte le pouvoir de Mme Inès Esnault-25."]
    lived = past.after(offered, accepted)
    ended = "Le pouvoir de Mme Inès Esnault-25 à M. Louis Carlier-2 prend fin."
    assert _told(lived, c.RevokeProxy(by=m(25), grantor=m(25))) == [ended]
    assert _told(past, c.SuspendSitting(by=CHAIR, reason="")) == ["La séance est suspendue."]
    assert _told(past.after(c.SuspendSitting(by=CHAIR, reason="")), c.ResumeSitting(by=CHAIR)) == ["La séance reprend."]
    assert _told(past, c.CloseSitting(by=CHAIR)) == ["La séance est levée."]


def test_the_debate_is_told() -> None:
    past = given(*called(standing_committee()))
    asked = past.after(ask(m(2)), ask(m(3), FloorKind.POINT_OF_ORDER))
    first_turn = c.GiveFloor(by=CHAIR, request=None, person=None)
    assert _told(asked, first_turn) == ["Mme Inès Delmas-3 fait un rappel au règlement."]
    assert _told(asked.after(first_turn), first_turn) == ["M. Louis Carlier-2 a la parole."]
    withdrew = c.DeclareRecusal(by=m(4), person=m(4))
    assert _told(past, withdrew)[0].startswith("M. Paul Esnault-4 se déporte")
    assert _told(past, c.RequestSecretBallot(by=m(4))) == ["M. Paul Esnault-4 demande un vote secret."]
    assert _told(past, c.PostponeItem(by=CHAIR, text="pièce manquante")) == ["Ce point est reporté."]


def test_votes_are_told_when_they_change_or_are_given_aloud() -> None:
    past = given(*polled(standing_committee()))
    assert _told(past, vote(m(2))) == []
    assert _told(past.after(vote(m(2))), vote(m(2), Choice.AGAINST)) == ["M. Louis Carlier-2 change son vote."]
    [spoken] = _told(past, vote(m(2), by=CLERK, source=Source.VOICE))
    assert spoken.endswith("enregistre le vote de M. Louis Carlier-2, donné de vive voix.")
    assert _told(past, c.AnnulPoll(by=CLERK, reason="erreur")) == ["Le vote est annulé : erreur"]


@pytest.mark.parametrize(("kind", "word"), [(ItemKind.REPORT, "adopté"), (ItemKind.MOTION, "adoptée")])
def test_a_result_agrees_with_what_was_voted(kind: ItemKind, word: str) -> None:
    close, proclaim = settled()
    past = given(*polled(standing_committee(item(1, kind))), vote(m(1)), vote(m(2)), vote(m(3), Choice.AGAINST), close)
    [told] = _told(past, proclaim)
    assert told.startswith("2 pour, 1 contre, 22 sans réponse : 3 suffrages exprimés")
    assert told.endswith(f"{word}.")


def test_a_request_and_an_item_are_named() -> None:
    close, proclaim = settled()
    past = given(
        *called(standing_committee()),
        c.RequestSecretBallot(by=m(4)),
        open_poll(Purpose.SECRET_BALLOT_REQUEST),
        vote(m(2), Choice.AGAINST),
        close,
    )
    [told] = _told(past, proclaim)
    assert told.startswith("Demande de vote secret. 0 pour, 1 contre")
    assert told.endswith("rejetée.")
    assert _told(given(*OPENED), call()) == ["Rapport n° 1 : Rapport 1"]
