"""A second convocation asked by the command line of the process that serves. Both sides of ``bot.control``."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from bot import edge
from bot.control import Answer, AskedInVain, Json, ask
from bot.core import Core
from bot.directory import Directory
from bot.ports import Accounts
from bot.reconvening import convene_again
from bot.settings import Settings
from bot.texts import catalogue
from voting.domain.ids import SittingId
from voting.domain.refusals import Refusal, SittingUnknown
from voting.wording import catalogue as shared_catalogue

RECONVENE = "reconvene"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What was convened, or why nothing was."""

    sitting: str = ""
    title: str = ""
    scheduled_for: datetime | None = None
    refused: str = ""
    """The sentence of the refusal; empty when it was convened."""


def reconvenings(core: Core, accounts: Accounts, directory: Directory) -> Mapping[str, Answer]:
    """What the serving process answers."""

    async def reconvened(question: Json) -> Json:
        try:
            when = TypeAdapter(datetime | None).validate_python(question.get("when"))
        except ValidationError:  # the command line is of another version
            raise AskedInVain("control.other_version") from None
        first, language = SittingId(str(question.get("sitting"))), str(question.get("language"))
        try:
            done = await again(core, accounts, first, when, language)
        except SittingUnknown:
            raise AskedInVain("control.unknown_sitting") from None
        if done.sitting:
            directory.look_up(SittingId(done.sitting))
        return {**asdict(done), "scheduled_for": done.scheduled_for.isoformat() if done.scheduled_for else None}

    return {RECONVENE: reconvened}


async def again(core: Core, accounts: Accounts, first: SittingId, when: datetime | None, language: str) -> Again:
    """Convene it in this process. Raises ``SittingUnknown``."""
    state = (await core.writer.snapshot(first)).sitting
    try:
        command = await convene_again(core, accounts, first, when, by=None, language=language)
    except Refusal as refusal:
        return Again(refused=edge.refusal_sentence(refusal, state, catalogue(language), shared_catalogue(language)))
    return Again(sitting=command.sitting, title=command.title, scheduled_for=command.scheduled_for)


def again_there(settings: Settings, first: str, when: datetime | None, language: str) -> Again:
    """Have the serving process convene it (blocking). ``NotServing`` when there is none, ``AskedInVain``."""
    asked = when.isoformat() if when is not None else None
    answer = ask(settings.data_dir, settings.database_url, RECONVENE, sitting=first, when=asked, language=language)
    return TypeAdapter(Again).validate_python(answer)
