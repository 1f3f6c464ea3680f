"""What the pictures of the guides show: the sitting that is held for them, and a fingerprint of each as it stands.

Answers for: the same fingerprint for what looks the same, at any hour and on any machine. Leaves the camera to
``pictures``.
"""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from markupsafe import Markup

from bot import samples
from bot.convening import Wish, prepare
from bot.local.chats import Shown
from bot.texts import catalogue
from bot.web.fragments import Renderer
from tests.kit import sittings as s
from tests.kit.hall import Hall
from tests.web.test_documents import browser as signed_in
from voting.domain import commands as c
from voting.domain.assembly import Member, Role
from voting.domain.attendance import Presence
from voting.domain.ids import ItemId, PersonId, item_id
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

CHAIR, MEMBER, GRANTOR, ABSENT = PersonId("m001"), PersonId("m003"), PersonId("m018"), PersonId("m023")
OPPOSED, HESITANT, APART = PersonId("m012"), PersonId("m006"), PersonId("m022")
"""Of the groups that vote against, abstain and take no part."""
CALLER = PersonId("m020")
"""Who asks for help."""
DECIDED, OPEN = item_id(6), item_id(13)
TEXTS = catalogue("fr")
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_VARIES = re.compile(
    r"\b\d\d[:h]\d\d(:\d\d)?\b"
    rf"|\b((?:{_DAYS}) )?\d{{1,2}}(er)? (?:{_MONTHS}) \d{{4}}\b"
    r"|\b\d+ (s|min|secondes?|minutes?)\b"
    r"|https?://[^\s\"')]+"
    r"|(?<![A-Za-z0-9_+/=-])(?:[0-9a-f]{12,}|[A-Za-z0-9_+/=-]{20,})"
)
"""Hours, dates, durations, addresses, fingerprints and identifiers: nobody looks at a picture for them."""

Look = Callable[[str], Awaitable[None]]


def convocation() -> c.ConveneSitting:
    """The sitting of the sample people."""
    wish = Wish(
        members=samples.MEMBERS,
        agenda=samples.AGENDA,
        kind="cpr",
        scheduled_for=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        summoned_on=date(2026, 11, 9),
        summons_mentions_remote=True,
    )
    return prepare(wish, samples.BODY_NAME, "", "fr").command


async def story(room: Hall, look: Look) -> None:
    """The sitting held through the wire, and each picture looked at when its turn comes."""
    facts = (await room.state()).facts
    clerk = clerk_of(await room.state())
    support = next(m.id for m in facts.members if m.role is Role.SUPPORT)
    voters = [member for member in facts.members if member.votes]
    await room.submit(*_opening(voters, clerk), *_poll(DECIDED, voters, voters, clerk))
    await room.submit(s.close_poll(by=clerk), s.proclaim(by=CHAIR))
    await look("board.png")
    await look("board-phone.png")
    await room.submit(*_poll(OPEN, voters, voters[4:16], clerk))
    await room.press(MEMBER, "for")
    await look("card-vote.png")
    await room.press(MEMBER, "for", room.newest(MEMBER, "for"), member=GRANTOR)
    await room.say(MEMBER, _word("home"))
    await look("room.png")
    for name in ("console.png", "member-phone.png", "receipts.png"):
        await look(name)
    await _asked(room, look, clerk, support)


async def _asked(room: Hall, look: Look, clerk: PersonId, support: PersonId) -> None:
    """What the bot shows to those who ask, and what the staff looks after."""
    await room.say(CHAIR, _word("cues"))
    await look("cues.png")
    await room.say(MEMBER, _word("sheet"))
    await look("sheet.png")
    await room.say(MEMBER, _word("help"))
    await look("help.png")
    await room.say(CALLER, _word("floor"))
    await room.press(CALLER, "need_help")
    await room.say(support, _word("help_desk"))
    await look("help-desk.png")
    await look("documents.png")
    incident = c.WriteIncident(by=clerk, incident=None, text="La diffusion s’interrompt deux minutes.", person=OPPOSED)
    await room.submit(incident, s.proxy(ABSENT, OPPOSED))
    for name in ("console-incidents.png", "console-proxies.png", "sign-in.png", "sittings.png"):
        await look(name)


