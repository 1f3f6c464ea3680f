"""Record that somebody is excused."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from bot.commands.people import asked
from bot.commands.places import after_answer
from voting.domain.attendance import Presence, Source
from voting.domain.commands import RecordAttendance


def run(moment: Moment, ask: Ask) -> Intent:
    """``excusé NOM``."""
    person = asked(moment, ask)
    if person is None:
        return Show(screen=Screen.CHOOSE_PERSON, verb=COMMAND.name, page=ask.payload.page)
    command = RecordAttendance(by=moment.person, person=person, presence=Presence.EXCUSED, source=Source.CLERK)
    return Act(command=command, then=after_answer(moment, ask))


COMMAND = UserCommand(name="excused", audience=Audience.STAFF, run=run, takes_argument=True)
