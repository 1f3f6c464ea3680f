"""Choices among several on paper: rounds, names behind each option, the elder and who said so, what needed no vote."""

import json

from tests.kit import choices
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.contests import OptionCount
from voting.domain.ids import PersonId, option_id
from voting.domain.ruleset import VotingMethod
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.whole import whole
from voting.minutes.sheet import Proof, compose
from voting.wording import catalogue

PROOF = Proof(origin="hemicycle/x", size=1, root="r")


def text(story: Story) -> str:
    sheet = compose(draw_up(story.events), catalogue("fr"), PROOF, watermark="")
    return reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")


def test_an_award_names_who_chose_which_offer() -> None:
    said = text(choices.of_choices())
    assert "= Scrutin n° 1 – choix entre plusieurs, 1er tour =" in said
    assert "Offre A (5) : Mme Castaing, M. Le Goff, Mme Benali, Mme Durand, M. Ferrand." in said
    assert "Offre C (0) : aucune voix." in said
    assert "6 suffrages exprimés, majorité absolue 4, choix arrêté : Offre A, à la majorité absolue." in said


def test_rounds_follow_and_age_decides_the_last_one_as_somebody_said() -> None:
    said = text(choices.of_choices())
    for number, rank in ((2, "1er tour"), (3, "2e tour"), (4, "3e tour")):
        assert f"= Scrutin n° {number} – élection, {rank} =" in said
    assert said.count("aucune majorité absolue, un nouveau tour est nécessaire.") == 2
    assert "majorité relative, élection acquise à Aïcha Benali, à égalité de voix, au bénéfice de l’âge." in said
    assert "Aïcha Benali, doyen d’âge des candidats à égalité, selon la déclaration de Mme Greffe à" in said
    assert "L’assemblée décide à l’unanimité de ne pas procéder au scrutin secret." in said


def test_a_single_candidacy_is_told_with_its_article() -> None:
    said = text(choices.of_choices())
    assert "Une seule candidature a été déposée : Claire Durand." in said
    assert "(CGCT, art. L. 4132-14, al. 4)." in said
    assert "Nomination sans vote" in said


def test_the_annex_numbers_the_options() -> None:
    said = text(choices.of_choices())
    assert "Scrutin 1, numéros : 1 Offre A ; 2 Offre B ; 3 Offre C." in said
    assert "M. Durand | 2 | 2 | 2 | 2" in said


def test_a_round_not_proclaimed_and_one_struck_are_told_so() -> None:
    story = choices.opened()
    story.call()
    choices.contest(story, "Offre A", "Offre B")
    assert "= Scrutin n° 1 – choix entre plusieurs, 1er tour =" in text(story)
    story.do(c.ClosePoll(by=CLERK))
    assert "Résultat non proclamé." in text(story)
    story.do(c.AnnulPoll(by=CLERK, reason="panne"))
    assert "Scrutin annulé, sans effet : panne." in text(story)


def test_a_secret_choice_shows_totals_and_no_name() -> None:
    story = choices.in_the_room()
    story.call("i002")
    story.do(c.OpenContest(by=CLERK, nominees=choices.nominees("m002", "m003"), method=VotingMethod.SECRET))
    counts = (OptionCount(option=option_id(1), votes=4), OptionCount(option=option_id(2), votes=2))
    story.do(c.RecordOptionPapers(by=CLERK, envelopes=8, blank=1, invalid=1, counts=counts))
    story.do(c.ClosePoll(by=CLERK))
    story.do(c.ProclaimResult(by=PersonId("m001")))
    said = text(story)
    assert "Yannick Le Goff : 4 voix." in said
    assert "1 blanc, 1 nul : 6 suffrages exprimés, majorité absolue 4, élection acquise à Yannick Le Goff" in said
    assert "(4) :" not in said
    assert "Sans réponse (" not in said


def test_the_json_export_has_each_round_with_its_options() -> None:
    exported = json.loads(json.dumps(whole(choices.of_choices().state)))
    award, first, _, last = (p["contest"] for p in exported["polls"])
    assert [(o["label"], o["votes"]) for o in award["options"]] == [("Offre A", 5), ("Offre B", 1), ("Offre C", 0)]
    assert (award["winner"], award["ground"], award["elects"]) == ("o1", "absolute_majority", False)
    assert (first["round"], first["previous"], first["winner"], first["majority"]) == (1, None, None, "absolute")
    assert (last["round"], last["previous"], last["elder"], last["winner"]) == (3, "p3", "o2", "o2")
    assert last["chosen"]["m004"] == "o2"
    assert exported["polls"][0]["votes"]["m007"] == "abstention"
    assert exported["items"][2]["unopposed"] == "Claire Durand"
    assert [i["state"] for i in exported["items"]] == ["chosen"] * 3
    open_round = choices.opened()
    open_round.call()
    choices.contest(open_round, "Offre A", "Offre B")
    choices.choose(open_round, 1, 2)
    running = json.loads(json.dumps(whole(open_round.state)))["polls"][0]
    assert running["contest"]["chosen"] == {}
    assert running["contest"]["options"][0]["votes"] is None
