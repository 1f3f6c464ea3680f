"""Outcomes and quorums in words, for cards, minutes and verifier alike."""

import pytest

from voting.domain.assembly import ItemKind
from voting.domain.polls import Purpose
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import QuorumBase
from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally, decide_outcome
from voting.wording import catalogue
from voting.wording.sentences import (
    Several,
    choice_word,
    figures_sentence,
    outcome_sentence,
    quorum_sentence,
    quorum_verdict,
    subject_of,
    verdict_sentence,
    verdict_word,
)

FR, EN = catalogue("fr"), catalogue("en")


def tally(votes_for: int, against: int, abstention: int = 0, nppv: int = 0, silent: int = 0) -> Tally:
    return Tally(votes_for=votes_for, against=against, abstention=abstention, not_taking_part=nppv, no_answer=silent)


def said(figures: Tally, *, chair: Choice | None = None, subject: ItemKind | Purpose = ItemKind.REPORT) -> str:
    decision = decide_outcome(figures, chair_prevails=True, chair_choice=chair)
    return outcome_sentence(FR, figures, decision, subject).replace("\u00a0", " ")


def test_the_sum_is_done_in_words() -> None:
    assert said(tally(32, 21, 4, 2)) == (
        "32 pour, 21 contre, 4 abstentions, 2 ne prennent pas part : 53 suffrages exprimés, majorité 27, adopté"
    )


@pytest.mark.parametrize(
    ("figures", "chair", "subject", "end"),
    [
        (tally(5, 0), None, ItemKind.REPORT, "majorité 3, adopté à l’unanimité"),
        (tally(5, 0, 1), None, ItemKind.MOTION, "majorité 3, adoptée à l’unanimité des suffrages exprimés"),
        (tally(1, 0, 0, 1, 1), None, ItemKind.REPORT, "majorité 1, adopté à l’unanimité des suffrages exprimés"),
        (tally(1, 4), None, Purpose.SECRET_BALLOT_REQUEST, "majorité 3, rejetée"),
        (tally(2, 2), None, ItemKind.AMENDMENT, "majorité 3, partage égal des voix, rejeté"),
        (
            tally(2, 2),
            Choice.AGAINST,
            Purpose.ITEM,
            "majorité 3, partage égal des voix, voix prépondérante de la présidence (contre), rejeté",
        ),
        (tally(0, 0, 3), None, ItemKind.REPORT, "3 abstentions : aucun suffrage exprimé, rejeté"),
    ],
)
def test_each_ground_is_named(figures: Tally, chair: Choice | None, subject: ItemKind | Purpose, end: str) -> None:
    assert said(figures, chair=chair, subject=subject).endswith(end)


def test_one_is_singular() -> None:
    assert figures_sentence(FR, tally(1, 1, 1, 1, 1)) == (
        "1 pour, 1 contre, 1 abstention, 1 ne prend pas part, 1 sans réponse"
    )
    assert figures_sentence(EN, tally(1, 0)) == "1 for, 0 against"


def test_words_alone() -> None:
    adopted = Decision(outcome=Outcome.ADOPTED, ground=Ground.UNANIMITY)
    assert verdict_word(FR, adopted, ItemKind.MOTION) == "adoptée"
    assert verdict_sentence(FR, adopted) == "adopté à l’unanimité"
    assert [choice_word(FR, c) for c in (Choice.FOR, None)] == ["Pour", "Sans réponse"]


def check(present: int, represented: int, required: int, base: QuorumBase) -> QuorumCheck:
    return QuorumCheck(
        present=present, represented=represented, in_office=25, required=required, base=base, article="CGCT, art. X"
    )


def test_a_quorum_says_its_figures_its_law_and_what_is_missing() -> None:
    both, present = QuorumBase.PRESENT_OR_REPRESENTED, QuorumBase.PRESENT
    assert quorum_sentence(FR, check(15, 3, 13, both)).replace("\u00a0", " ") == (
        "18 membres présents ou représentés (15 + 3) sur 25 en exercice, 13 requis (CGCT, art. X) : quorum atteint"
    )
    assert quorum_sentence(FR, check(1, 0, 13, present)).endswith("quorum non atteint, il manque 12 membres")
    assert quorum_verdict(FR, check(12, 0, 13, present)) == "quorum non atteint, il manque 1 membre"
    none = check(3, 0, 0, present)
    assert "aucun quorum n’est requis" in quorum_sentence(FR, none)
    assert quorum_verdict(EN, none) == "no quorum is required (second summons)"


def test_the_verdict_agrees_in_number_with_what_is_voted_together() -> None:
    reports, motions = [ItemKind.REPORT] * 2, [ItemKind.MOTION] * 2
    adopted, rejected = (Decision(outcome=outcome, ground=Ground.MAJORITY) for outcome in Outcome)
    told = [
        (verdict_word(FR, decision, subject_of(Purpose.ITEM, kinds)))
        for kinds in (reports, motions, [*reports, *motions], [ItemKind.MOTION])
        for decision in (adopted, rejected)
    ]
    assert told == ["adoptés", "rejetés", "adoptées", "rejetées", "adoptés", "rejetés", "adoptée", "rejetée"]
    assert verdict_word(EN, adopted, Several.MOTIONS) == "adopted"
    assert subject_of(Purpose.IN_CAMERA, reports) is Purpose.IN_CAMERA
