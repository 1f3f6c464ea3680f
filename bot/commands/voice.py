"""Record a voice that was spoken, for a member who cannot press."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.options import option
from bot.commands.people import asked, named
from bot.commands.words import fold
from bot.texts import catalogue
from voting.domain.attendance import Source
from voting.domain.commands import CastVote
from voting.domain.ids import OptionId
from voting.domain.tally import Choice

_LANGUAGES = ("fr", "en")


def run(moment: Moment, ask: Ask) -> Intent:
    """``voix NOM CHOIX``: the last word is the answer."""
    if ask.is_press and ask.payload.person is None:
        return Show(screen=Screen.SPOKEN_VOTE)
    pressed = ask.payload.choice or ask.payload.text
    if ask.payload.person is not None and pressed is not None:
        member, answer = asked(moment, ask), pressed
    else:
        name, _, answer = ask.argument.strip().rpartition(" ")
        member = named(moment.snapshot.sitting, name).id if name else None
    if member is None:
        raise Misunderstood("misunderstood.voice")
    choice, option_id = _answer(moment, answer)
    command = CastVote(by=moment.person, poll=None, member=member, choice=choice, option=option_id, source=Source.VOICE)
    return Act(command=command, key=f"voice/{moment.stamp}", then=Screen.CONSOLE)


def _answer(moment: Moment, answer: str) -> tuple[Choice, OptionId | None]:
    """The choice; in a choice among several, the number of the option too."""
    poll = moment.snapshot.sitting.polls.open_poll()
    if poll is None or poll.contest is None:
        return _choice(answer), None
    try:
        return Choice.FOR, OptionId(answer) if poll.contest.option(OptionId(answer)) else option(poll, answer).id
    except Misunderstood:
        return _choice(answer), None


def _choice(word: str) -> Choice:
    for choice in Choice:
        if word == choice.value:
            return choice
        forms = (f for language in _LANGUAGES for f in catalogue(language)(f"words.{choice.value}").split("|"))
        if fold(word) in {fold(form) for form in forms}:
            return choice
    raise Misunderstood("misunderstood.voice")


COMMAND = UserCommand(name="voice", audience=Audience.STAFF, run=run, takes_argument=True)
