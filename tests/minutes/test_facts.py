"""What the fold of a sitting keeps: chairs, proxies over time, items taken twice, withdrawals, sittings cut short."""

from tests.kit import journals
from tests.kit.journals import AGAINST, CLERK, FOR, Story
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, ItemKind, Mode
from voting.domain.attendance import Presence, Source
from voting.domain.ids import ItemId, PersonId, SittingId, item_id
from voting.domain.polls import Purpose
from voting.domain.remarks import FirstConvocation
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.statements import Statement
from voting.domain.tally import Choice
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.sheet import Proof, compose
from voting.minutes.signatories import Capacity, signatories
from voting.wording import catalogue

PROOF = Proof(origin="hemicycle/x", size=1, root="r")


def text(story: Story, *, watermark: str = "") -> str:
    sheet = compose(draw_up(story.events), catalogue("fr"), PROOF, watermark=watermark)
    return reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")


def begun(*items: AgendaItem, orders: StandingOrders | None = None) -> Story:
    story = journals.convened(journals.roll(8), items or journals.agenda(2), orders=orders)
    story.attend("m001", "m002", "m003", "m004", "m005", "m006", "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m004")))
    return story


def test_who_withdraws_from_a_report_is_shown_withdrawn_from_its_amendment() -> None:
    report = journals.agenda(1)[0]
    amendment = AgendaItem(id=item_id(2), number="A1", title="Plafond", kind=ItemKind.AMENDMENT, parent=report.id)
    story = begun(report, amendment)
    story.call("i001")
    story.do(c.DeclareRecusal(by=PersonId("m005"), person=PersonId("m005")))
    story.call("i002")
    story.decide_item()
    story.call("i001")
    story.decide_item()
    minutes = draw_up(story.events)
    assert [poll.recused for poll in minutes.polls] == [("m005",), ("m005",)]
    assert [(a.item.id, a.is_resumed) for a in minutes.accounts] == [("i001", False), ("i002", False), ("i001", True)]
    assert "tranche 1 : « un toit pour apprendre » (suite)" in text(story)


def test_proxies_are_told_with_their_times() -> None:
    story = begun()
    story.call()
    story.proxy("m007", "m002", after=600)
    story.do(c.RevokeProxy(by=PersonId("m007"), grantor=PersonId("m007")), after=600)
    story.proxy("m007", "m003", after=600)
    story.attend("m002", as_=Presence.ABSENT, after=60)
    told = text(story)
    assert "Avaient donné pouvoir : Mme Maëlle Œuvrard à M. Yannick Le Goff (de 9 h 40 à 9 h 50), " in told
    assert "à Mme Aïcha Benali (à partir de 10 h 00)" in told
    assert "(Le pouvoir donné par Mme Œuvrard à M. Le Goff est révoqué à 9 h 50.)" in told
    assert "(M. Le Goff quitte la séance à 10 h 01.)" in told


def test_an_offer_that_was_never_accepted_is_not_a_proxy() -> None:
    story = begun()
    giver, taker = PersonId("m007"), PersonId("m002")
    story.do(c.GiveProxy(by=giver, grantor=giver, holder=taker, source=Source.CARD))
    story.do(c.DeclineProxy(by=taker, grantor=giver))
    assert draw_up(story.events).terms == ()
    assert "pouvoir" not in text(story)


def test_a_member_who_moves_leaves_and_comes_back() -> None:
    story = begun()
    story.call()
    story.attend("m003", as_=Presence.IN_ROOM, after=300)
    story.attend("m003", as_=Presence.ABSENT, after=300)
    story.attend("m003", as_=Presence.AUDIO_ONLY, after=300)
    told = text(story)
    assert "Mme Aïcha Benali (jusqu’à 9 h 40, à partir de 9 h 45)" in told
    assert "(Mme Benali poursuit la séance dans la salle à partir de 9 h 35.)" in told
    assert "(Mme Benali rejoint la séance par téléphone, sans image à 9 h 45.)" in told


def test_the_chair_handed_over_is_told_and_the_first_chair_signs() -> None:
    story = begun()
    story.do(c.HandOverChair(by=CLERK, person=PersonId("m002")), after=60)
    story.call()
    story.decide_item()
    told = text(story)
    assert "(La présidence de la séance est assurée par M. Yannick Le Goff à partir de 9 h 31.)" in told
    assert "résultat proclamé par M. Le Goff, à la présidence, à" in told
    who = signatories(draw_up(story.events))
    assert [(s.person, s.capacity) for s in who] == [("m001", Capacity.CHAIR), ("m004", Capacity.SECRETARY)]


def test_a_spoken_voice_is_marked_and_silence_is_listed() -> None:
    story = begun()
    story.call()
    story.open_poll()
    poll = story.state.polls.open_poll()
    assert poll is not None
    voice = c.CastVote(by=CLERK, poll=poll.id, member=PersonId("m002"), choice=Choice.FOR, source=Source.VOICE)
    story.do(voice)
    story.proclaim()
    told = text(story)
    assert "Pour (1) : M. Le Goff (voix recueillie oralement)." in told
    assert "Sans réponse (5) :" in told


