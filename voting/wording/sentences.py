"""The outcome of a poll and the quorum as sentences, from codes and figures.

Answers for: which parts are said and in which order. Leaves the words to `outcome.po`.
"""

from collections.abc import Sequence
from enum import StrEnum

from voting.domain.assembly import ItemKind
from voting.domain.minuting import Approval
from voting.domain.polls import Purpose, Terms
from voting.domain.quorum import QuorumCheck
from voting.domain.remarks import Remark
from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally
from voting.wording.catalogue import Catalogue
from voting.wording.majorities import article_words, colleges_words, is_missed, majority_words


class Several(StrEnum):
    """Items voted together."""

    MOTIONS = "motions"
    TEXTS = "texts"
    """Reports, or reports and motions."""


Subject = ItemKind | Purpose | Several
"""What a poll decides on; only its grammatical gender and number matter here."""


def subject_of(purpose: Purpose, kinds: Sequence[ItemKind]) -> Subject:
    """What that poll decides on: the request it answers, the item by its kind, or the items voted together."""
    if purpose is not Purpose.ITEM:
        return purpose
    if len(kinds) == 1:
        return kinds[0]
    return Several.MOTIONS if set(kinds) == {ItemKind.MOTION} else Several.TEXTS


def choice_word(texts: Catalogue, choice: Choice | None) -> str:
    """The name of a choice; None is an elector who gave no answer."""
    return texts(f"outcome.choice.{choice.value if choice else 'no_answer'}")


def is_feminine(texts: Catalogue, subject: Subject) -> bool:
    """Whether the noun for what is voted is feminine in this language."""
    if isinstance(subject, Several):
        subject = ItemKind.MOTION if subject is Several.MOTIONS else ItemKind.REPORT
    kind = ItemKind.REPORT if subject is Purpose.ITEM else subject
    return texts(f"outcome.gender.{kind.value}") == "f"


def verdict_word(texts: Catalogue, decision: Decision, subject: Subject = ItemKind.REPORT) -> str:
    """One word: adopted or rejected, agreeing with its noun."""
    gender = "f" if is_feminine(texts, subject) else "m"
    number = ".several" if isinstance(subject, Several) else ""
    return texts(f"outcome.{decision.outcome.value}.{gender}{number}")


def verdict_sentence(texts: Catalogue, decision: Decision, subject: Subject = ItemKind.REPORT) -> str:
    """Adopted or rejected and on which ground, without the figures."""
    code = f"outcome.ground.{decision.ground.value}"
    if decision.ground is Ground.CASTING_VOTE:
        code = f"{code}.{(decision.chair_choice or Choice.FOR).value}"
    if decision.ground is Ground.COLLEGES:
        code = f"{code}.{decision.outcome.value}"
    return texts(code, verdict=verdict_word(texts, decision, subject))


def as_amended(texts: Catalogue, verdict: str, terms: Terms) -> str:
    """The verdict, which says so where the text voted is no longer that of the summons."""
    return texts("outcome.amended", verdict=verdict) if terms.is_amended else verdict


def figures_sentence(texts: Catalogue, tally: Tally) -> str:
    """The count in words. For and against are always said; the rest only when there is some."""
    parts = [
        texts("outcome.figure.for", n=tally.votes_for),
        texts("outcome.figure.against", n=tally.against),
    ]
    others = {
        "abstention": tally.abstention,
        "not_taking_part": tally.not_taking_part,
        "blank": tally.blank,
        "invalid": tally.invalid,
        "no_answer": tally.no_answer,
    }
    parts += [texts.plural(f"outcome.figure.{code}", n, n=n) for code, n in others.items() if n]
    return ", ".join(parts)


def approval_figures(texts: Catalogue, vote: Approval) -> str:
    """The count of the vote that approved minutes; abstentions only when there are some."""
    parts = [texts("outcome.figure.for", n=vote.votes_for), texts("outcome.figure.against", n=vote.against)]
    if vote.abstention:
        parts.append(texts.plural("outcome.figure.abstention", vote.abstention, n=vote.abstention))
    return ", ".join(parts)


def outcome_sentence(
    texts: Catalogue,
    tally: Tally,
    decision: Decision,
    subject: Subject = ItemKind.REPORT,
    terms: Terms | None = None,
    *,
    aloud: bool = False,
) -> str:
    """The whole result: the figures, the sum, the majority and its base, the verdict, its ground and its article.

    No capital, no full stop. ``terms`` are those of the poll: without them the majority is the simple one.
    ``aloud`` leaves the article out: it is read, not said.
    """
    by = terms if terms is not None else Terms()
    said = _outcome(texts, tally, decision, subject, by)
    article = "" if aloud else article_words(texts, by, decision)
    return texts("outcome.sentence.article", sentence=said, article=article) if article else said


def _outcome(texts: Catalogue, tally: Tally, decision: Decision, subject: Subject, terms: Terms) -> str:
    verdict = as_amended(texts, verdict_sentence(texts, decision, subject), terms)
    figures = figures_sentence(texts, tally)
    if decision.ground is Ground.NO_VOTE_CAST:
        return texts("outcome.sentence.no_vote_cast", figures=figures, verdict=verdict)
    if decision.ground is Ground.COLLEGES:
        each = colleges_words(texts, terms, [figures_sentence(texts, t) for _, t in terms.colleges])
        return texts("outcome.sentence.colleges", figures=figures, colleges=each, verdict=verdict)
    if decision.outcome is Outcome.REJECTED and is_missed(terms, tally):
        verdict = texts("outcome.majority.missed", verdict=verdict)
    cast = texts.plural("outcome.votes_cast", tally.votes_cast, n=tally.votes_cast)
    majority = majority_words(texts, terms.majority, tally.votes_cast)
    return texts("outcome.sentence", figures=figures, sum=f"{cast}, {majority}", verdict=verdict)


def quorum_sentence(texts: Catalogue, check: QuorumCheck) -> str:
    """Who counts, of how many, how many are needed by which article, and whether that is reached."""
    counted = texts.plural(
        f"quorum.base.{check.base.value}",
        check.counted,
        counted=check.counted,
        present=check.present,
        represented=check.represented,
    )
    of = texts("quorum.of", in_office=check.in_office)
    if check.required == 0:
        return texts("quorum.sentence.none_required", counted=counted, of=of, verdict=texts("quorum.none_required"))
    required = texts("quorum.required", required=check.required)
    return texts(
        "quorum.sentence",
        counted=counted,
        of=of,
        required=required,
        article=check.article,
        verdict=quorum_verdict(texts, check),
    )


def quorum_verdict(texts: Catalogue, check: QuorumCheck) -> str:
    """Whether the quorum is reached, and how many are missing when it is not."""
    if check.required == 0:
        return texts("quorum.none_required")
    if check.is_reached:
        return texts("quorum.reached")
    return texts.plural("quorum.missing", check.missing, missing=check.missing)


def remark_sentence(texts: Catalogue, remark: Remark) -> str:
    """What the law has to say of the convocation, with its article; says so when that was not read in a source."""
    article = texts("remark.article" if remark.is_confirmed else "remark.article_unconfirmed", article=remark.article)
    return f"{texts(f'remark.{remark.code.value}')} {article}"
