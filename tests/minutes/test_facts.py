"""What the fold of a sitting keeps: chairs, proxies over time, items taken twice, withdrawals, sittings cut short."""

from datetime import timedelta
from typing import Any

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
from voting.domain.standing_orders import Asker, Requests
from voting.domain.statements import Statement
from voting.domain.tally import Choice
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.whole import whole, whole_of
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


def speaks(story: Story, person: str, kind: FloorKind = FloorKind.INTERVENTION) -> None:
    who = PersonId(person)
    story.do(c.RequestFloor(by=who, person=who, kind=kind))
    story.do(c.GiveFloor(by=CLERK, person=who))


def test_R58_a_turn_is_told_without_its_pauses_and_never_when_it_was_a_mistake() -> None:
    story = begun()
    story.call()
    speaks(story, "m003")
    story.do(c.PauseFloor(by=CLERK), after=40)
    story.do(c.ContinueFloor(by=CLERK), after=300)
    story.do(c.EndFloor(by=CLERK), after=20)
    speaks(story, "m005")
    story.do(c.UndoFloor(by=CLERK))
    speaks(story, "m006")
    story.do(c.EndFloor(by=CLERK), after=10)
    story.do(c.UndoFloor(by=CLERK), after=60)
    story.do(c.EndFloor(by=CLERK), after=20)
    told = text(story)
    assert "Mme Benali – intervention à 9 h 30 (1 min 00 s)." in told
    assert "M. Ferrand – intervention à 9 h 36 (30 s)." in told
    assert "Mme Claire Durand – intervention" not in told
    assert "Rivages | 2 | 1 min 30 s" in told
    assert "Mme Aïcha Benali | 1 | 1 min 00 s" in told


def test_R58_a_turn_undone_and_given_again_is_told_once() -> None:
    story = begun()
    story.call()
    speaks(story, "m003")
    story.do(c.UndoFloor(by=CLERK))
    story.do(c.GiveFloor(by=CLERK))
    story.do(c.PauseFloor(by=CLERK), after=25)
    story.do(c.EndFloor(by=CLERK), after=60)
    story.do(c.UndoFloor(by=CLERK), after=5)
    story.do(c.EndFloor(by=CLERK), after=5)
    assert text(story).count("Mme Benali – intervention") == 1
    assert "(25 s)" in text(story)


def test_R58_each_kind_of_turn_has_its_name() -> None:
    story = begun()
    story.call()
    names = ("rappel au règlement", "réponse sur le rapport", "intervention", "réponse", "explication de vote")
    for kind in FloorKind:
        speaks(story, "m002" if kind is FloorKind.ANSWER else "m003", kind)
    told = text(story)
    assert all(f"– {name} à 9 h 30" in told for name in (*names, "fait personnel"))


def test_R59_a_point_of_order_during_a_vote_is_told_as_one_on_that_vote() -> None:
    story = begun()
    story.call()
    story.open_poll()
    speaks(story, "m003", FloorKind.POINT_OF_ORDER)
    assert "Mme Benali – rappel au règlement sur le scrutin n° 1 à 9 h 30." in text(story)
    story.do(c.AnnulPoll(by=CLERK, reason="incident"))
    story.do(c.EndFloor(by=CLERK))
    speaks(story, "m003", FloorKind.POINT_OF_ORDER)
    assert "Mme Benali – rappel au règlement à 9 h 30." in text(story)


def test_R58_a_suspension_says_who_asked_and_how_long_it_lasted() -> None:
    story = begun(orders=StandingOrders(requests=Requests(suspension=Asker.MEMBERS)))
    story.call()
    asks = PersonId("m003")
    story.do(c.RequestSuspension(by=asks, person=asks, reason="réunion du groupe"))
    story.do(c.DeclineSuspension(by=PersonId("m001")))
    story.do(c.RequestSuspension(by=asks, person=asks, reason=""))
    story.do(c.SuspendSitting(by=CLERK, reason="dix minutes"))
    story.do(c.ResumeSitting(by=CLERK), after=615)
    told = text(story)
    assert "(Mme Benali demande une suspension de séance à 9 h 30 : réunion du groupe.)" in told
    assert "(La suspension de séance que demandait Mme Benali n’est pas accordée à 9 h 30.)" in told
    assert "(Mme Benali demande une suspension de séance à 9 h 30.)" in told
    assert "dix minutes. La suspension avait été demandée par Mme Benali.)" in told
    assert "après une suspension de 10 min 15 s." in told


def test_R58_a_closure_asked_for_and_what_the_chair_said() -> None:
    story = begun()
    story.call()
    asks, chair = PersonId("m003"), PersonId("m001")
    story.do(c.RequestClosure(by=asks, person=asks))
    story.do(c.DeclineClosure(by=chair))
    story.do(c.CloseDebate(by=chair))
    told = text(story)
    assert "(Mme Benali demande la clôture du débat à 9 h 30.)" in told
    assert "le débat se poursuit.)" in told
    assert "(Le débat est clos à 9 h 30.)" in told


def test_R58_the_export_holds_every_turn_and_its_sums() -> None:
    story = begun()
    assert speaking_of(story) == {"turns": [], "by_person": {}, "by_group": {}}
    story.call()
    speaks(story, "m003")
    story.do(c.EndFloor(by=CLERK), after=90)
    assert speaking_of(story) == {
        "turns": [{"person": "m003", "kind": "intervention", "item": "i001", "milliseconds": 90_000, "said": None}],
        "by_person": {"m003": 90_000},
        "by_group": {"Rivages": 90_000},
    }


def speaking_of(story: Story) -> object:
    return whole(story.state)["speaking"]


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


def test_R28_the_whole_sitting_in_json_tells_the_hours_of_every_proxy() -> None:
    story = journals.convened(journals.roll(8), journals.agenda(1))
    story.attend("m001", "m002", "m003", "m004", "m005")
    holder, later, end = PersonId("m002"), story.now + timedelta(hours=1), story.now + timedelta(hours=2)
    story.proxy("m006", "m001")
    story.do(c.RevokeProxy(by=PersonId("m006"), grantor=PersonId("m006")), after=60)
    first = story.now + timedelta(minutes=30)
    given = c.GiveProxy(
        by=PersonId("m007"), grantor=PersonId("m007"), holder=holder, source=Source.CARD, since=None, until=first
    )
    story.do(given)
    story.do(c.AcceptProxy(by=holder, grantor=PersonId("m007")))
    planned = c.GiveProxy(
        by=PersonId("m008"), grantor=PersonId("m008"), holder=holder, source=Source.CARD, since=later, until=end
    )
    story.do(planned)
    exported: Any = whole_of(story.events)["proxies"]
    ended, running, coming = exported
    assert (ended["grantor"], ended["state"], ended["ended"]) == ("m006", "ended", "revoked")
    assert ended["since"] < ended["until"]
    assert (running["grantor"], running["state"], running["until"]) == ("m007", "running", None)
    assert running["ends_at"] == first.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert (coming["grantor"], coming["state"]) == ("m008", "offered")
    assert coming["since"] < coming["ends_at"]