def test_an_adopted_secret_ballot_postpones_the_item() -> None:
    story = begun()
    story.call()
    story.do(c.RequestSecretBallot(by=PersonId("m002")))
    story.open_poll(Purpose.SECRET_BALLOT_REQUEST)
    story.vote({"m001": AGAINST}, rest=FOR)
    story.proclaim()
    told = text(story)
    assert "5 pour, 1 contre : 6 suffrages exprimés, majorité 4, adoptée — CGCT, art. L. 4132-13-1, al. 2." in told
    assert "le point est reporté à une séance qui ne se tiendra pas en visioconférence." in told


def test_the_list_closed_a_pause_without_reason_and_a_running_turn() -> None:
    story = begun()
    story.call()
    story.do(c.CloseSpeakersList(by=CLERK))
    story.do(c.SuspendSitting(by=CLERK, reason=""))
    story.do(c.ResumeSitting(by=CLERK))
    story.do(c.RequestFloor(by=PersonId("m003"), person=PersonId("m003"), kind=FloorKind.POINT_OF_ORDER))
    story.do(c.GiveFloor(by=CLERK, person=PersonId("m003")))
    told = text(story)
    assert "(La liste des orateurs est close à 9 h 30.)" in told
    assert "(La séance est suspendue à 9 h 30.)" in told
    assert "Mme Benali – rappel au règlement à 9 h 30." in told


def test_a_draft_before_the_opening_names_who_is_there_already() -> None:
    story = journals.convened(journals.roll(8), journals.agenda(1))
    story.do(c.OpenRollCall(by=CLERK))
    story.attend("m001", "m002")
    told = text(story, watermark="draft")
    assert told.startswith("PROJET")
    assert "La séance n’est pas encore ouverte." in told
    assert "L’appel nominal, ouvert à 9 h 30, est en cours." in told
    assert "Étaient présents par visioconférence : Mme Hélène Castaing, M. Yannick Le Goff." in told


def test_an_open_poll_has_no_result_and_no_names() -> None:
    story = begun()
    story.call()
    story.open_poll()
    told = text(story)
    assert "=> Résultat non proclamé." in told
    assert "En attente" in told
    assert "Pour (" not in told


def test_each_body_speaks_for_itself() -> None:
    council = journals.convened(journals.roll(8), journals.agenda(1), body=Body.COUNCIL)
    assert "Séance publique. Le procès-verbal est arrêté" in text(council)
    opened = begun(orders=StandingOrders(public_board=True))
    assert "Séance ouverte au public par le règlement intérieur." in text(opened)
    assert "Document confidentiel." in text(journals.tender_committee())
    assert council.state.facts.mode is Mode.REMOTE


def test_the_minutes_of_a_sitting_without_quorum_say_so_and_name_the_missing() -> None:
    story = journals.convened(journals.roll(8), journals.agenda(1))
    story.attend("m001", "m002")
    story.do(c.RecordNoQuorum(by=journals.CLERK), after=900)
    said = text(story)
    assert "n’a pas pu se tenir faute de quorum" in said
    assert "CGCT, art. L. 4132-13-1" in said
    assert "Membres en exercice non présents" in said
    assert "Rien n’a été délibéré." in said
    assert "n’est pas levée" not in said
    assert [s.person for s in signatories(draw_up(story.events))] == ["m001"]


def test_the_minutes_tell_what_was_stated_and_what_the_law_remarked() -> None:
    story = journals.convened(journals.roll(8), journals.agenda(1), body=Body.COUNCIL, is_urgent=True)
    assert "se prononce sur l’urgence (CGCT, art. L. 4132-18)" in text(story)
    story.do(c.MakeStatement(by=journals.CLERK, statement=Statement.BROADCAST_STARTED))
    story.attend(*(f"m{n:03d}" for n in range(1, 9)))
    story.do(c.OpenSitting(by=journals.CLERK))
    story.do(c.MakeStatement(by=PersonId("m001"), statement=Statement.URGENCY_ADMITTED))
    story.do(c.MakeStatement(by=PersonId("m001"), statement=Statement.SOUND_ADMITTED))
    for statement in (Statement.RECORDING_STARTED, Statement.RECORDING_STOPPED, Statement.BROADCAST_STOPPED):
        story.do(c.MakeStatement(by=journals.CLERK, statement=statement))
    said = text(story)
    assert "la diffusion en direct est en ligne" in said
    assert "l’assemblée admet l’urgence" in said
    assert "admet la participation par le son seul" in said
    assert said.index("la diffusion en direct est en ligne") < said.index("la diffusion en direct s’arrête")


def test_the_minutes_of_a_second_sitting_vouch_for_the_journal_of_the_first() -> None:
    first = FirstConvocation(
        sitting=SittingId("s1"), scheduled_on="2026-11-17", lines=42, root="ab" * 32, items=(ItemId("i001"),)
    )
    story = journals.convened(journals.roll(8), journals.agenda(1), first=first)
    assert f"séance du 17 novembre 2026 (journal s1, 42 lignes, racine {'ab' * 32})" in text(story)
