"""``sittings``: those of this installation, and a new one."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.access import with_installation
from bot.cli.operate import settings
from bot.cli.say import Stop, language, one_of, texts
from voting.domain.assembly import Body, Mode, Regime
from voting.domain.ids import SittingId, is_rehearsal
from voting.domain.refusals import SittingUnknown
from voting.wording import catalogue as shared_catalogue
from voting.wording.sentences import remark_sentence

if TYPE_CHECKING:
    from bot.convening import Convened
    from bot.core import Core
    from bot.installation import Installation
    from bot.reconvening_there import Again
    from bot.settings import Settings
    from voting.service.convene import Convocation

sittings = typer.Typer(no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    sittings.command("list", help=texts()("cli.help.sittings_list"))(list_sittings)
    sittings.command("reconvene", help=texts()("cli.help.sittings_reconvene"))(reconvene)
    sittings.command("convene", help=texts()("cli.help.sittings_convene"))(convene)
    app.add_typer(sittings, name="sittings", help=texts()("cli.help.sittings"))


def list_sittings(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Every sitting, oldest first."""

    async def work(core: "Core") -> list[dict[str, str | int]]:
        rows: list[dict[str, str | int]] = []
        for identifier in [*await core.store.sittings(), *await core.rehearsals.store.sittings()]:
            snapshot = await core.writer.snapshot(SittingId(identifier))
            facts = snapshot.sitting.facts
            rows.append(
                {
                    "sitting": identifier,
                    "title": facts.title,
                    "body": facts.body.value,
                    "phase": snapshot.sitting.course.phase.value,
                    "scheduled_for": facts.scheduled_for.isoformat(timespec="minutes"),
                    "events": snapshot.size,
                    "rehearsal": is_rehearsal(identifier),
                }
            )
        return rows

    rows = with_installation(lambda installation: work(installation.core), read_only=True)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        typer.echo(texts()("cli.no_sittings"))
    for row in rows if not as_json else ():
        phase = texts()(f"phase.{row['phase']}")
        typer.echo(f"{row['sitting']}  {row['scheduled_for']}  {row['title']}  ({phase})")


def convene(
    members: Annotated[Path, typer.Option(help="CSV or XLSX")],
    agenda: Annotated[Path, typer.Option(help="CSV or XLSX")],
    kind: Annotated[str, typer.Option(help=", ".join(Body))] = Body.STANDING_COMMITTEE.value,
    mode: Annotated[str, typer.Option(help=", ".join(Mode))] = Mode.REMOTE.value,
    regime: Annotated[str, typer.Option(help=", ".join(Regime))] = Regime.ORDINARY.value,
    urgent: Annotated[bool, typer.Option("--urgent")] = False,
    standing_orders: Annotated[Path | None, typer.Option(metavar="FILE.toml")] = None,
    date: Annotated[str, typer.Option(help="2026-11-24T09:30")] = "",
    summoned: Annotated[str, typer.Option(help="2026-11-10")] = "",
    remote_in_summons: Annotated[bool, typer.Option("--remote-in-summons/--remote-not-in-summons")] = True,
    title: Annotated[str, typer.Option()] = "",
    place: Annotated[str, typer.Option()] = "",
) -> None:
    """Convene a sitting from a roll and an agenda."""
    from bot.convening import Wish, prepare

    wish = Wish(
        members=members,
        agenda=agenda,
        kind=one_of("cli.unknown_kind", Body, kind).value,
        mode=one_of("cli.unknown_mode", Mode, mode),
        regime=one_of("cli.unknown_regime", Regime, regime),
        standing_orders=standing_orders,
        is_urgent=urgent,
        scheduled_for=_local(date).astimezone(UTC),
        summons_mentions_remote=remote_in_summons,
        summoned_on=_local(summoned).date() if summoned else None,
        title=title,
        place=place,
    )
    configured = settings()
    done = _record(prepare(wish, configured.body_name, configured.body_siret, configured.language), configured)
    typer.echo(
        texts()(
            "cli.convened",
            title=done.title,
            sitting=done.sitting,
            members=done.members,
            voters=done.voters,
            items=done.items,
        )
    )
    for remark in done.remarks:
        typer.echo(remark_sentence(shared_catalogue(language()), remark))


def reconvene(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")],
    date: Annotated[str, typer.Option(help="2026-11-27T09:30")] = "",
) -> None:
    """Convene a second time a sitting that was not held for want of a quorum."""
    from bot.control import AskedInVain, NotServing
    from bot.reconvening_there import again, again_there

    when = _local(date).astimezone(UTC) if date else None

    async def work(installation: "Installation") -> "Again":
        return await again(installation.core, installation.storage.accounts, SittingId(sitting), when, language())

    try:
        done = again_there(settings(), sitting, when, language())
    except AskedInVain as vain:
        raise Stop(texts()(vain.code, sitting=sitting), 1) from vain
    except NotServing:
        try:
            done = with_installation(work)
        except SittingUnknown as unknown:
            raise Stop(texts()("cli.unknown_sitting", sitting=sitting), 1) from unknown
    if done.scheduled_for is None:
        raise Stop(done.refused, 1)
    day = done.scheduled_for.astimezone(ZoneInfo("Europe/Paris")).isoformat(timespec="minutes")
    typer.echo(texts()("cli.reconvened", title=done.title, sitting=done.sitting, day=day))


def _record(convocation: "Convocation", configured: "Settings") -> "Convened":
    """By the process that serves, if there is one here: its database has one writer, and it knows at once."""
    from bot.control import AskedInVain, NotServing
    from bot.convening import record
    from bot.hand_over import convene_there

    try:
        return convene_there(configured, convocation)
    except AskedInVain as vain:
        raise Stop(texts()(vain.code), 1) from vain
    except NotServing:
        return with_installation(
            lambda kept: record(kept.core, kept.storage.accounts, convocation, configured.tenant_id),
        )


def _local(text: str) -> datetime:
    """A date and hour on the wall of the assembly; now when nothing is said."""
    zone = ZoneInfo("Europe/Paris")
    if not text:
        from bot.rim import SystemClock

        return SystemClock().now().astimezone(zone)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError as error:
        raise Stop(texts()("cli.bad_date", value=text)) from error
