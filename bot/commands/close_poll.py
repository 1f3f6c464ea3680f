"""Close the vote and count."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.words import fold
from bot.texts import catalogue
from voting.domain.commands import ClosePoll
from voting.wording.catalogue import LANGUAGES


def run(moment: Moment, ask: Ask) -> Intent:
    """``clore``; ``clore quand même`` once one knows who asks for help and has not voted."""
    if ask.argument and not is_sure(ask):
        raise Misunderstood("misunderstood.close")
    return Act(command=ClosePoll(by=moment.person), then=Screen.CONSOLE)


def is_sure(ask: Ask) -> bool:
    """By the button of the warning or by its words: nobody is to be warned again."""
    words = (word for language in LANGUAGES for word in catalogue(language)("option.anyway").split("|"))
    return ask.payload.kind == "sure" or fold(ask.argument) in {fold(word) for word in words}


COMMAND = UserCommand(name="close", audience=Audience.STAFF, run=run, takes_argument=True)
