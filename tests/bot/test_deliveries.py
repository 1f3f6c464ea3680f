"""Papers as files in one's own chat, as Teams has it: offered, accepted, put into one's OneDrive; and every no."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.base import Ask, Moment
from bot.commands.ways import forms
from bot.commands.words import fold
from bot.deliveries import Deliveries
from bot.document_errands import DocumentErrands
from bot.document_links import DocumentLinks
from bot.documents import STAFF, Reader
from bot.file_seal import FileSeal, Offered
from bot.local.chats import Shown
from bot.local.connector import Fault
from bot.papers import LASTS
from bot.teams.activity import turn_of
from bot.texts import catalogue
from bot.turn import CardReply
from tests.kit import sittings as kit
from tests.kit.hall import Hall, button, hall, text_of, walk, words
from tests.kit.sittings import CLERK, m
from tests.web.test_documents import lifted
from voting.domain.ids import PersonId, SittingId
from voting.minutes.exports.paper import Paper
from voting.service.shelf import STAFF_PAPERS

FIRST = m(2)
WISH = kit.standing_committee(*kit.reports(1))
NO_OFFER = "n’a été envoyé"


def seen(room: Hall, who: PersonId) -> Sequence[Shown]:
    """What that person's own chat shows now."""
    return [one for one in room.running.town.chats.transcript(room.own(who), room.person(who)) if not one.is_deleted]


def offer_of(shown: Shown) -> bool:
    return "fileConsent/accept" in str(shown.card)


async def offered(room: Hall, who: PersonId = CLERK) -> Shown:
    """The offer, once it is in that chat."""
    await room.until(lambda: any(offer_of(one) for one in seen(room, who)))
    return next(one for one in seen(room, who) if offer_of(one))


async def asked(room: Hall, words_: str = "exports feuille de présence") -> Shown:
    await room.client.say(room.person(CLERK), room.own(CLERK), words_)
    return await offered(room)


async def told(room: Hall, words_: str, who: PersonId = CLERK) -> Shown:
    """The bot's message with these words, in that person's own chat."""
    await room.until(lambda: any(words_ in text_of(one) for one in seen(room, who)))
    return next(one for one in seen(room, who) if words_ in text_of(one))


async def accept(room: Hall, offer: Shown, who: PersonId = CLERK) -> Mapping[str, object]:
    return await room.client.answer_offer(room.person(who), room.own(who), offer.id, "accept")


