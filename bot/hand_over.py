"""What the command line has the serving process do for it: convene a sitting, say who of a roll is recognised.

Both sides of ``bot.control`` are here, so that they agree on what is carried. Decides nothing about either.
"""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache

from pydantic import TypeAdapter, ValidationError

from bot.control import Answer, AskedInVain, Json, ask
from bot.convening import Convened, record
from bot.core import Core
from bot.ports import Accounts
from bot.settings import Settings
from voting.domain.refusals import Refusal
from voting.service.convene import Convocation

CONVENE = "convene"


@cache
def _convocations() -> TypeAdapter[Convocation]:
    return TypeAdapter(Convocation)  # takes a while to make: only where something is handed over


@cache
def _outcomes() -> TypeAdapter[Convened]:
    return TypeAdapter(Convened)


def answers(core: Core, accounts: Accounts, tenant_id: str) -> Mapping[str, Answer]:
    """What the serving process answers."""

    async def convene(question: Json) -> Json:
        try:
            convocation = _convocations().validate_json(base64.b64decode(str(question.get("convocation"))))
        except (ValidationError, ValueError):  # the command line is of another version
            raise AskedInVain("control.other_version") from None
        try:
            return asdict(await record(core, accounts, convocation, tenant_id))
        except Refusal:  # it was decided once already, on the other side
            raise AskedInVain("control.refused") from None

    return {CONVENE: convene}


def convene_there(settings: Settings, convocation: Convocation) -> Convened:
    """Have the serving process record it (blocking). ``NotServing`` when there is none, ``AskedInVain``."""
    packed = base64.b64encode(_convocations().dump_json(convocation)).decode()
    answer = ask(settings.data_dir, settings.database_url, CONVENE, convocation=packed)
    return _outcomes().validate_python(answer)
