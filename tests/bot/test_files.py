"""Files sent to the bot in a 1:1 chat, as Teams sends them: recognised, read at once, kept until the form is sent."""

import contextlib
import itertools
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import samples
from bot.commands.base import Ask
from bot.convening_errands import KEPT
from bot.local.chats import Shown
from bot.ports import KeptFile
from bot.rim import SystemClock
from bot.teams.activity import FILE_ATTACHMENT, turn_of
from bot.turn import TextReply
from tests.bot.test_conversation import CLERK, FIRST, SITTING
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, words
from tests.kit.reports import written
from voting.domain.ids import PersonId, SittingId

AGENDA = "number;title;kind\n1;Budget supplémentaire;report\n2;Subventions;report\n".encode()
MEMBERS = samples.MEMBERS.read_bytes()
NUMBERS = itertools.count()
FILLED = {"kind": "cpr", "day": "2026-11-24", "hour": "09:30", "remote": "true"}


@contextlib.asynccontextmanager
async def onedrive(files: Mapping[str, bytes]) -> AsyncIterator[str]:
    """The store where Teams puts what people send; its address."""

    async def download(request: web.Request) -> web.Response:
        return web.Response(body=files[request.match_info["name"]])

    app = web.Application()
    app.router.add_get("/{name}", download)
    async with TestServer(app) as server:
        yield f"http://127.0.0.1:{server.port}"


def message(room: Hall, who: PersonId, *addresses: str) -> dict[str, object]:
    """What Teams posts for a message without words and with these files."""
    attachments = [
        {
            "contentType": FILE_ATTACHMENT,
            "name": address.rpartition("/")[2],
            "content": {"downloadUrl": address, "uniqueId": "1", "fileType": "csv"},
        }
        for address in addresses
    ]
    wire = room.client.writer.message(room.person(who), room.own(who), "", f"files-{next(NUMBERS)}")
    return {**wire, "attachments": attachments}


async def send(room: Hall, who: PersonId, *addresses: str) -> Shown:
    """A message with these files; the bot's answer."""
    chats, person = room.running.town.chats, room.person(who)
    await room.running.app.notices.close()
    before = chats.revision
    await room.client.post(message(room, who, *addresses))
    async for shown in chats.changes(person, after=before):
        if shown.author_id is None and shown.chat_id == room.own(who).id:
            return shown
    raise AssertionError("no answer")


async def kept(room: Hall, who: PersonId) -> list[str]:
    person = room.person(who)
    return [file.kind for file in await room.running.app.books.files.of(person.tenant_id, str(person.account))]


async def test_a_sitting_is_convened_from_files_sent_in_the_private_chat() -> None:
    async with hall(SITTING) as room, onedrive({"élus.csv": MEMBERS, "odj.csv": AGENDA}) as store:
        form = await send(room, CLERK, f"{store}/élus.csv", f"{store}/odj.csv")
        assert "Membres : élus.csv (personnes : 60, voix : 25)." in text_of(form)
        assert "Ordre du jour : odj.csv (points : 2)." in text_of(form)
        assert await kept(room, CLERK) == ["agenda", "members"]
        said = words(await room.press(CLERK, "new_sitting", form, **FILLED))
        assert "25 voix, 2 points" in said
        new = [s for s in await room.core.store.sittings() if s != room.sitting]
        assert len((await room.core.writer.snapshot(SittingId(new[0]))).sitting.facts.items) == 2
        assert await kept(room, CLERK) == []


async def test_files_come_one_by_one_and_the_last_of_its_kind_counts() -> None:
    longer = AGENDA + "3;Vœu;report\n".encode()
    orders = b"[council]\nseats = 75\n"
    files = {"a.csv": AGENDA, "b.csv": longer, "ri.toml": orders}
    async with hall(SITTING) as room, onedrive(files) as store:
        assert "(points : 2)" in text_of(await send(room, CLERK, f"{store}/a.csv"))
        assert "(points : 3)" in text_of(await send(room, CLERK, f"{store}/b.csv"))
        form = await send(room, CLERK, f"{store}/ri.toml")
        assert "Règlement intérieur : ri.toml" in text_of(form)
        typed = await room.say(CLERK, "nouvelle séance")
        assert "b.csv (points : 3)" in text_of(typed)
        # What is wrong with standing orders is said with the body that they are of.
        said = words(await room.press(CLERK, "new_sitting", typed, **FILLED, members=MEMBERS.decode()))
        assert "council" in said
        assert await room.core.store.sittings() == [room.sitting]
        assert await kept(room, CLERK) == ["agenda", "orders"]


