"""Matching a roll with the tenant's accounts: what is linked, what is doubted, what Entra is asked, without a bot."""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.local.town import TENANT
from bot.matching import Asked, Doubt, Matching, matched
from bot.ports import ChatInstall, DirectoryUnavailable, Link, RosterUnavailable, Seen
from bot.storage.memory import MemoryAccounts
from bot.teams.activity import turn_of
from bot.turn import Conversation, ConversationKind, Turn
from tests.kit import sittings as kit
from tests.kit import teams as wire
from voting.domain.ids import PersonId, SittingId

A, B = PersonId("m001"), PersonId("m002")
OTHER = SittingId("s-0002")
WISH = replace(kit.standing_committee(*kit.reports(2)), sitting=OTHER)
X, Y = "aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"


def line(person: PersonId, address: str, known: str | None = None) -> Link:
    return Link(sitting=OTHER, person=person, tenant_id=TENANT, account=known, email=address)


def seen(entra: str, *addresses: str, tenant: str = TENANT, user_id: str | None = None) -> Seen:
    return Seen(account=entra, tenant_id=tenant, addresses=frozenset(addresses), user_id=user_id)


async def matching(lines: list[Link], people: list[Seen]) -> Matching:
    accounts = MemoryAccounts()
    await accounts.link(lines)
    return matched(accounts, people)


@pytest.mark.parametrize(
    ("lines", "people", "doubts"),
    [
        ([line(A, "a@r.example")], [seen(X, "a@r.example"), seen(Y, "a@r.example")], {A: Doubt.SEVERAL_ACCOUNTS}),
        (
            [line(A, "a@r.example"), line(B, "a@r.example")],
            [seen(X, "a@r.example")],
            {A: Doubt.SHARED_ADDRESS, B: Doubt.SHARED_ADDRESS},
        ),
        (
            [line(A, "a@r.example"), line(B, "anna@r.example")],
            [seen(X, "a@r.example", "anna@r.example")],
            {A: Doubt.SHARED_ADDRESS, B: Doubt.SHARED_ADDRESS},
        ),
        ([line(A, "a@r.example"), line(B, "", X)], [seen(X, "a@r.example")], {A: Doubt.ACCOUNT_TAKEN}),
        ([line(A, "a@r.example")], [seen(X, "a@r.example", tenant="other")], {}),
        ([line(A, "")], [seen(X, "")], {}),
    ],
    ids=["two accounts", "two lines", "mail and sign-in name of one", "taken", "another tenant", "no address"],
)
async def test_nobody_is_linked_on_a_doubt(
    lines: list[Link], people: list[Seen], doubts: dict[PersonId, Doubt]
) -> None:
    found = await matching(lines, people)
    assert found.links == ()
    assert found.doubts == {(OTHER, person): doubt for person, doubt in doubts.items()}


async def test_one_account_seen_twice_is_one_account() -> None:
    found = await matching([line(A, "A@r.example")], [seen(X, "a@r.example"), seen(X.upper(), "a@r.example")])
    assert [(link.person, link.account) for link in found.links] == [(A, X)]


class Fake:
    """A roster that says what it is told to say."""

    def __init__(self, *people: Seen) -> None:
        self.told, self.asked, self.silent = list(people), 0, False
        self.gate = asyncio.Event()
        self.gate.set()

    async def people(self, conversation: Conversation) -> AsyncIterator[Seen]:
        self.asked += 1
        await self.gate.wait()
        if self.silent:
            raise RosterUnavailable("403")
        for who in self.told:
            yield who


def stranger() -> Turn:
    turn = turn_of(wire.pressed())
    return replace(turn, sender=replace(turn.sender, account=X, tenant_id=TENANT))


CHAT = Conversation(
    id="19:x@thread.v2", kind=ConversationKind.GROUP, tenant_id=TENANT, service_url="https://x.example", bot_id="28:b"
)


async def test_the_report_says_who_is_missing_and_why() -> None:
    accounts = MemoryAccounts()
    await accounts.link([line(A, "a@r.example"), line(B, "b@r.example"), line(kit.m(3), "", Y)])
    directory = Directory(Fake(), accounts)
    await directory.take([seen(X, "a@r.example", user_id="29:x")])
    report = directory.report(OTHER, WISH.members[:4])
    assert (report.linked, report.reached) == (2, 1)
    assert [(u.person, u.doubt) for u in report.unlinked] == [(B, Doubt.NOT_FOUND), (kit.m(4), Doubt.NO_ADDRESS)]
    await directory.take([seen(X, "b@r.example")])
    assert [u.doubt for u in directory.report(OTHER, WISH.members[:2]).unlinked] == [Doubt.ACCOUNT_TAKEN]
    await directory.take([seen("cccccccc-0000-4000-8000-000000000003", "b@r.example")])
    assert directory.report(OTHER, WISH.members[:2]).unlinked == ()


async def test_nobody_waits_for_a_roster_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.directory.PATIENCE", 0.01)
    accounts = MemoryAccounts()
    await accounts.link([line(A, "a@r.example")])
    roster = Fake(seen(X, "a@r.example"))
    roster.gate.clear()
    directory = Directory(roster, accounts)
    await directory.recognise(stranger())
    assert accounts.person(OTHER, TENANT, X) is None
    roster.gate.set()
    await directory.look_around(stranger().conversation, None)
    assert accounts.person(OTHER, TENANT, X) == A, "what came late was taken in all the same"
    assert roster.asked == 1
    await directory.close()


