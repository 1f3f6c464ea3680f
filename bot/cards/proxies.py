"""A proxy is offered: its holder agrees or not. And where there are several: which one a word is about."""

from collections.abc import Sequence

from bot.cards.about import About, clock
from bot.cards.buttons import execute, press
from bot.cards.elements import NAME, SHORT, Card, Element, actions, card, clean, heading, line, run
from bot.cards.payloads import EVERY
from bot.texts import Catalogue
from voting.domain.ids import PersonId
from voting.service.views.parts import PersonView
from voting.service.views.proxies import ProxyView


def proxy_offer(about: About, grantor: PersonView, texts: Catalogue) -> Card:
    """What the grantor asks of this person; ``person`` in the answer is the grantor."""
    asked = texts("card.offer.asked", name=clean(grantor.formal, NAME))
    body = [
        heading(texts("card.offer.title"), large=True),
        line(run(clean(about.title, SHORT), subtle=True), spacing="Small"),
        line(run(asked, bold=True)),
        line(texts("card.offer.means")),
        line(texts("card.offer.ends"), spacing="Small"),
        actions(
            press("accept", about, texts, person=grantor.id),
            press("decline", about, texts, person=grantor.id),
            press("need_help", about, texts),
        ),
    ]
    return card(body, spoken=asked, texts=texts)


MOST, TOLD = 4, 20
"""How many have a button; how many more are told, and reached by the words."""


def which(about: About, verb: str, proxies: Sequence[ProxyView], reader: PersonId, texts: Catalogue) -> Card:
    """One button for each of these: its verb comes back with the grantor, and when it begins in ``proxy``.

    Known verbs: accept, decline, revoke. Of one's own or of somebody else's.
    """
    grantor = proxies[0].grantor
    is_revoked = verb == "revoke"
    code = f"card.which_proxy.{verb}" + ("_other" if is_revoked and grantor.id != reader else "")
    title = texts(code, name=clean(grantor.formal, NAME))
    last = [press("need_help", about, texts)]
    if is_revoked and len(proxies) > 1:
        every = texts("card.which_proxy.all")
        last.insert(0, execute(verb, every, sitting=about.sitting, person=grantor.id, proxy=EVERY))
    body = [
        heading(title, large=True),
        line(texts(f"{code}.help")),
        *(actions(_one(about, verb, proxy, texts)) for proxy in proxies[:MOST]),
        *(line(_told(about, verb, proxy, texts), spacing="Small") for proxy in proxies[MOST : MOST + TOLD]),
        actions(*last),
    ]
    return card(body, spoken=title, texts=texts)


def _one(about: About, verb: str, proxy: ProxyView, texts: Catalogue) -> Element:
    begins, title = proxy.since.isoformat(), _told(about, verb, proxy, texts)
    return execute(verb, title, sitting=about.sitting, person=proxy.grantor.id, proxy=begins)


def _told(about: About, verb: str, proxy: ProxyView, texts: Catalogue) -> str:
    """The other of the two, and the hours."""
    since = clock(about, proxy.since)
    if proxy.until is None:
        hours = texts("card.now.hours.from", since=since)
    else:
        hours = texts("card.now.hours.between", since=since, until=clock(about, proxy.until))
    code, other = ("to", proxy.holder) if verb == "revoke" else ("of", proxy.grantor)
    return texts(f"card.which_proxy.{code}", name=clean(other.formal, NAME), hours=hours)
