"""Every address under whatever may be sent to it: no fault, and no answer that the description does not know."""

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import content_type_conformance, not_a_server_error, status_code_conformance
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from bot.commands import COMMANDS
from bot.commands.base import Audience
from tests.kit import sittings as kit
from tests.kit.hall import hall
from tests.kit.journals import CLERK
from tests.web.http_description import description
from tests.web.stories import SITTING, sample_agenda
from tests.web.test_documents import browser
from tests.web.test_member import OURS, VOTERS, act, browser_of, polled
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.ids import PersonId, item_id

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
STAFF_ONLY = [name for name, command in COMMANDS.items() if command.audience is not Audience.EVERYONE]
Operation = APIOperation[Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """A browser of ours, in the hands of somebody who sends anything."""

    origin: str
    cookies: dict[str, str]
    headers: dict[str, str]

    def ask(self, case: Case[Any]) -> None:
        """Raises when the answer is a fault, or one that the description does not know."""
        answer = case.call(
            base_url=self.origin, headers=self.headers, cookies=self.cookies, allow_redirects=False, timeout=60
        )
        case.validate_response(answer, checks=CHECKS)
        if case.operation.path.endswith("/actes") and answer.status_code == 200:
            assert "fault" not in answer.json(), (case.body, answer.json())


async def test_no_request_is_a_fault() -> None:
    await _tried(few=4, acts=50)


@pytest.mark.long
async def test_no_request_is_a_fault_in_depth() -> None:
    await _tried(few=60, acts=1500)


async def _tried(*, few: int, acts: int) -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        await polled(world)
        cookies = {cookie.key: cookie.value for cookie in clerk.cookie_jar}
        caller = Caller(world.origin, cookies, {"X-Hemicycle-Page": clerk.headers["X-Hemicycle-Page"], **OURS})
        items = [item.id for item in sample_agenda()]
        schema = openapi.from_dict(description(SITTING, items=[*items], people=[*VOTERS]))
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()
            examples = acts if operation.path.endswith("/actes") else few
            await asyncio.to_thread(partial(_explored, operation, caller, examples))


def _explored(operation: Operation, caller: Caller, examples: int) -> None:
    modes = [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if operation.path.endswith("/actes") else [])]
    for mode in modes:
        alike = settings(
            max_examples=examples if mode is GenerationMode.POSITIVE else max(1, examples // 4),
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        alike(given(operation.as_strategy(generation_mode=mode))(caller.ask))()


async def test_no_act_of_the_staff_is_a_members_over_http() -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as member:
        await polled(world)
        before = await _lines(world)
        for name in STAFF_ONLY:
            data = {"sitting": SITTING, "item": "i001", "person": VOTERS[3], "text": "essai", "kind": "take"}
            await act(member, verb=name, data=data, stamp=name)
            assert await _lines(world) == before, name


async def _lines(world: Held) -> int:
    return len(await world.core.writer.history(SITTING))


BAD = '<script>alert(1)</script>\u202e\u200b*a* {{7*7}} =1+1 " onload="x'


@pytest.mark.parametrize("person", [kit.CLERK, kit.m(3)])
async def test_what_people_typed_is_text_on_every_page(person: PersonId) -> None:
    plain = kit.standing_committee(*kit.reports(2))
    convocation = replace(
        plain,
        title=BAD,
        body_name=BAD,
        members=tuple(replace(m, last_name=f"{BAD}{n}", group=BAD) for n, m in enumerate(plain.members)),
        items=tuple(replace(item, title=BAD, rapporteur=BAD, opinion=BAD) for item in plain.items),
    )
    async with hall(convocation) as room, browser(room, person, kit.SITTING) as session:
        await room.submit(*kit.opened(convocation)[1:], kit.call(), kit.ask(kit.m(3)))
        await room.submit(c.GiveFloor(by=kit.CLERK, person=kit.m(3)), c.WriteNote(by=kit.CLERK, turn=None, text=BAD))
        told = c.WriteIncident(by=kit.CLERK, incident=None, text=BAD, person=kit.m(3), item=item_id(1))
        await room.submit(told, kit.proxy(kit.m(24), kit.m(9)))
        await room.submit(
            c.EndFloor(by=kit.CLERK), kit.open_poll(), kit.vote(kit.m(3)), kit.close_poll(), kit.proclaim()
        )
        for page in ("", "/moi", "/conduite", "/recus", "/documents", "/conduite/panneaux"):
            async with session.get(f"/seances/{kit.SITTING}{page}") as answer:
                html = await answer.text()
            if page.startswith("/conduite") and person != kit.CLERK:
                assert answer.status == 404
                continue
            assert answer.status == 200, page
            assert "&lt;script&gt;alert(1)" in html, page
            assert "<script>alert" not in html, page
            assert '" onload="x' not in html, page
            assert "{{7*7}}" in html, page
            assert not set("\u202e\u200b") & set(html), page
