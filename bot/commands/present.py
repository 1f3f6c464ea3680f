"""Say that one is there, and where; the clerk says it for somebody else."""

from dataclasses import replace

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, Screen, Show, UserCommand
from bot.commands.people import asked
from bot.commands.places import after_answer, placed
from voting.domain.attendance import Source
from voting.domain.commands import RecordAttendance


def run(moment: Moment, ask: Ask) -> Intent:
    """``présent [en salle | à distance | par téléphone]`` for oneself; ``présent NOM […]`` for the staff."""
    presence, name = placed(moment, ask.argument)
    person = asked(moment, replace(ask, argument=name))
    if person is None and ask.payload.page is not None:
        return Show(screen=Screen.CHOOSE_PERSON, verb=COMMAND.name, page=ask.payload.page)
    command = RecordAttendance(
        by=moment.person,
        person=moment.person if person is None else person,
        presence=presence,
        source=ask.source if person is None else Source.CLERK,
    )
    if person is not None and ask.is_press and after_answer(moment, ask) is Screen.CALLING:
        return Act(command=command, then=Screen.CALLING)
    return Act(
        command=command,
        then=Say(code="said.present" if person is None or person == moment.person else "said.present_other"),
    )


COMMAND = UserCommand(name="present", audience=Audience.EVERYONE, run=run, takes_argument=True)
