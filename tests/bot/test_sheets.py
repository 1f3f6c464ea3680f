"""The personal sheets asked for in a chat: each has his own, whoever hands them out has everybody's."""

import re

from tests.handouts.test_printing import pages
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, walk
from voting.domain.ids import PersonId

SITTING = kit.standing_committee(*kit.reports(1))
NAMES = {m.id: m.full_name for m in SITTING.members}


def addresses(card: object) -> dict[str, str]:
    """The links of that card by their titles."""
    return {str(one["title"]): str(one["url"]) for one in walk(card) if one.get("type") == "Action.OpenUrl"}


async def fetched(room: Hall, url: str) -> tuple[int, bytes]:
    async with room.session.get(url) as response:
        return response.status, await response.read()


async def test_a_member_has_his_own_and_nobody_elses() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.accepted_proxy(kit.m(25), kit.m(2)))
        shown = await room.say(kit.m(2), "ma fiche")
        told = text_of(shown)
        for expected in (
            NAMES[kit.m(2)],
            "siège : n° 2 ",
            f"votez aussi pour {NAMES[kit.m(25)]}",
            "nppv",
            "besoin d'aide",
        ):
            assert expected in told.replace("\u2019", "'"), expected
        (title,) = addresses(shown.card)
        assert "Ma fiche" in title
        status, pdf = await fetched(room, addresses(shown.card)[title])
        assert (status, pages(pdf)) == (200, 1)


async def test_the_clerk_the_support_and_the_chair_hand_out_all() -> None:
    async with hall(SITTING) as room:
        for person, count in ((kit.CLERK, 1), (kit.SUPPORT, 1), (kit.CHAIR, 2)):
            links = addresses((await room.say(person, "fiches")).card)
            assert len(links) == count
            status, pdf = await fetched(room, links["Les fiches des membres, à imprimer (PDF)"])
            assert (status, pages(pdf)) == (200, sum(m.votes for m in SITTING.members))


async def test_who_does_not_vote_is_told_so() -> None:
    async with hall(SITTING) as room:
        assert "Vous n’avez pas de fiche" in text_of(await room.say(kit.OBSERVER, "fiche"))


async def test_the_button_is_on_ones_card_before_the_sitting() -> None:
    async with hall(SITTING) as room:
        await room.say(kit.m(2), "bonjour")
        home = room.running.town.chats.transcript(room.own(kit.m(2)), room.person(kit.m(2)))[-1]
        assert "Votre siège" in str(await room.press(kit.m(2), "sheet", home))


async def test_a_link_opens_that_sheet_alone_and_for_a_while() -> None:
    async with hall(SITTING) as room:
        (url,) = addresses((await room.say(kit.m(2), "ma fiche")).card).values()
        for changed in (
            url.replace(f"person={kit.m(2)}", f"person={kit.m(3)}"),
            url.replace(f"person={kit.m(2)}", "person="),
            re.sub(r"until=\d+", "until=99999999999", url),
            re.sub(r"until=\d+", "until=1", url),
            re.sub(r"until=\d+", "until=x", url),
            re.sub(r"key=\w+", "key=0", url),
        ):
            assert changed != url
            assert (await fetched(room, changed))[0] == 404, changed
        own = room.running.app._sheets
        later = own.link(room.sitting, PersonId("nobody"), "fr")
        assert (await fetched(room, later))[0] == 404