async def eve(room: Hall, look: Look) -> None:
    """Who is ready, as a rehearsal of the same sitting begins."""
    await room.say(clerk_of(await room.state()), _word("rehearsal"), in_meeting=True)
    await look("readiness.png")


def readiness(room: Hall) -> str:
    """The address of the board of that rehearsal."""
    rehearsal = room.running.app.books.conversations.sitting_of(room.meeting.id)
    assert rehearsal is not None
    return room.running.app.readiness_links.page(rehearsal)


def clerk_of(sitting: Sitting) -> PersonId:
    """The clerk of the sample people."""
    return next(m.id for m in sitting.facts.members if m.role is Role.CLERK)


async def fingerprint_of(room: Hall, name: str) -> str:
    """What that picture would show now. Waits for the chat to be up to date."""
    await room.running.app.outbox.settled(room.sitting)
    return fingerprint(await _SHOWN[name](room))


def fingerprint(shown: str) -> str:
    """The same for what looks the same, whenever and wherever it is shown."""
    return hashlib.sha256(_VARIES.sub("…", shown.replace("\u00a0", " ").replace("\u202f", " ")).encode()).hexdigest()[
        :24
    ]


def own_card(room: Hall, person: PersonId) -> Shown:
    """The newest card in that person's own chat."""
    chats = room.running.town.chats
    return next(m for m in reversed(chats.transcript(room.own(person), room.person(person))) if m.card is not None)


# --- what each picture shows ------------------------------------------------------------------------------------------


async def _board(room: Hall) -> str:
    """The board's words: its shapes are looked at when the pictures are made."""
    view = await room.core.board(room.sitting)
    assert view is not None
    return "\n".join(_words(piece) for piece in Renderer().render(view, "fr").html.values())


async def _vote(room: Hall) -> str:
    return _card(room.newest(MEMBER, "change"))


async def _room(room: Hall) -> str:
    """The end of both chats of a member, as far as the picture shows it: her vote, the figures; her own card.

    What was posted before depends on how fast this machine is: cards that nobody could have read are left out.
    """
    poll = (await room.state()).polls.current()
    assert poll is not None
    await room.posted(f"{len(poll.ballots)} voix reçues")
    chats = room.running.town.chats
    seen = [chats.transcript(chat, room.person(MEMBER))[-2:] for chat in (room.meeting, room.own(MEMBER))]
    return "\n".join(shown.text + _card(shown) for chat in seen for shown in chat)


async def _console(room: Hall) -> str:
    return await _pages(room, clerk_of(await room.state()), "conduite", "conduite/carte", "conduite/panneaux")


async def _documents(room: Hall) -> str:
    return await _pages(room, clerk_of(await room.state()), "documents")


async def _sign_in(room: Hall) -> str:
    return await _words_of(room, f"{room.running.town.origin}/connexion?vers=/seances")


async def _sittings(room: Hall) -> str:
    async with signed_in(room, clerk_of(await room.state()), room.sitting) as session:
        async with session.get("/seances?lang=fr") as answer:
            return _words(await answer.text())


async def _readiness(room: Hall) -> str:
    return await _words_of(room, readiness(room))


async def _words_of(room: Hall, address: str) -> str:
    """A page that anybody may look at who has its address."""
    async with room.session.get(address, headers={"Accept-Language": "fr"}) as answer:
        assert answer.status == 200, address
        return _words(await answer.text())


async def _member(room: Hall) -> str:
    return await _pages(room, HESITANT, "moi", "moi/carte")


async def _receipts(room: Hall) -> str:
    return await _pages(room, MEMBER, "recus")


