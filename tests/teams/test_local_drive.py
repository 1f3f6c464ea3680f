"""The local tenant's files: upload sessions as strict as the real ones, for this machine alone."""

from collections.abc import Mapping

import aiohttp
from aiohttp import web

from bot.local.drive import MOST_FILES, Drive, drawn
from bot.teams.activity import mappings
from bot.teams.answers import message_activity
from bot.texts import catalogue
from bot.turn import FileOffer, FileStored, Message
from tests.teams.conftest import Servers

TEXTS = catalogue("fr")


def written(file: FileOffer | FileStored) -> Mapping[str, object]:
    """The one attachment of the message."""
    (attachment,) = mappings(message_activity(Message(file=file), "28:bot", "a:1")["attachments"])
    return attachment


def test_an_offer_is_written_as_teams_wants_it() -> None:
    offer = FileOffer(name="a.pdf", description="une feuille", size=1029393, context={"paper": "attendance"})
    attachment = written(offer)
    assert attachment == {
        "contentType": "application/vnd.microsoft.teams.card.file.consent",
        "name": "a.pdf",
        "content": {
            "description": "une feuille",
            "sizeInBytes": 1029393,
            "acceptContext": {"paper": "attendance"},
            "declineContext": {"paper": "attendance"},
        },
    }
    assert "1029 Ko" in str(drawn(attachment, TEXTS))


def test_a_stored_file_is_written_as_teams_wants_it() -> None:
    file = FileStored(
        name="a.pdf", address="https://contoso.sharepoint.com/a.pdf", unique_id="1150D938", file_type="pdf"
    )
    attachment = written(file)
    assert attachment == {
        "contentType": "application/vnd.microsoft.teams.card.file.info",
        "contentUrl": "https://contoso.sharepoint.com/a.pdf",
        "name": "a.pdf",
        "content": {"uniqueId": "1150D938", "fileType": "pdf"},
    }
    assert "https://contoso.sharepoint.com/a.pdf" in str(drawn(attachment, TEXTS))


def test_nothing_else_is_drawn() -> None:
    assert drawn({"contentType": "image/png"}, TEXTS) is None
    assert "0 Ko" in str(drawn({"contentType": "application/vnd.microsoft.teams.card.file.consent"}, TEXTS))


async def test_a_file_is_whole_or_not_there(servers: Servers, session: aiohttp.ClientSession) -> None:
    drive, app = Drive("", "/teams"), web.Application()
    app.add_routes(drive.routes())
    origin = await servers.start(app)
    place = drive.prepare("feuille é.pdf")
    file, there = place["uniqueId"], origin + place["uploadUrl"]

    async def put(content: bytes, said: str, **headers: str) -> int:
        async with session.put(there, data=content, headers={"Content-Range": said, **headers}) as answer:
            return answer.status

    async def get(**headers: str) -> tuple[int, bytes, str]:
        async with session.get(origin + place["contentUrl"], headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")

    assert await put(b"abc", "bytes 0-2/6", **{"X-Forwarded-For": "203.0.113.9"}) == 404, "not from this machine"
    assert await put(b"abc", "nonsense") == 416
    assert await put(b"abc", "bytes 1-3/6") == 416
    assert await put(b"abc", "bytes 0-3/6") == 416
    assert await put(b"abc", "bytes 0-2/6") == 202
    assert drive.content(file) is None
    assert (await get())[0] == 404
    assert await put(b"def", "bytes 3-5/7") == 416
    assert await put(b"def", "bytes 3-5/6") == 201
    assert await get() == (200, b"abcdef", 'attachment; filename="feuille__.pdf"')
    assert (await get(**{"X-Forwarded-For": "203.0.113.9"}))[0] == 404
    assert await put(b"more", "bytes 6-9/10") == 404, "the session is over"


def test_the_newest_files_alone_are_remembered() -> None:
    drive = Drive("", "/teams")
    first = drive.prepare("1")["uniqueId"]
    for number in range(MOST_FILES):
        drive.prepare(str(number))
    assert first not in drive.names()
    assert len(drive.names()) == MOST_FILES
