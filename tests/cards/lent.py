"""The cards on which one of several proxies is chosen: one member's for three stretches of the sitting."""

from collections.abc import Iterator
from datetime import timedelta

from bot.cards import proxies
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s
from tests.kit.journals import CLERK
from voting.domain import commands as c
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.service.views.proxies import proxies_view

Cards = Iterator[tuple[str, Card]]


def golden(texts: Catalogue) -> Cards:
    """Each card by name."""
    story = s.small()
    first, second = story.now + timedelta(hours=1), story.now + timedelta(hours=2)
    for holder, since, until in ((s.HOLDER, None, first), (PersonId("m005"), first, second), (s.HOLDER, second, None)):
        give = c.GiveProxy(by=s.GRANTOR, grantor=s.GRANTOR, holder=holder, source=Source.CARD, since=since, until=until)
        story.do(give)
    about, given = story.state.facts, proxies_view(story.state).proxies
    yield "which_proxy", proxies.which(about, "revoke", given, s.GRANTOR, texts)
    yield "which_proxy_of_another", proxies.which(about, "revoke", given, CLERK, texts)
    held = [one for one in given if one.holder.id == s.HOLDER]
    for verb in ("accept", "decline"):
        yield f"which_proxy_to_{verb}", proxies.which(about, verb, held, s.HOLDER, texts)
    yield "which_proxy_alone", proxies.which(about, "revoke", given[:1], s.GRANTOR, texts)
