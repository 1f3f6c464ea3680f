"""What the command line has the serving process do for it: convene a sitting, say who of a roll is recognised.

Both sides of ``bot.control`` are here, so that they agree on what is carried. Decides nothing about either.
"""

import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from bot.control import Answer, AskedInVain, Json, ask
from bot.convening import Convened, record
from bot.core import Core
from bot.deeds import deeds
from bot.directory import Directory
from bot.matching import Asked
from bot.ports import Accounts, ChatInstall, Seen
from bot.reconvening_there import reconvenings
from bot.settings import Settings
from bot.turn import Conversation
from voting.domain.ids import SittingId
from voting.domain.refusals import Refusal, SittingUnknown
from voting.service.convene import Convocation

CONVENE = "convene"
ACCOUNTS = "accounts"
INSTALL = "install"


@cache
def _convocations() -> TypeAdapter[Convocation]:
    return TypeAdapter(Convocation)  # takes a while to make: only where something is handed over


@cache
def _outcomes() -> TypeAdapter[Convened]:
    return TypeAdapter(Convened)


@cache
def _reports() -> "TypeAdapter[Recognised]":
    return TypeAdapter(Recognised)


def answers(core: Core, accounts: Accounts, tenant_id: str, directory: Directory) -> Mapping[str, Answer]:
    """What the serving process answers."""

    async def convene(question: Json) -> Json:
        try:
            convocation = _convocations().validate_json(base64.b64decode(str(question.get("convocation"))))
        except (ValidationError, ValueError):  # the command line is of another version
            raise AskedInVain("control.other_version") from None
        try:
            done = await record(core, accounts, convocation, tenant_id)
        except Refusal:  # it was decided once already, on the other side
            raise AskedInVain("control.refused") from None
        directory.look_up(done.sitting)
        return asdict(done)

    async def recognised(question: Json) -> Json:
        sitting, group = SittingId(str(question.get("sitting"))), str(question.get("group") or "")
        try:
            await core.writer.snapshot(sitting)
        except SittingUnknown:
            raise AskedInVain("control.unknown_sitting") from None
        asked = await (directory.search_group(group) if group else directory.look_up(sitting))
        return asdict(await _recognised(core, directory, sitting, asked))

    async def install(question: Json) -> Json:
        return {"outcome": (await directory.install_in_chat(str(question.get("chat")))).value}

    there = {CONVENE: convene, ACCOUNTS: recognised, INSTALL: install}
    return {**there, **deeds(core), **reconvenings(core, accounts, directory)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody whom the bot would not recognise."""

    person: str
    name: str
    address: str
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A roll and how far it is matched."""

    sitting: str
    title: str
    total: int
    linked: int
    reached: int
    asked: str
    unlinked: tuple[Missing, ...]


def accounts_there(settings: Settings, sitting: str, group: str) -> Recognised:
    """Have the serving process look, in that group if one is named (blocking). ``NotServing``, ``AskedInVain``."""
    answer = ask(settings.data_dir, settings.database_url, ACCOUNTS, sitting=sitting, group=group)
    return _reports().validate_python(answer)


def install_there(settings: Settings, chat: str) -> ChatInstall:
    """Have the serving process put the bot into that chat (blocking). ``NotServing``, ``AskedInVain``."""
    return ChatInstall(str(ask(settings.data_dir, settings.database_url, INSTALL, chat=chat)["outcome"]))


async def accounts_here(core: Core, accounts: Accounts, sitting: SittingId) -> Recognised:
    """The same from what is kept, where nobody serves: nobody is asked."""
    return await _recognised(core, Directory(_NoRoster(), accounts), sitting, Asked.TEAMS)


async def _recognised(core: Core, directory: Directory, sitting: SittingId, asked: Asked) -> Recognised:
    state = (await core.writer.snapshot(sitting)).sitting
    report = directory.report(sitting, state.facts.members, asked)
    missing = (
        Missing(person=one.person, name=state.roll[one.person].full_name, address=one.address, doubt=one.doubt.value)
        for one in report.unlinked
    )
    return Recognised(
        sitting=sitting,
        title=state.facts.title,
        total=len(state.facts.members),
        linked=report.linked,
        reached=report.reached,
        asked=report.asked.value,
        unlinked=tuple(missing),
    )


class _NoRoster:
    """Of a process that does not speak to Teams."""

    async def people(self, conversation: Conversation) -> AsyncIterator[Seen]:
        nobody: tuple[Seen, ...] = ()
        for who in nobody:
            yield who


def convene_there(settings: Settings, convocation: Convocation) -> Convened:
    """Have the serving process record it (blocking). ``NotServing`` when there is none, ``AskedInVain``."""
    packed = base64.b64encode(_convocations().dump_json(convocation)).decode()
    answer = ask(settings.data_dir, settings.database_url, CONVENE, convocation=packed)
    return _outcomes().validate_python(answer)