async def test_a_file_with_faults_is_not_kept_and_each_fault_has_its_place() -> None:
    bad = b"id;first_name;last_name;role;votes\nm1;A;B;roi;1\n"
    files = {"faux.csv": bad, "photo.csv": b"\x89PNG\r\n", "vide.csv": b"", "texte.csv": b"bonjour"}
    async with hall(SITTING) as room, onedrive(files) as store:
        said = text_of(await send(room, CLERK, f"{store}/faux.csv"))
        assert "« faux.csv » n’est pas gardé" in said
        assert "Ligne 2, colonne « role »" in said
        assert "n’est pas gardé" in text_of(await send(room, CLERK, f"{store}/photo.csv"))
        for name in ("vide.csv", "texte.csv"):
            assert f"Je ne reconnais pas « {name} »" in text_of(await send(room, CLERK, f"{store}/{name}"))
        assert await kept(room, CLERK) == []


async def test_a_file_that_teams_does_not_keep_is_not_fetched() -> None:
    async with hall(SITTING) as room, onedrive({}) as store:
        said = text_of(await send(room, CLERK, "https://example.org/membres.csv"))
        assert "n’est pas rangé dans le OneDrive" in said
        assert "Teams ne donne plus" in text_of(await send(room, CLERK, f"{store.replace('http:', 'http:')}/x/y.csv"))


async def test_more_files_than_a_sitting_is_made_of_are_said_to_be_left() -> None:
    async with hall(SITTING) as room, onedrive({"a.csv": AGENDA}) as store:
        assert "Seuls les 5 premiers" in text_of(await send(room, CLERK, *[f"{store}/a.csv"] * 6))


async def test_nobody_else_s_file_is_even_fetched() -> None:
    async with hall(SITTING) as room:
        errands = room.running.app.convening
        strict = replace(errands, convener=replace(errands.convener, allowed=frozenset()))
        answer = await strict.files(turn_of(message(room, FIRST, "http://127.0.0.1:9/never-asked.csv")), None, Ask())
        assert isinstance(answer, TextReply)
        assert "convoquer" in answer.text


async def test_what_nobody_used_is_erased_after_a_day() -> None:
    async with hall(SITTING) as room, onedrive({"a.csv": AGENDA}) as store:
        person, files = room.person(FIRST), room.running.app.books.files
        old = KeptFile(kind="members", name="x", content=b"x", at=SystemClock().now() - KEPT - timedelta(minutes=1))
        await files.keep(person.tenant_id, str(person.account), old)
        await send(room, CLERK, f"{store}/a.csv")
        assert await kept(room, FIRST) == []
        assert await kept(room, CLERK) == ["agenda"]
        await files.keep(person.tenant_id, str(person.account), old)
        await room.running.app.convening.sweep()
        assert await kept(room, FIRST) == [], "every hour, whether or not somebody writes"


async def test_an_attendance_report_is_compared_with_the_sitting_that_it_is_of() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING)[1:])
        state = await room.state()
        opened = state.course.opened_at
        assert opened is not None
        early, late = (
            (opened + delta).replace(microsecond=0, tzinfo=None).isoformat()
            for delta in (timedelta(minutes=-5), timedelta(hours=1))
        )
        guest = ("Un téléphone", "", early, late)
        files = {
            "presence.csv": written([guest]),
            "hier.csv": written([("X", "", "2020-01-01T08:00:00", "2020-01-01T09:00:00")]),
        }
        async with onedrive(files) as store:
            said = text_of(await send(room, CLERK, f"{store}/presence.csv"))
            assert "l’appel et le rapport de présence de Teams disent la même chose" in said
            assert "Connexions que la liste ne reconnaît pas : Un téléphone." in said
            assert "l’appel fait foi" in said
            other = text_of(await send(room, CLERK, f"{store}/hier.csv"))
            assert "du jour d’aucune séance" in other
        assert await kept(room, CLERK) == []
        assert await room.state() == state, "a report changes nothing"
