"""The proxies of a sitting as the staff sees them: who gave a vote to whom, for what hours, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voting.domain.proxies import EndedProxy, Proxy, ProxyEnd
from voting.domain.sitting import Phase, Sitting
from voting.service.views.parts import PersonView, person_view


class ProxyState(StrEnum):
    """What a proxy is now."""

    OFFERED = "offered"
    """Its holder has not agreed: it gives no vote."""
    PLANNED = "planned"
    """Agreed to, for an hour that has not come."""
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyView:
    """One of them."""

    grantor: PersonView
    holder: PersonView
    state: ProxyState
    since: datetime
    """From when it gives a vote, or would."""
    until: datetime | None
    """When it stopped, or the hour at which it will by itself; None: the end of the sitting."""
    reason: ProxyEnd | None
    """Why it stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxiesView:
    """All of them, and who may give or hold another."""

    proxies: tuple[ProxyView, ...]
    """Those that live, then the planned ones, then those that stopped, the last one first."""
    members: tuple[PersonView, ...]
    """Those who hold a seat with a vote; nobody once the sitting is over."""


def proxies_view(sitting: Sitting) -> ProxiesView:
    """Those of that sitting."""
    planned = sorted(sitting.planned, key=lambda p: (p.begins, p.grantor))
    living = sorted(sitting.proxies.values(), key=lambda p: (p.begins, p.grantor))
    is_over = sitting.course.phase is Phase.CLOSED
    return ProxiesView(
        proxies=(
            *(_running(sitting, p, ProxyState.RUNNING) for p in living),
            *(_running(sitting, p, ProxyState.PLANNED) for p in planned),
            *(_ended(sitting, ended) for ended in reversed(sitting.ended_proxies)),
        ),
        members=() if is_over else tuple(person_view(m) for m in sitting.voting_members()),
    )


def _running(sitting: Sitting, proxy: Proxy, state: ProxyState) -> ProxyView:
    return ProxyView(
        grantor=person_view(sitting.roll[proxy.grantor]),
        holder=person_view(sitting.roll[proxy.holder]),
        state=state if proxy.accepted_at is not None else ProxyState.OFFERED,
        since=proxy.begins,
        until=proxy.until,
        reason=None,
    )


def _ended(sitting: Sitting, ended: EndedProxy) -> ProxyView:
    return ProxyView(
        grantor=person_view(sitting.roll[ended.proxy.grantor]),
        holder=person_view(sitting.roll[ended.proxy.holder]),
        state=ProxyState.ENDED,
        since=ended.proxy.begins,
        until=ended.at,
        reason=ended.reason,
    )