async def _pages(room: Hall, person: PersonId, *paths: str) -> str:
    """The words of those addresses for that person, and the cards that they show."""
    told = []
    async with signed_in(room, person, room.sitting) as session:
        for path in paths:
            async with session.get(f"/seances/{room.sitting}/{path}?lang=fr") as answer:
                assert answer.status == 200, path
                if answer.content_type == "application/json":
                    told.append(json.dumps(_said(await answer.json()), sort_keys=True, ensure_ascii=False))
                else:
                    told.append(_words(await answer.text()))
    return "\n".join(told)


def _said(answer: object) -> object:
    """Without what a page only compares: digests of itself."""
    match answer:
        case dict():
            return {name: _said(value) for name, value in answer.items() if name not in ("digest", "digests")}
        case list():
            return [_said(value) for value in answer]
        case str() if "<" in answer:
            return _words(answer)
        case _:
            return answer


def _of_own_chat(person: PersonId) -> Callable[[Hall], Awaitable[str]]:
    async def shown(room: Hall) -> str:
        return _card(own_card(room, person))

    return shown


async def _help_desk(room: Hall) -> str:
    support = next(m.id for m in (await room.state()).facts.members if m.role is Role.SUPPORT)
    return _card(own_card(room, support))


_SHOWN: Mapping[str, Callable[[Hall], Awaitable[str]]] = {
    "board.png": _board,
    "board-phone.png": _board,
    "card-vote.png": _vote,
    "room.png": _room,
    "console.png": _console,
    "member-phone.png": _member,
    "receipts.png": _receipts,
    "cues.png": _of_own_chat(CHAIR),
    "sheet.png": _of_own_chat(MEMBER),
    "help.png": _of_own_chat(MEMBER),
    "help-desk.png": _help_desk,
    "documents.png": _documents,
    "console-incidents.png": _console,
    "console-proxies.png": _console,
    "sign-in.png": _sign_in,
    "sittings.png": _sittings,
    "readiness.png": _readiness,
}
NAMES = sorted(_SHOWN)
"""Every picture that is made."""


def _words(page: str) -> str:
    """What is read of a page."""
    return " ".join(Markup(page).striptags().split())  # noqa: S704  compared, never shown


def _card(shown: Shown) -> str:
    return json.dumps(shown.card, sort_keys=True, ensure_ascii=False)


def _word(name: str) -> str:
    return TEXTS(f"words.{name}").partition("|")[0]


# --- the sitting ------------------------------------------------------------------------------------------------------


def _opening(voters: Sequence[Member], clerk: PersonId) -> Iterator[c.SittingCommand]:
    """Everybody comes but two, one of whom is represented; the sitting opens and has its secretary."""
    yield c.OpenRollCall(by=clerk)
    for place, member in enumerate(m.id for m in voters if m.id not in (GRANTOR, ABSENT)):
        yield s.arrive(member, Presence.REMOTE if place % 3 else Presence.IN_ROOM)
    yield from s.accepted_proxy(GRANTOR, MEMBER)
    yield c.CloseRollCall(by=clerk)
    yield c.OpenSitting(by=clerk)
    yield c.AppointSecretary(by=clerk, person=next(m.id for m in voters if m.role is Role.SECRETARY))


def _poll(
    item: ItemId, everybody: Sequence[Member], voting: Sequence[Member], clerk: PersonId
) -> Iterator[c.SittingCommand]:
    """The item called and put to the vote, and the voices of some people: each group votes as one."""
    groups = {member.id: member.group for member in everybody}
    answers = {
        groups[OPPOSED]: Choice.AGAINST,
        groups[HESITANT]: Choice.ABSTENTION,
        groups[APART]: Choice.NOT_TAKING_PART,
    }
    yield s.call(item, by=clerk)
    yield s.open_poll(by=clerk)
    for member in voting:
        if member.id != ABSENT:
            by = MEMBER if member.id == GRANTOR else None
            yield s.vote(member.id, answers.get(member.group, Choice.FOR), by=by)
