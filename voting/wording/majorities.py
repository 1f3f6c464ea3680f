"""A majority in words: its part, its base with the figure, how many that makes, and the article that asks for it."""

from voting.domain.majorities import Cited, Majority
from voting.domain.polls import Terms
from voting.domain.standing_orders import MORE_THAN_HALF, Threshold
from voting.domain.tally import Decision, Ground, Tally, reaches
from voting.wording.catalogue import Catalogue


def majority_words(texts: Catalogue, majority: Majority, votes_cast: int) -> str:
    """The majority that was needed, once that many votes were cast."""
    n = majority.needed(votes_cast)
    if majority.is_simple:
        return texts("outcome.majority", n=n)
    part = part_words(texts, majority.threshold)
    if majority.whole is None:
        return texts("outcome.majority.part", part=part, n=n)
    base = texts(f"outcome.majority.base.{majority.base.value}", n=majority.whole)
    return texts("outcome.majority.of", part=part, base=base, n=n)


def part_words(texts: Catalogue, threshold: Threshold) -> str:
    """Absolute, two thirds, more than three fifths…"""
    if threshold == MORE_THAN_HALF:
        return texts("outcome.majority.absolute")
    code = "outcome.majority.more_than" if threshold.is_strict else "outcome.majority.at_least"
    return texts(code, numerator=threshold.numerator, denominator=threshold.denominator)


def colleges_words(texts: Catalogue, terms: Terms, figures: list[str]) -> str:
    """Each college in turn: its figures, what it needed, whether that was reached. ``figures`` in the same order."""
    said = []
    for (part, tally), counted in zip(terms.colleges, figures, strict=True):
        reached = "reached" if reaches(part.majority, tally) else "missed"
        said.append(
            texts(
                f"outcome.college.{reached}",
                name=part.name,
                figures=counted,
                majority=majority_words(texts, part.majority, tally.votes_cast),
            )
        )
    return texts("outcome.colleges.between").join(said)


def article_words(texts: Catalogue, terms: Terms, decision: Decision) -> str:
    """The article that the outcome rests on, saying so when nobody read it; empty where none was written."""
    majority = terms.majority
    cited = Cited(article=majority.article, is_confirmed=majority.is_confirmed)
    if decision.ground is Ground.CASTING_VOTE and terms.casting_vote is not None:
        cited = terms.casting_vote
    if not cited.article:
        return ""
    return texts("outcome.article" if cited.is_confirmed else "outcome.article.unconfirmed", article=cited.article)


def is_missed(terms: Terms, tally: Tally) -> bool:
    """A special majority that was not reached though most of those who voted were for."""
    return not terms.majority.is_simple and tally.votes_for > tally.against
