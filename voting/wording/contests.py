"""A choice among several in words: what was asked, the figures, who or what is chosen and on which ground."""

from collections.abc import Sequence

from voting.domain.contests import Contest, ContestResult, OptionCount
from voting.domain.ids import OptionId
from voting.domain.standing_orders import MajorityBase
from voting.domain.tally import Tally
from voting.wording.catalogue import Catalogue


def option_label(contest: Contest, option: OptionId | None) -> str:
    """The name of an option; nothing for none."""
    found = contest.option(option) if option is not None else None
    return found.label if found is not None else ""


def round_title(texts: Catalogue, contest: Contest) -> str:
    """``élection, 2e tour``."""
    kind = "election" if contest.elects else "choice"
    rank = texts("contest.round.first") if contest.round == 1 else texts("contest.round.next", n=contest.round)
    return texts("contest.title", kind=texts(f"contest.kind.{kind}"), round=rank)


def chosen_sentence(texts: Catalogue, contest: Contest, result: ContestResult) -> str:
    """Who or what is chosen, or that nobody is, and on which ground; without the figures."""
    ground = texts(f"contest.ground.{result.ground.value}")
    if result.winner is None:
        return ground
    return texts("contest.chosen", who=chosen_words(texts, contest, result), ground=ground)


def chosen_words(texts: Catalogue, contest: Contest, result: ContestResult) -> str:
    """The result in a few words: who is elected, what is retained, or that nobody is."""
    if result.winner is None:
        return texts("contest.nobody")
    kind = "election" if contest.elects else "choice"
    return texts(f"contest.winner.{kind}", name=option_label(contest, result.winner))


def contest_sentence(
    texts: Catalogue, contest: Contest, counts: Sequence[OptionCount], tally: Tally, result: ContestResult
) -> str:
    """The whole result of a round: the figures, the sum that they make, who or what is chosen. No full stop."""
    figures = contest_figures(texts, contest, counts, tally)
    said = chosen_sentence(texts, contest, result)
    cast = texts.plural("outcome.votes_cast", tally.votes_cast, n=tally.votes_cast)
    return texts(
        "outcome.sentence", figures=figures, sum=f"{cast}, {majority_words(texts, contest, tally)}", verdict=said
    )


def contest_figures(texts: Catalogue, contest: Contest, counts: Sequence[OptionCount], tally: Tally) -> str:
    """How many chose each, then how many chose nobody."""
    parts = [texts.plural("contest.figure", c.votes, name=option_label(contest, c.option), n=c.votes) for c in counts]
    others = {
        "abstention": tally.abstention,
        "not_taking_part": tally.not_taking_part,
        "blank": tally.blank,
        "invalid": tally.invalid,
        "no_answer": tally.no_answer,
    }
    parts += [texts.plural(f"outcome.figure.{code}", n, n=n) for code, n in others.items() if n]
    return ", ".join(parts)


def majority_words(texts: Catalogue, contest: Contest, tally: Tally) -> str:
    """What it took to be chosen in this round."""
    if contest.relative:
        return texts("contest.majority.relative")
    code = "votes_cast" if contest.base is MajorityBase.VOTES_CAST else "members"
    return texts(f"contest.majority.{code}", n=contest.needed(tally.votes_cast))
