"""What the command line has recorded about the minutes of a sitting: by the process that serves, else by itself.

Decides nothing: each wish is a command of the core, and each refusal comes back as its sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from bot import edge
from bot.control import Answer, AskedInVain, Json, ask
from bot.core import Core
from bot.settings import Settings
from bot.texts import catalogue
from voting.domain import commands as c
from voting.domain.ids import SittingId
from voting.domain.refusals import Refusal
from voting.wording import catalogue as shared_catalogue

DEEDS = "deeds"

Deed = (
    c.WriteNote
    | c.CorrectMinutes
    | c.SubmitMinutes
    | c.ApproveMinutes
    | c.RecordSignatures
    | c.PublishMinutes
    | c.ArchiveMinutes
)
_KINDS: Mapping[str, type[Deed]] = {kind.__name__: kind for kind in get_args(Deed)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one wish."""

    code: str = ""
    """Of the refusal; empty when it was recorded."""
    sentence: str = ""


@cache
def _reader(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind])


def deeds(core: Core) -> Mapping[str, Answer]:
    """What the serving process answers."""

    async def recorded(question: Json) -> Json:
        wishes = question.get("deeds")
        try:
            wanted = [_reader(one["kind"]).validate_python(one["wish"]) for one in list(wishes)]  # type: ignore[call-overload]  # what is no list raises below
        except (ValidationError, KeyError, TypeError):  # the command line is of another version
            raise AskedInVain("control.other_version") from None
        done = await record(core, SittingId(str(question.get("sitting"))), wanted, str(question.get("language")))
        return {"outcomes": [{"code": one.code, "sentence": one.sentence} for one in done]}

    return {DEEDS: recorded}


def record_there(settings: Settings, sitting: SittingId, wanted: Sequence[Deed], language: str) -> list[Outcome]:
    """Have the serving process record them (blocking). ``NotServing`` when there is none, ``AskedInVain``."""
    asked = [
        {"kind": type(wish).__name__, "wish": _reader(type(wish).__name__).dump_python(wish, mode="json")}
        for wish in wanted
    ]
    answer = ask(settings.data_dir, settings.database_url, DEEDS, sitting=sitting, deeds=asked, language=language)
    return TypeAdapter(list[Outcome]).validate_python(answer.get("outcomes"))


async def record(core: Core, sitting: SittingId, wanted: Sequence[Deed], language: str) -> list[Outcome]:
    """One after the other; a refused one keeps none of the others from being recorded."""
    outcomes: list[Outcome] = []
    for wish in wanted:
        try:
            await core.writer.submit(sitting, wish)
            outcomes.append(Outcome())
        except Refusal as refusal:
            state = (await core.writer.snapshot(sitting)).sitting
            said = edge.refusal_sentence(refusal, state, catalogue(language), shared_catalogue(language))
            outcomes.append(Outcome(code=refusal.code, sentence=said))
    return outcomes
