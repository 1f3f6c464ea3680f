"""The head that everybody saw, beside the one that proves my receipts: compared in the browser, asking nobody."""

import asyncio
import json
import re
from dataclasses import replace
from html import unescape

import pytest
from playwright.async_api import Browser, Page, expect

from bot.cards.checkpoint import checkpoint_lines
from bot.texts import catalogue
from tests.kit.hall import walk
from tests.kit.journals import CLERK
from tests.kit.sittings import vote
from tests.kit.waiting import PATIENCE
from tests.web.browsing import tab
from tests.web.stories import SITTING, sample_agenda
from tests.web.test_console import CHAIR
from tests.web.test_member import VOTERS, browser_of, polled
from tests.web.test_receipts import PAGE
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice
from voting.journal.checkpoint import Checkpoint, sign_checkpoint
from voting.journal.keys import SigningKey, from_base64
from voting.journal.merkle import verify_consistency

SPOIL = """(proof) => {
  window.honest ??= document.body.dataset.heads;
  document.body.dataset.heads = window.honest.replace('"proof":["', proof);
}"""


async def two_results(world: Held) -> None:
    """Two heads: one for each proclaimed result."""
    await polled(world)
    for left in (1, 0):
        await world.do(vote(VOTERS[2], Choice.FOR), c.ClosePoll(by=CLERK), c.ProclaimResult(by=CHAIR))
        await attested(world, 2 - left)
        if left:
            again = c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC)
            await world.do(c.CallItem(by=CLERK, item=sample_agenda()[2].id), again)


async def attested(world: Held, number: int) -> list[str]:
    store = world.core.store
    async with asyncio.timeout(PATIENCE):
        while len(kept := await store.checkpoints(SITTING)) < number:
            await asyncio.sleep(0.02)
    return [head.note for head in kept]


async def given(world: Held) -> list[dict[str, str]]:
    async with browser_of(world, VOTERS[2]) as session, session.get(PAGE) as answer:
        html = await answer.text()
    found = re.search(r'data-heads="([^"]*)"', html)
    assert found is not None
    heads: list[dict[str, str]] = json.loads(unescape(found[1]))
    return heads


async def test_every_published_head_comes_with_its_proof_and_none_before_a_result() -> None:
    async with held() as world:
        await polled(world)
        assert await given(world) == [], "no hash of an open voice leaves the server"
    async with held() as world:
        await two_results(world)
        first, newest = await given(world)
        notes = await attested(world, 2)
        assert [first["note"], newest["note"]] == notes
        heads = [Checkpoint.parse(note.partition("\n\n")[0] + "\n") for note in notes]
        status = verify_consistency(
            old_size=heads[0].size,
            size=heads[1].size,
            old_root=heads[0].root,
            root=heads[1].root,
            proof=[from_base64(part) for part in first["proof"]],
        )
        assert status.holds


def _as_in_the_chat(note: str) -> str:
    """What one copies from the card: its lines, the words around them, and no blank line."""
    (shown,) = checkpoint_lines(note, catalogue("fr"))
    return "\n".join(str(part["text"]) for part in walk(shown) if "text" in part)


def _pasted(world: Held, notes: list[str]) -> dict[str, str]:
    """What somebody may paste, by what the page must say of it."""
    head = Checkpoint.parse(notes[0].partition("\n\n")[0] + "\n")
    root = notes[0].split("\n")[2]
    other = replace(head, root=bytes(32))
    thief = SigningKey.generate(world.core.key.vkey.name)
    return {
        "le début du journal d’aujourd’hui": notes[0],
        "C’est la même": _as_in_the_chat(notes[0]),
        "rien n’y a été changé": f"Racine : {root[:20]}\n {root[20:]}",
        "c’est celle du journal d’aujourd’hui": notes[1],
        "d’une autre séance": sign_checkpoint(replace(head, origin="hemicycle/other"), world.core.key),
        "deux journaux différents": sign_checkpoint(other, world.core.key),
        "n’est pas signée par la clé": sign_checkpoint(other, thief),
        "n’est aucune de celles-ci": notes[0].split("\n")[0] + f"\n{head.size + 1}\n{root}",
        "ne contient pas d’empreinte": "bonjour",
    }


@pytest.mark.browser
async def test_what_was_published_is_compared_in_the_browser(browser: Browser) -> None:
    async with held() as world:
        await two_results(world)
        notes = await attested(world, 2)
        async with tab(browser, f"{world.origin}/connexion?vers={PAGE}") as looked:
            page = looked.page
            await page.locator(f'button[value="{VOTERS[2]}"]').click()
            await page.locator("body[data-ready]").wait_for()
            await expect(page.locator(".heads li")).to_have_count(2)
            asked = len(looked.addresses)
            for said, text in _pasted(world, notes).items():
                await _compare(page, text)
                await expect(page.locator("#compared"), text).to_contain_text(said)
            for spoilt in ('"proof":["A', '"proof":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","'):
                await page.evaluate(SPOIL, spoilt)
                await _compare(page, notes[0])
                await expect(page.locator("#compared")).to_contain_text("ne tient pas")
            assert len(looked.addresses) == asked, "nobody was asked for anything"
            assert await looked.trouble() == []


async def _compare(page: Page, text: str) -> None:
    await page.locator("#compared").evaluate("(place) => place.replaceChildren()")
    await page.get_by_label("Collez l’empreinte").fill(text)
    await page.get_by_role("button", name="Comparer").press("Enter")