async def answered(
    room: Hall, context: object, *, who: PersonId = CLERK, in_meeting: bool = False, **upload: object
) -> Mapping[str, object]:
    """An answer as a client could make it up."""
    chat = room.meeting if in_meeting else room.own(who)
    place = {**room.running.town.drive.prepare("x.pdf"), **upload}
    value = {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": place}
    return await room.client.post(room.client.writer.file_answer(room.person(who), chat, "1", value))


def sealed(
    room: Hall, who: PersonId, paper: str = "attendance", *, sitting: str = "", age: float = 0
) -> dict[str, str]:
    """The context that the bot itself would have written so long ago, for that person."""
    person = room.person(who)
    seal = FileSeal(room.core.key, clock=lambda: time.time() - age)
    offer = Offered(sitting=SittingId(sitting or room.sitting), paper=paper)
    return seal.context(offer, (person.tenant_id, str(person.account)))


def stored(room: Hall) -> list[bytes]:
    """Every file that was put anywhere."""
    drive = room.running.town.drive
    return [content for one in drive.names() if (content := drive.content(one)) is not None]


async def paper(room: Hall, format_: str, reader: Reader = STAFF) -> Paper:
    return await room.running.app.deliveries.documents.fetch(room.sitting, format_, reader)


async def test_a_paper_asked_for_by_its_name_is_put_into_ones_onedrive() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        offer = await asked(room)
        expected = await paper(room, "attendance")
        assert expected.name in text_of(offer)
        assert "Feuille de présence (PDF)" in text_of(offer)
        assert stored(room) == [], "nobody has accepted anything"
        assert await accept(room, offer) == {}, "the client waits for an empty answer"
        shown = await told(room, "Fichier rangé")
        assert stored(room) == [expected.content]
        (link,) = [a["url"] for a in walk(shown.card) if a.get("type") == "Action.OpenUrl"]
        async with room.session.get(str(link)) as file:
            assert await file.read() == expected.content
        await room.until(lambda: not any(offer_of(one) for one in seen(room, CLERK)))


async def test_a_paper_chosen_on_the_card_may_be_declined() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        card = await room.say(CLERK, "exports")
        said = words(await room.press(CLERK, "exports", card, paper="list"))
        assert "Je prépare : Liste des délibérations (PDF)" in said
        offer = await offered(room)
        await room.client.press(room.person(CLERK), room.own(CLERK), offer.id, verb="fileConsent/decline", data={})
        await told(room, "Rien n’est rangé dans votre OneDrive")
        assert stored(room) == []
        assert not any(offer_of(one) for one in seen(room, CLERK))


async def test_the_card_of_the_minutes_gives_their_draft() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        card = await room.say(CLERK, "pv")
        assert button(card, "exports")
        await room.press(CLERK, "exports", card, paper="draft")
        await accept(room, await offered(room))
        await told(room, "Fichier rangé")
        assert stored(room) == [(await paper(room, "draft")).content]


async def test_in_the_meetings_chat_no_file_is_offered() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        answer = await room.say(CLERK, "exports feuille", in_meeting=True)
        assert "ne se reçoit que dans votre conversation privée" in text_of(answer)
        card = await room.say(CLERK, "exports", in_meeting=True)
        assert "Recevoir le fichier" not in text_of(card)


async def test_a_name_that_no_paper_has_is_said() -> None:
    async with hall(WISH) as room:
        assert "n’est le nom d’aucun document" in text_of(await room.say(CLERK, "exports n'importe quoi"))


def test_every_paper_of_the_staff_has_words_of_its_own() -> None:
    written = [form for name in STAFF_PAPERS for form in {fold(f) for f in _forms(name)}]
    assert len(written) == len(set(written)), "no word names two papers"
    assert forms("document", STAFF_PAPERS) == {fold(form): name for name in STAFF_PAPERS for form in _forms(name)}


def _forms(name: str) -> list[str]:
    return [form for language in ("fr", "en") for form in catalogue(language)(f"ways.document.{name}").split("|")]


async def test_before_the_end_what_was_voted_is_not_given() -> None:
    async with hall(WISH) as room:
        await room.client.say(room.person(CLERK), room.own(CLERK), "exports votes")
        await told(room, "ne peut pas être donné maintenant")
        assert not any(offer_of(one) for one in seen(room, CLERK))


async def test_a_paper_that_lacks_something_says_what() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        await room.client.say(room.person(CLERK), room.own(CLERK), "exports scdl")
        await told(room, "SIRET")


async def test_a_context_that_was_made_up_gives_nothing() -> None:
    async with hall(WISH) as room:
        ours = sealed(room, CLERK)
        changes: list[dict[str, object]] = [
            {"paper": "votes"},
            {"until": "99999999999"},
            {"until": "²"},
            {"key": "é"},
            {"key": 1, "sitting": None},
        ]
        made_up: list[object] = [sealed(room, m(3)), None, [], "x", {}, *({**ours, **changed} for changed in changes)]
        for count, context in enumerate(made_up, start=1):
            await answered(room, context)
            await times(room, "n’est pas de moi, ou n’est pas pour vous", count)
        assert stored(room) == []


async def times(room: Hall, words_: str, count: int) -> None:
    """Wait until the clerk has been told so, so many times."""
    await room.until(lambda: sum(words_ in text_of(one) for one in seen(room, CLERK)) == count)


async def test_a_member_gets_nothing_with_the_clerks_context_nor_with_his_own() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        await answered(room, sealed(room, CLERK), who=FIRST)
        await told(room, "n’est pas pour vous", FIRST)
        await room.running.app.deliveries.close()
        await room.client.post(_second_answer(room, sealed(room, FIRST)))
        await told(room, "réservée", FIRST)
        assert stored(room) == []


def _second_answer(room: Hall, context: object) -> Mapping[str, object]:
    value = {"action": "accept", "context": context, "uploadInfo": room.running.town.drive.prepare("x.pdf")}
    return room.client.writer.file_answer(room.person(FIRST), room.own(FIRST), "2", value)


async def test_an_old_offer_has_expired() -> None:
    async with hall(WISH) as room:
        await answered(room, sealed(room, CLERK, age=LASTS + 1))
        await told(room, "date de plus d’un quart d’heure")
        assert stored(room) == []


async def test_what_is_not_there_is_not_given() -> None:
    async with hall(WISH) as room:
        elsewhere = sealed(room, CLERK, sitting="s-9999")
        asked_for = [sealed(room, CLERK, "own"), sealed(room, CLERK, "nothing"), elsewhere]
        for count, context in enumerate(asked_for, start=1):
            await answered(room, context)
            await times(room, "ne peut pas être donné maintenant", count)
        assert stored(room) == []


async def test_an_answer_from_the_meetings_chat_is_none() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        answer = await answered(room, sealed(room, CLERK), in_meeting=True)
        assert (answer["statusCode"], answer["type"]) == (400, "application/vnd.microsoft.error")
        await room.running.app.deliveries.close()
        assert stored(room) == []


async def test_a_file_that_cannot_be_put_is_said() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        unknown = f"{room.running.town.origin}/teams/drive/unknown/upload"
        for address, said in (
            ("https://example.org/upload", "hors du OneDrive"),
            ("http://127.0.0.1:1/upload", "n’a pas répondu"),
            (unknown, "n’attend plus"),
        ):
            await answered(room, sealed(room, CLERK), uploadUrl=address)
            await told(room, said)
        assert stored(room) == []


async def test_an_answer_that_teams_sends_again_is_one_answer() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        context = sealed(room, CLERK)
        for _ in range(2):
            await answered(room, context)
        await told(room, "Fichier rangé")
        await room.running.app.deliveries.close()
        assert len(stored(room)) == 1


async def test_what_failed_may_be_accepted_again() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        context = sealed(room, CLERK)
        await answered(room, context, uploadUrl="http://127.0.0.1:1/upload")
        await told(room, "n’a pas répondu")
        await answered(room, context)
        await told(room, "Fichier rangé")


async def test_only_an_address_of_the_store_is_shown() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        await answered(room, sealed(room, CLERK), contentUrl="https://example.org/attendance.pdf")
        shown = await told(room, "est dans votre OneDrive")
        assert "example.org" not in text_of(shown)


async def test_where_teams_takes_no_file_from_a_bot_it_is_said() -> None:
    async with hall(WISH) as room:
        await lifted(room, WISH, FIRST)
        await room.running.app.outbox.settled(room.sitting)
        room.running.town.connector.fail_next(Fault(status=403, method="POST"))
        await room.client.say(room.person(CLERK), room.own(CLERK), "exports feuille")
        await told(room, "n’accepte pas de fichier")


async def test_what_breaks_has_its_number() -> None:
    async with hall(WISH) as room:
        app = room.running.app
        broken = replace(app.deliveries, documents=_Broken())  # type: ignore[arg-type]
        turn = turn_of(room.client.writer.message(room.person(CLERK), room.own(CLERK), "exports feuille", "1"))
        identity = turn.sender.identity
        assert identity is not None
        broken.offer(turn, identity, Offered(sitting=room.sitting, paper="attendance"))
        await broken.close()
        await told(room, "incident")


class _Broken:
    async def fetch(self, sitting: SittingId, format_: str, reader: Reader) -> Paper:
        raise RuntimeError("broken")


async def test_a_server_without_an_address_gives_files_in_ones_own_chat() -> None:
    async with hall(WISH) as room:
        app = room.running.app
        errands = DocumentErrands(links=_links(app.deliveries, room), has_address=False, deliveries=app.deliveries)
        turn = turn_of(room.client.writer.message(room.person(CLERK), room.own(CLERK), "exports", "1"))
        snapshot = await room.core.writer.snapshot(room.sitting)
        moment = Moment(person=CLERK, snapshot=snapshot, personal=True, stamp="1")
        given = await errands.exports(turn, moment, Ask())
        assert isinstance(given, CardReply)
        assert "Recevoir le fichier" in str(given.card)
        assert "http" not in str(given.card)
        none = await errands.exports(turn, replace(moment, personal=False), Ask())
        assert "hemicycle export" in words({"": str(none)})


def _links(deliveries: Deliveries, room: Hall) -> DocumentLinks:
    return DocumentLinks(room.core, deliveries.documents, "")
