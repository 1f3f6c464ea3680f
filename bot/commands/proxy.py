"""Give one's vote to another member, for this sitting or between two hours; the staff register somebody else's."""

import re
from dataclasses import replace

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, Screen, Show, UserCommand
from bot.commands.hours import split_hours, typed_hour
from bot.commands.people import asked, known, named
from voting.domain.attendance import Source
from voting.domain.commands import GiveProxy

_OF = re.compile(r"(?:de |d['’]|of )\s*(.+?)\s+(?:à|au|to)\s+(.+)", re.IGNORECASE)


def run(moment: Moment, ask: Ask) -> Intent:
    """``pouvoir à NOM [jusqu'à 10 h 25]``; the staff: ``pouvoir de NOM à NOM […]``. Without a name, a card."""
    sitting = moment.snapshot.sitting
    if ask.is_press and ask.payload.member is not None:
        return _registered(moment, ask)
    hours = split_hours(sitting, ask.argument)
    grantor, holder_name = moment.person, hours.who
    registered = _OF.fullmatch(hours.who)
    if registered is not None:
        grantor, holder_name = named(sitting, registered[1]).id, registered[2]
    holder = asked(moment, replace(ask, argument=holder_name))
    if holder is None:
        return Show(screen=Screen.CHOOSE_PERSON, verb=COMMAND.name, page=ask.payload.page)
    command = GiveProxy(
        by=moment.person,
        grantor=grantor,
        holder=holder,
        source=ask.source if grantor == moment.person else Source.CLERK,
        since=hours.since,
        until=hours.until,
    )
    return Act(command=command, then=Say(code="said.proxy_given" if grantor == moment.person else "said.proxy_noted"))


def _registered(moment: Moment, ask: Ask) -> Intent:
    """From a page of the staff: both people and the hours, if any."""
    sitting, payload = moment.snapshot.sitting, ask.payload
    grantor = known(sitting, payload.member or "")
    command = GiveProxy(
        by=moment.person,
        grantor=grantor,
        holder=known(sitting, payload.person or ""),
        source=ask.source if grantor == moment.person else Source.CLERK,
        since=typed_hour(sitting, payload.since) if payload.since else None,
        until=typed_hour(sitting, payload.until) if payload.until else None,
    )
    return Act(command=command, then=Say(code="said.proxy_noted"))


COMMAND = UserCommand(name="proxy", audience=Audience.EVERYONE, run=run, takes_argument=True)
