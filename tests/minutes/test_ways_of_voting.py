"""How each way of voting is told: names where they are public, figures alone elsewhere, and by what majority."""

from typing import Any

from tests.kit import journals, ways
from tests.kit.journals import Story
from voting.domain import commands as c
from voting.domain.evolve import fold
from voting.domain.polls import Poll
from voting.domain.ruleset import StandingOrders
from voting.domain.standing_orders import Threshold
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.whole import whole
from voting.minutes.sheet import Proof, compose
from voting.wording import catalogue

PROOF = Proof(origin="hemicycle/x", size=1, root="r")


def text(story: Story) -> str:
    sheet = compose(draw_up(story.events), catalogue("fr"), PROOF)
    return reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")


def told(title: str, story: Story) -> str:
    """What the minutes say of that poll, up to the next heading."""
    return text(story).split(f"= {title} =", 1)[1].split("\n=> ", 1)[1].split("\n", 1)[0]


def block(title: str, story: Story) -> str:
    """The poll as it is printed, up to its outcome."""
    return text(story).split(f"= {title} =", 1)[1].split("\n=> ", 1)[0]


def test_a_vote_by_name_says_who_answered_on_screen_and_what_it_replaces() -> None:
    said = block("Scrutin n° 2", ways.in_the_room())
    assert "Scrutin public par appel nominal, en reprise du scrutin n° 1 annulé, ouvert" in said
    assert "Contre (1) : M. Le Goff (réponse donnée à l’écran)." in said
    assert "Sans réponse (1) : Mme Benali." in said
    assert "voix recueillie oralement" not in said


def test_a_show_of_hands_has_its_names() -> None:
    said = block("Scrutin n° 3", ways.in_the_room())
    assert "Vote à main levée, ouvert" in said
    assert "Contre (1) : Mme Benali." in said
    assert "Pour (5) :" in said
    assert "recueillie" not in said


def test_a_secret_ballot_has_figures_and_a_register_and_no_other_name() -> None:
    said = block("Scrutin n° 5", ways.in_the_room())
    assert "Voix 8  Enveloppes 7  Blancs 1  Nuls 0  Exprimés 6  Pour 3  Contre 3" in said
    assert "Émargements (7) : " in said
    assert "Pour (" not in said
    assert "Contre (" not in said
    assert told("Scrutin n° 5", ways.in_the_room()) == (
        "3 pour, 3 contre, 1 blanc, 1 sans réponse : 6 suffrages exprimés, majorité 4, "
        "partage égal des voix, rejeté — CGCT, art. L. 4132-13-1, al. 2."
    )


def test_a_special_majority_is_named_with_its_base_and_that_it_was_missed() -> None:
    assert told("Scrutin n° 6", ways.in_the_room()) == (
        "5 pour, 3 contre : 8 suffrages exprimés, majorité des 2/3 des 8 membres en exercice : 6, "
        "majorité non atteinte, rejeté — statuts, art. 12, référence à confirmer."
    )


def test_the_annex_has_no_secret_ballot() -> None:
    annex = text(ways.in_the_room()).rsplit("Annexe", 1)[1]
    header = next(line for line in annex.splitlines() if line.startswith("Membre"))
    assert [cell for cell in header.split() if cell.isdigit()] == ["2", "3", "4", "6"]


def test_each_college_is_told_with_what_it_needed() -> None:
    story = ways.over_colleges()
    assert told("Scrutin n° 1", story) == (
        "6 pour, 2 contre ; Fondateurs : 4 pour, 1 contre, majorité absolue des 5 membres présents : 3, atteinte ; "
        "Usagers : 2 pour, 1 contre, majorité absolue des 3 membres présents : 2, atteinte : accord de chaque collège, "
        "adopté — statuts et règlement intérieur de l’association, référence à confirmer."
    )
    assert (
        "Usagers : 1 pour, 1 contre, 1 abstention, majorité absolue des 3 membres présents : 2, non atteinte"
        in told("Scrutin n° 2", story)
    )
    assert "majorité absolue des 8 membres présents : 5, adopté" in told("Scrutin n° 3", story)


def exported(story: Story) -> list[dict[str, Any]]:
    polls = whole(story.state)["polls"]
    assert isinstance(polls, list)
    return polls


def test_the_whole_export_gives_away_no_secret_and_leaves_out_no_figure() -> None:
    secret = exported(ways.in_the_room())[4]
    assert (secret["method"], secret["votes"], secret["sources"]) == ("secret", {}, {})
    assert secret["totals"] == {
        "for": 3,
        "against": 3,
        "abstention": 0,
        "not_taking_part": 0,
        "no_answer": 1,
        "blank": 1,
        "invalid": 0,
        "votes_cast": 6,
        "majority": 4,
    }
    assert len(secret["marked"]) == 7


def test_the_whole_export_says_how_each_voice_came_and_by_what_majority() -> None:
    _, by_name, hands, _, _, special = exported(ways.in_the_room())
    assert by_name["call_order"] == [f"m{n:03d}" for n in range(1, 9)]
    assert by_name["sources"]["m002"] == "card"
    assert hands["votes"]["m003"] == "against"
    assert special["majority"] == {
        "base": "in_office",
        "threshold": {"numerator": 2, "denominator": 3, "more_than": False},
        "whole": 8,
        "required": 6,
        "article": "statuts, art. 12",
        "article_confirmed": False,
    }


def test_the_whole_export_has_the_colleges() -> None:
    first, *_ = exported(ways.over_colleges())
    founders, users = first["colleges"]
    assert (founders["name"], users["totals"]["for"], users["majority"]["required"]) == ("Fondateurs", 2, 2)


def test_a_running_poll_of_colleges_exports_no_count() -> None:
    story = ways.over_colleges()
    running = Story(rules=story.rules)
    cut = next(n for n, x in enumerate(story.events) if type(x).__name__ == "PollClosed") + 1
    running.sitting = fold(story.events[:cut])
    poll: Poll = next(iter(running.state.polls.all.values()))
    assert poll.college_tallies
    assert all(x["totals"] is None for x in exported(running)[0]["colleges"])


def test_who_asked_for_a_vote_by_name_is_told() -> None:
    orders = StandingOrders(public_ballot=Threshold(numerator=1, denominator=6))
    story = ways.begun(journals.roll(8), journals.agenda(2), orders=orders)
    story.call()
    story.do(c.RequestRecordedBallot(by=ways.p(4)))
    assert "M. Durand demande un scrutin public (demandes nécessaires : 2)." in text(story)
