"""The second sitting, after one that the quorum did not come to: same people, same agenda, a later day (R04)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from voting.domain.assembly import Regime
from voting.domain.commands import ConveneSitting
from voting.domain.ids import PersonId, SittingId
from voting.domain.refusals.law import NoLawWritten, WasHeld
from voting.domain.remarks import FirstConvocation
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.service.convene import default_title
from voting.service.law import TIME_ZONE, law_of
from voting.wording import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """What is decided of the second sitting; everything else is the first one's."""

    sitting: SittingId
    by: PersonId
    scheduled_for: datetime
    summoned_on: date | None


def earliest(first: Sitting, rules: RuleSet) -> datetime:
    """The first lawful instant: at the hour of the first sitting, as many days later as the law says."""
    zone = ZoneInfo(TIME_ZONE)
    local = first.facts.scheduled_for.astimezone(zone).replace(tzinfo=None)
    days = rules.convening.reconvening.days or 0
    return (local + timedelta(days=days)).replace(tzinfo=zone).astimezone(UTC)


def reconvene(first: Sitting, lines: int, root: bytes, second: Second, texts: Catalogue) -> ConveneSitting:
    """The second convocation, tied to the journal of the first. Refuses after a sitting that was held (``WasHeld``)."""
    if first.course.phase is not Phase.CLOSED or first.course.is_held:
        raise WasHeld()
    facts = first.facts
    day = facts.scheduled_for.astimezone(ZoneInfo(TIME_ZONE)).date()
    return ConveneSitting(
        by=second.by,
        sitting=second.sitting,
        title=default_title(facts.body, second.scheduled_for, texts),
        body=facts.body,
        mode=facts.mode,
        body_name=facts.body_name,
        body_siret=facts.body_siret,
        standing_orders=facts.standing_orders,
        scheduled_for=second.scheduled_for,
        summoned_on=second.summoned_on,
        summons_mentions_remote=facts.summons_mentions_remote,
        place=facts.place,
        members=facts.members,
        items=facts.items,
        regime=_regime(first, second.scheduled_for),
        second_convocation_of=facts.sitting,
        first_convocation=FirstConvocation(
            sitting=facts.sitting,
            scheduled_on=day.isoformat(),
            lines=lines,
            root=root.hex(),
            items=tuple(item.id for item in facts.items),
        ),
    )


def _regime(first: Sitting, on: datetime) -> Regime:
    """Under which the first sitting was convened: the one whose rule set it bears, if that still is the law."""
    facts = first.facts
    for regime in Regime:
        try:
            if law_of(facts.body, facts.mode, facts.standing_orders, on, regime).name == facts.rule_set:
                return regime
        except NoLawWritten:
            continue
    return Regime.ORDINARY
