"""Write down an incident of the sitting, at its hour; put one right or take it back by its number."""

import re
from datetime import datetime

from bot.cards.about import clock
from bot.cards.incidents import FORM
from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Say, Screen, Show, UserCommand
from bot.commands.hours import typed_hour
from bot.commands.people import named, numbered
from voting.domain.commands import WriteIncident
from voting.domain.ids import ItemId, PersonId
from voting.domain.sitting import Sitting
from voting.service.views.incidents import IncidentView, incidents_view

_NUMBERED = re.compile(r"(?:n° ?)?(\d{1,4}) ?(?::\s(.*))?", re.DOTALL)
"""``2`` or ``2 : what happened``."""
_AT = re.compile(r"(?:à |at )?(\d{1,2}\s*(?:h|:|heures?)\s*(?:\d{2})?)\s*[:,]\s(.+)", re.DOTALL | re.IGNORECASE)
"""``14 h 32 : what happened``."""


def run(moment: Moment, ask: Ask) -> Intent:
    """``incident texte``, ``incident 14 h 32 : texte``, ``incident 2 : texte``; without a text, the form."""
    told = {x.number: x for x in incidents_view(moment.snapshot.sitting)}
    if ask.is_press and (ask.payload.kind == FORM or ask.payload.request is not None):
        return _pressed(moment, ask, {x.id: x for x in told.values()})
    dated = _AT.fullmatch(ask.argument)
    if dated is not None:
        return _written(moment, None, dated[2], at=typed_hour(moment.snapshot.sitting, dated[1]))
    which = _NUMBERED.fullmatch(ask.argument)
    if which is None:
        return _written(moment, None, ask.argument) if ask.argument else Show(screen=Screen.INCIDENT)
    if int(which[1]) not in told:
        raise Misunderstood("misunderstood.incident", number=int(which[1]))
    one = told[int(which[1])]
    if which[2] is None:
        return Show(screen=Screen.INCIDENT, page=one.number)
    item = one.item.id if one.item is not None else None
    person = one.person.id if one.person is not None else None
    return _written(moment, one, which[2], item=item, person=person)


def _pressed(moment: Moment, ask: Ask, told: dict[str, IncidentView]) -> Intent:
    """A form that was sent, else a button that asks for one. A form sent back empty takes the incident away."""
    sitting, payload = moment.snapshot.sitting, ask.payload
    one = told.get(payload.request) if payload.request is not None else None
    if payload.request is not None and one is None:
        raise Misunderstood("misunderstood.stale")
    if payload.kind != FORM:
        return Show(screen=Screen.INCIDENT, page=one.number if one is not None else None)
    unmoved = one is not None and payload.hour == clock(sitting.facts, one.at)
    at = typed_hour(sitting, payload.hour) if payload.hour and not unmoved else None
    item = _item(sitting, payload.item) if payload.item else None
    person = _person(sitting, payload.person, one) if payload.person else None
    return _written(moment, one, payload.said or "", at=at, item=item, person=person)


def _written(
    moment: Moment,
    one: IncidentView | None,
    text: str,
    *,
    at: datetime | None = None,
    item: str | None = None,
    person: str | None = None,
) -> Intent:
    command = WriteIncident(
        by=moment.person,
        incident=one.id if one is not None else None,
        text=text,
        happened_at=at,
        item=ItemId(item) if item is not None else None,
        person=PersonId(person) if person is not None else None,
    )
    number = one.number if one is not None else len(moment.snapshot.sitting.minuting.incidents) + 1
    code = "said.incident" if text.strip() else "said.incident.gone"
    return Act(command=command, then=Say(code=code, fields={"number": number}))


def _item(sitting: Sitting, said: str) -> str:
    """By its id, else by its number on the agenda."""
    return said if ItemId(said) in sitting.items else numbered(sitting, said).id


def _person(sitting: Sitting, said: str, one: IncidentView | None) -> str:
    """By the id, else by the name; the form carries that of the one who was named before."""
    if one is not None and one.person is not None and said == one.person.name:
        return one.person.id
    return said if PersonId(said) in sitting.roll else named(sitting, said).id


COMMAND = UserCommand(name="incident", audience=Audience.STAFF, run=run, takes_argument=True)
