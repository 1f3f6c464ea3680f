"""My votes and their receipts: nothing before the proclamation, nobody else's, and checked in the browser itself."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.kit.journals import CLERK
from tests.kit.sittings import vote
from tests.kit.waiting import PATIENCE
from tests.web.browsing import tab
from tests.web.stories import SITTING
from tests.web.test_console import CHAIR
from tests.web.test_member import BASE, VOTERS, browser_of, polled
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Source
from voting.domain.contests import Nominee
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice
from voting.journal.checkpoint import Checkpoint, sign_checkpoint
from voting.journal.keys import SigningKey, VerificationKey
from voting.journal.merkle import Tree, leaf_hash
from voting.journal.receipt import Receipt, verify_receipt

PAGE = f"{BASE}/recus"


async def proclaimed(world: Held) -> None:
    await polled(world)
    await world.do(*(vote(m, Choice.FOR if n % 3 else Choice.AGAINST) for n, m in enumerate(VOTERS)))
    await world.do(vote(VOTERS[2], Choice.ABSTENTION))


async def attested(world: Held, person: str) -> list[dict[str, str]]:
    """As soon as the head is signed, which nobody waits for."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await receipts(world, person)):
            await asyncio.sleep(0.02)
    return found


async def receipts(world: Held, person: str) -> list[dict[str, str]]:
    async with browser_of(world, person) as session, session.get(PAGE) as answer:
        assert answer.status == 200
        html = await answer.text()
    return [json.loads(unescape(found)) for found in re.findall(r'data-receipt="([^"]*)"', html)]


async def test_a_receipt_comes_with_the_proclamation_and_only_to_its_owner() -> None:
    async with held() as world:
        await proclaimed(world)
        assert await receipts(world, VOTERS[2]) == []
        await world.do(c.ClosePoll(by=CLERK))
        assert await receipts(world, VOTERS[2]) == [], "not before the chair has said the result"
        await world.do(c.ProclaimResult(by=CHAIR))
        (mine,) = await attested(world, VOTERS[2])
        line = json.loads(mine["line"])
        assert (line["data"]["member"], line["data"]["choice"]) == (VOTERS[2], "abstention"), "the last one counts"
        key = VerificationKey.parse(mine["key"])
        assert key == world.core.key.vkey
        assert verify_receipt(mine["proof"], leaf_hash(mine["line"].encode()), [key], f"hemicycle/{SITTING}").holds
        assert await receipts(world, CLERK) == [], "who has no vote has no receipt"


async def test_a_choice_among_several_is_named() -> None:
    async with held() as world:
        await polled(world)
        nominees = (Nominee(label="Alpha"), Nominee(label="Bêta"))
        await world.do(
            c.AnnulPoll(by=CLERK, reason="essai"),
            c.OpenContest(by=CLERK, nominees=nominees, method=VotingMethod.ROLL_CALL),
        )
        poll = (await world.core.writer.snapshot(SITTING)).sitting.polls.open_poll()
        assert poll is not None
        assert poll.contest is not None
        beta = poll.contest.options[1].id
        spoken = (
            c.CastVote(by=CLERK, poll=None, member=m, choice=Choice.FOR, option=beta, source=Source.VOICE)
            for m in VOTERS
        )
        await world.do(*spoken, c.ClosePoll(by=CLERK), c.ProclaimResult(by=CHAIR))
        (mine,) = await attested(world, VOTERS[2])
        assert json.loads(mine["line"])["data"]["option"] == beta
        async with browser_of(world, VOTERS[2]) as session, session.get(PAGE) as answer:
            html = unescape(await answer.text())
        assert "<bdi>Bêta</bdi>" in html
        assert json.dumps({f"{poll.id}/{beta}": "Bêta"}, ensure_ascii=False, separators=(",", ":")) in html


def _changed(name: str) -> Callable[[dict[str, str]], dict[str, str]]:
    def change(good: dict[str, str]) -> dict[str, str]:
        proof = Receipt.parse(good["proof"])
        head = Checkpoint.parse(proof.checkpoint.partition("\n\n")[0] + "\n")
        forged = SigningKey.generate(VerificationKey.parse(good["key"]).name)
        match name:
            case "another choice":
                return good | {"line": good["line"].replace("abstention", "for")}
            case "another place":
                return good | {"proof": replace(proof, index=proof.index - 1).text()}
            case "a neighbour missing":
                return good | {"proof": replace(proof, path=proof.path[1:]).text()}
            case "another head":
                note = proof.checkpoint.replace(f"\n{head.size}\n", f"\n{head.size + 1}\n")
                return good | {"proof": replace(proof, checkpoint=note).text()}
            case "a key of his own":
                note = sign_checkpoint(head, forged)
                return good | {"proof": replace(proof, checkpoint=note).text(), "key": str(forged.vkey)}
            case "another journal":
                tree = Tree([leaf_hash(good["line"].replace("abstention", "for").encode())])
                note = sign_checkpoint(replace(head, size=1, root=tree.root()), forged)
                line = good["line"].replace("abstention", "for")
                return {
                    "line": line,
                    "proof": Receipt(index=0, path=(), checkpoint=note).text(),
                    "key": str(forged.vkey),
                }
        return {"line": "nothing"}

    return change


TAMPERED = ("another choice", "another place", "a neighbour missing", "another head", "a key of his own",
            "another journal", "no receipt at all")  # fmt: skip


@pytest.mark.browser
async def test_a_good_receipt_holds_in_the_browser_and_a_tampered_one_does_not(browser: Browser) -> None:
    async with held() as world:
        await proclaimed(world)
        await world.do(c.ClosePoll(by=CLERK), c.ProclaimResult(by=CHAIR))
        (good,) = await attested(world, VOTERS[2])
        async with tab(browser, f"{world.origin}/connexion?vers={PAGE}") as looked:
            page = looked.page
            await page.locator(f'button[value="{VOTERS[2]}"]').click()
            await page.locator("body[data-ready]").wait_for()
            asked = len(looked.addresses)
            await page.get_by_role("button", name="Vérifier ici").click()
            found = page.locator("[data-found]")
            await expect(found).to_contain_text("Ce reçu est bon")
            await expect(found).to_contain_text("Abstention")
            kept = page.locator("#kept-found")
            await _offer(page, good)
            await expect(kept).to_contain_text("Ce reçu est bon")
            for name in TAMPERED:
                await _offer(page, _changed(name)(good))
                await expect(kept, name).to_contain_text("Ce reçu ne tient pas")
                await expect(kept, name).to_contain_text("✗ non.")
                await _offer(page, good)
                await expect(kept).to_contain_text("Ce reçu est bon")
            assert len(looked.addresses) == asked, "nobody was asked for anything"
            async with page.expect_download() as download:
                await page.get_by_role("button", name="Garder le reçu").click()
            assert json.loads((await (await download.value).path()).read_text("utf-8")) == good
            assert await looked.trouble() == []


async def _offer(page: Page, receipt: dict[str, str]) -> None:
    content = json.dumps(receipt).encode()
    await page.locator("#kept").set_input_files(
        FilePayload(name="receipt.json", mimeType="application/json", buffer=content)
    )
