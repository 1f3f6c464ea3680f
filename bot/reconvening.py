"""Convenes a sitting a second time, after one without quorum, for the command line and the chat."""

from datetime import datetime

from bot.core import Core
from bot.ports import Accounts, Link
from bot.rim import RandomIds, SystemClock
from voting.domain.commands import ConveneSitting
from voting.domain.ids import PersonId, SittingId
from voting.domain.refusals.law import WasHeld
from voting.journal.merkle import root
from voting.service.reconvene import Second, earliest, reconvene
from voting.wording import catalogue


async def convene_again(
    core: Core, accounts: Accounts, first: SittingId, when: datetime | None, *, by: PersonId | None, language: str
) -> ConveneSitting:
    """Record the second sitting and link the same people. None for ``when``: the first lawful day, at the same hour.

    Raises ``WasHeld``, ``ReconvenedTooEarly``, ``SittingUnknown``.
    """
    before = await core.writer.snapshot(first)
    if before.sitting.course.is_held:
        raise WasHeld()
    history = await core.writer.history(first)
    second = Second(
        sitting=SittingId(RandomIds().new()),
        by=by or before.sitting.facts.by,
        scheduled_for=when or earliest(before.sitting, before.rules),
        summoned_on=SystemClock().now().date(),
    )
    leaves = [entry.leaf for entry in history]
    command = reconvene(before.sitting, len(leaves), root(leaves), second, catalogue(language))
    await core.writer.submit(second.sitting, command, key=f"reconvene/{first}/{command.scheduled_for.isoformat()}")
    await accounts.link(
        Link(
            sitting=second.sitting,
            person=link.person,
            tenant_id=link.tenant_id,
            account=link.account,
            email=link.email,
            user_id=link.user_id,
        )
        for link in accounts.links(first)
    )
    return command
