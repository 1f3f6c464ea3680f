"""Having wishes about the minutes recorded: by the process that serves, if there is one here, else by this one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cli.access import of_sitting, with_installation
from bot.cli.operate import settings
from bot.cli.say import REFUSED, Stop, language, texts
from voting.domain.commands import WriteNote
from voting.domain.ids import PersonId, SittingId, is_rehearsal
from voting.domain.sitting import Sitting

if TYPE_CHECKING:
    from bot.core import Core
    from bot.deeds import Deed, Outcome
    from voting.domain.events import SittingEvent


def recorded(sitting: str, wanted: "Sequence[Deed]") -> "list[Outcome]":
    """What became of each."""
    from bot.control import AskedInVain, NotServing
    from bot.deeds import record, record_there

    if is_rehearsal(sitting) and not all(isinstance(wish, WriteNote) for wish in wanted):
        raise Stop(texts()("cli.rehearsal_exports_nothing"), REFUSED)
    configured = settings()
    try:
        return record_there(configured, SittingId(sitting), wanted, language())
    except AskedInVain as vain:
        raise Stop(texts()(vain.code, sitting=sitting), REFUSED) from vain
    except NotServing:
        return with_installation(lambda kept: record(kept.core, SittingId(sitting), wanted, language()))


def one_recorded(sitting: str, wish: "Deed") -> None:
    """The same of one wish; stops with the sentence of its refusal."""
    (outcome,) = recorded(sitting, [wish])
    if outcome.code:
        raise Stop(outcome.sentence, REFUSED)


def state_of(sitting: str) -> Sitting:
    """That sitting as it stands. Stops when there is none."""

    async def work(core: "Core") -> Sitting:
        return (await core.writer.snapshot(SittingId(sitting))).sitting

    return of_sitting(sitting, work)


def events_of(sitting: str) -> "tuple[SittingEvent, ...]":
    """Its whole record. Stops when there is none."""

    async def work(core: "Core") -> "tuple[SittingEvent, ...]":
        await core.writer.snapshot(SittingId(sitting))
        return tuple(core.codec.decode(entry.line).event for entry in await core.writer.history(SittingId(sitting)))

    return of_sitting(sitting, work)


def author(state: Sitting, by: str) -> PersonId:
    """Who is written down: whoever is named, else who convened the sitting, in whose name the command line acts."""
    person = PersonId(by) if by else state.facts.by
    if person not in state.roll:
        raise Stop(texts()("cli.by_unknown", person=person), REFUSED)
    return person
