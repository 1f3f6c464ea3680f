"""Read what was written on the item; the chair opens that exchange or has it last longer."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.hours import typed_hour
from voting.domain.commands import OpenExchange, ProlongExchange


def run(moment: Moment, ask: Ask) -> Intent:
    """With an hour, that until which one may write; without, the messages."""
    until = _filled(moment, ask) if ask.payload.hour else None
    if until is None and ask.argument:
        until = typed_hour(moment.snapshot.sitting, ask.argument)
    if until is None:
        return Show(screen=Screen.EXCHANGE, page=ask.payload.page)
    sitting = moment.snapshot.sitting
    item = sitting.agenda.current
    running = sitting.exchanges.get(item) if item is not None else None
    kind = ProlongExchange if running is not None and running.is_open else OpenExchange
    return Act(command=kind(by=moment.person, until=until), then=Screen.EXCHANGE)


def _filled(moment: Moment, ask: Ask) -> datetime:
    """The day and the hour of the form, on the wall of the sitting."""
    zone = ZoneInfo(moment.snapshot.sitting.facts.time_zone)
    typed = f"{ask.payload.day}T{ask.payload.hour}"
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))
    except ValueError as error:
        raise Misunderstood("misunderstood.hour", typed=typed) from error


COMMAND = UserCommand(name="exchange", audience=Audience.EVERYONE, run=run, takes_argument=True)