async def test_nothing_is_asked_when_nobody_is_awaited() -> None:
    accounts = MemoryAccounts()
    await accounts.link([line(A, "a@r.example", X)])
    roster = Fake()
    await Directory(roster, accounts).recognise(stranger())
    assert roster.asked == 0


async def test_addresses_are_written_down_together_and_at_the_latest_at_the_end() -> None:
    class Counting(MemoryAccounts):
        batches = 0

        def put(self, links: object) -> None:
            self.batches += 1
            super().put(links)  # type: ignore[arg-type]

    accounts = Counting()
    await accounts.link([line(A, "a@r.example", X), line(B, "", Y)])
    directory = Directory(Fake(), accounts)
    for _ in range(3):
        directory.met(OTHER, A, "29:x")
        directory.met(OTHER, B, "29:y")
    directory.met(OTHER, B, "")
    await directory.close()
    assert [link.user_id for link in accounts.links(OTHER)] == ["29:x", "29:y"]
    assert accounts.batches == 2
    directory.met(OTHER, B, "29:y")
    await directory.close()
    assert accounts.batches == 2 + 1, "an empty batch: nothing new was learnt"


async def test_a_question_under_way_is_dropped_at_the_end() -> None:
    accounts = MemoryAccounts()
    await accounts.link([line(A, "a@r.example")])
    roster = Fake(seen(X, "a@r.example"))
    roster.gate.clear()
    directory = Directory(roster, accounts)
    task = directory.look_around(CHAT, OTHER)
    await asyncio.sleep(0)
    await directory.close()
    assert task.cancelled()


# --- Entra ------------------------------------------------------------------------------------------------------------


class Entra:
    """A directory that says what it is told to say, and installs where it may."""

    can_install = True

    def __init__(self, *people: Seen, reason: str = "") -> None:
        self.told, self.reason, self.installed = people, reason, list[str]()
        self.asked: list[tuple[set[str], set[str]]] = []

    async def find(self, addresses: Collection[str], accounts: Collection[str]) -> tuple[Seen, ...]:
        self._fail()
        self.asked.append((set(addresses), set(accounts)))
        return self.told

    async def group(self, identifier: str) -> tuple[Seen, ...]:
        self._fail()
        return self.told

    async def install(self, entra: str) -> bool:
        self._fail()
        self.installed.append(entra)
        return entra == X

    async def install_in_chat(self, chat: str) -> ChatInstall:
        raise AssertionError(chat)

    def _fail(self) -> None:
        if self.reason:
            raise DirectoryUnavailable(self.reason)


async def roll() -> MemoryAccounts:
    accounts = MemoryAccounts()
    await accounts.link([line(A, "a@r.example"), line(B, "", Y)])
    return accounts


async def test_entra_is_asked_for_the_missing_and_about_the_known() -> None:
    entra = Entra(seen(X, "a@r.example"))
    directory = Directory(Fake(), await roll(), entra)
    assert await directory.search(OTHER) is Asked.ENTRA
    assert entra.asked == [({"a@r.example"}, {Y})]
    report = directory.report(OTHER, WISH.members[:2], Asked.ENTRA)
    assert [(u.person, u.doubt) for u in report.unlinked] == [(B, Doubt.UNKNOWN_ACCOUNT)]
    assert report.linked == 1
    entra.told = (seen(X, "a@r.example"), seen(Y))
    await directory.search(OTHER)
    assert directory.report(OTHER, WISH.members[:2]).unlinked == (), "the account was made since"


async def test_a_group_links_whoever_is_on_a_roll() -> None:
    accounts = await roll()
    directory = Directory(Fake(), accounts, Entra(seen(X, "a@r.example"), seen("other", "z@r.example")))
    assert await directory.search_group("g1") is Asked.ENTRA
    assert accounts.person(OTHER, TENANT, X) == A


@pytest.mark.parametrize("reason", ["not_granted", "silent"])
async def test_an_entra_that_does_not_answer_is_named_and_changes_nothing(reason: str) -> None:
    directory = Directory(Fake(), await roll(), Entra(reason=reason))
    assert await directory.search(OTHER) is Asked(reason)
    assert [u.doubt for u in directory.report(OTHER, WISH.members[:2]).unlinked] == [Doubt.NOT_FOUND]
    installed = await directory.install(OTHER, lambda link: False)
    assert (installed.done, installed.left, installed.asked) == (0, (B,), Asked(reason))


async def test_where_the_directory_is_not_opened_only_teams_is_asked() -> None:
    directory = Directory(Fake(), await roll())
    assert await directory.search(OTHER) is Asked.TEAMS
    assert (await directory.install(OTHER, lambda link: False)).asked is Asked.TEAMS


async def test_the_bot_is_installed_for_those_it_cannot_write_to() -> None:
    accounts, entra = await roll(), Entra()
    await accounts.link([line(A, "a@r.example", X), line(kit.m(3), "", "with-chat")])
    installed = await Directory(Fake(), accounts, entra).install(OTHER, lambda link: link.account == "with-chat")
    assert sorted(entra.installed) == sorted([X, Y])
    assert (installed.done, installed.refused, installed.left) == (1, (B,), ())
