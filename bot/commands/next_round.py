"""Open another round, after one that chose nobody: with those who still stand."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from bot.commands.options import nominees, option
from voting.domain.commands import OpenNextRound
from voting.domain.contests import Nominee
from voting.domain.ids import OptionId
from voting.service.views.contests import next_round


def run(moment: Moment, ask: Ask) -> Intent:
    """``tour suivant -2 ; +Dupont``: without that number, with somebody more; without anything, the same stand."""
    sitting = moment.snapshot.sitting
    withdrawn: list[OptionId] = []
    joining: list[Nominee] = []
    for part in (p.strip() for p in ask.argument.split(";")):
        if part.startswith("+"):
            joining += nominees(sitting, part[1:])
        elif part:
            withdrawn.append(option(next_round(sitting), part.lstrip("-\u2212 ")).id)
    command = OpenNextRound(by=moment.person, withdrawn=tuple(withdrawn), joining=tuple(joining))
    return Act(command=command, then=Screen.CONSOLE)


COMMAND = UserCommand(name="next_round", audience=Audience.STAFF, run=run, takes_argument=True)
