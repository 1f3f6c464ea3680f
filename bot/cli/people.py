"""``sittings accounts``, ``install``, ``connections``: whom the bot recognises, where it is, who was on the call."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.access import with_installation
from bot.cli.operate import settings
from bot.cli.records import sittings
from bot.cli.say import GOOD, REFUSED, Stop, language, texts
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.imports import sentences
from voting.wording import catalogue as shared_catalogue

if TYPE_CHECKING:
    from bot.hand_over import Recognised
    from bot.installation import Installation
    from voting.domain.sitting import Sitting
    from voting.service.connections import Compared


def register(_: typer.Typer) -> None:
    """Add this module's commands."""
    sittings.command("accounts", help=texts()("cli.help.sittings_accounts"))(accounts)
    sittings.command("install", help=texts()("cli.help.sittings_install"))(install)
    sittings.command("connections", help=texts()("cli.help.sittings_connections"))(connections)


def accounts(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")],
    group: Annotated[str, typer.Option(metavar="ID", help="Entra: group, team")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say whom of that roll the bot recognises; the process that serves looks for the others first."""
    from bot.control import AskedInVain, NotServing
    from bot.hand_over import accounts_there

    try:
        found = accounts_there(settings(), sitting, group)
    except AskedInVain as vain:
        raise Stop(texts()(vain.code, sitting=sitting), REFUSED) from vain
    except NotServing:
        if group:
            raise Stop(texts()("cli.accounts.not_serving"), REFUSED) from None
        found = _alone(SittingId(sitting))
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _say(found)
    raise typer.Exit(REFUSED if found.unlinked else GOOD)


def install(chat: Annotated[str, typer.Argument(metavar="CHAT", help="19:…@thread.v2, https://teams…")]) -> None:
    """Put the bot into the chat of a meeting, through Microsoft Graph; the process that serves does it."""
    from bot.chats import chat_id
    from bot.control import AskedInVain, NotServing
    from bot.hand_over import install_there
    from bot.ports import ChatInstall

    found = chat_id(chat)
    if found is None:
        raise Stop(texts()("cli.install.not_a_chat", value=chat))
    try:
        outcome = install_there(settings(), found)
    except AskedInVain as vain:
        raise Stop(texts()(vain.code), REFUSED) from vain
    except NotServing:
        raise Stop(texts()("cli.install.not_serving"), REFUSED) from None
    said = texts()(f"cli.install.{outcome}")
    if outcome not in (ChatInstall.DONE, ChatInstall.THERE):
        raise Stop(said, REFUSED)
    typer.echo(said)


def connections(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")],
    report: Annotated[Path, typer.Argument(help="CSV, JSON")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Compare Teams' attendance report with the roll call of that sitting. Nothing is changed."""
    from bot.connections import compared, lines
    from bot.rim import SystemClock
    from voting.imports import FileRefused, source
    from voting.service.connections import NotOpened

    async def work(kept: "Installation") -> "tuple[Sitting, Compared]":
        content = await asyncio.to_thread(source.read_bytes, report)
        state = (await kept.core.writer.snapshot(SittingId(sitting))).sitting
        return state, compared(state, content, kept.storage.accounts.links(SittingId(sitting)), SystemClock().now())

    try:
        state, found = with_installation(work, read_only=True)
    except FileRefused as refused:
        raise Stop("\n".join(sentences(refused.problems, shared_catalogue(language())))) from refused
    except NotOpened as unopened:
        raise Stop(texts()("connections.not_opened", title=sitting), REFUSED) from unopened
    except SittingUnknown as unknown:
        raise Stop(texts()("cli.unknown_sitting", sitting=sitting), REFUSED) from unknown
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
    else:
        typer.echo("\n".join(lines(state, found, texts())))
    raise typer.Exit(REFUSED if found.differences else GOOD)


def _alone(sitting: SittingId) -> "Recognised":
    from bot.hand_over import accounts_here

    try:
        return with_installation(lambda kept: accounts_here(kept.core, kept.storage.accounts, sitting), read_only=True)
    except SittingUnknown as unknown:
        raise Stop(texts()("cli.unknown_sitting", sitting=sitting), REFUSED) from unknown


def _say(found: "Recognised") -> None:
    said = texts()
    typer.echo(f"{found.title} : " + said.plural("card.accounts.said", found.linked, **_figures(found)))
    typer.echo(said(f"card.accounts.asked.{found.asked}"))
    for one in found.unlinked:
        address = f" <{one.address}>" if one.address else ""
        typer.echo(f"- {one.person} {one.name}{address} : {said(f'card.accounts.doubt.{one.doubt}')}")


def _figures(found: "Recognised") -> dict[str, int]:
    return {"linked": found.linked, "total": found.total}
