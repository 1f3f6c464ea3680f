"""Record the count of a secret ballot: envelopes, for, against, blank and invalid papers."""

import re

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.ways import forms
from bot.commands.words import fold
from voting.domain.commands import RecordPapers
from voting.domain.ruleset import VotingMethod

FIGURES = ("envelopes", "for", "against", "blank", "invalid")
_FIGURE = re.compile(r"(\d{1,4})\s+([^\d,;]+)")


def run(moment: Moment, ask: Ask) -> Intent:
    """``bulletins 25 enveloppes, 12 pour, 10 contre, 2 blancs, 1 nul``; without a word, the form."""
    payload = ask.payload
    if payload.way == VotingMethod.SECRET.value:
        given = (payload.envelopes, payload.votes_for, payload.votes_against, payload.blank, payload.invalid)
        counts = {name: n for name, n in zip(FIGURES, given, strict=True) if n is not None}
    elif ask.argument:
        counts = _typed(ask.argument)
    else:
        return Show(screen=Screen.PAPERS)
    if not {"envelopes", "for", "against"} <= set(counts):
        raise Misunderstood("misunderstood.count")
    command = RecordPapers(
        by=moment.person,
        envelopes=counts["envelopes"],
        votes_for=counts["for"],
        against=counts["against"],
        blank=counts.get("blank", 0),
        invalid=counts.get("invalid", 0),
    )
    return Act(command=command, key=f"papers/{moment.stamp}", then=Screen.CONSOLE)


def _typed(text: str) -> dict[str, int]:
    known = forms("paper", FIGURES)
    counts: dict[str, int] = {}
    for number, word in _FIGURE.findall(text):
        name = known.get(fold(word))
        if name is None or name in counts:
            raise Misunderstood("misunderstood.count")
        counts[name] = int(number)
    return counts


COMMAND = UserCommand(name="papers", audience=Audience.STAFF, run=run, takes_argument=True)
