"""The way in by a page: out to the organisation and back, by a tab of Teams, or on this machine."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet
from playwright.async_api import Browser, expect

from bot.visitors import Flow, Organisation, SignInRefused, SignInUnavailable, Visitor
from bot.web.room_ports import RoomSitting
from bot.web.sessions import Sessions
from bot.web.sign_in import SignIn, destination
from tests.web.browsing import tab
from tests.web.serving import Client
from tests.web.stories import SITTING, sample_roll
from tests.web.teams_frame import TEAMS, framed
from voting.domain.ids import PersonId, SittingId

ANNE = Visitor(tenant_id="t-1", account="a-1", name="Anne")
OURS = {"Sec-Fetch-Site": "same-origin"}
BACK = "/connexion/retour"


@dataclass
class Login:
    """The organisation: it vouches for Anne."""

    trouble: Exception | None = None
    seen: list[tuple[Flow, Mapping[str, str]]] = field(default_factory=list)

    async def begin(self, back: str) -> tuple[str, Flow]:
        self._stumble()
        return f"https://login.example/authorize?redirect_uri={back}", {"state": "s", "code_verifier": "secret-v"}

    async def finish(self, flow: Flow, answer: Mapping[str, str]) -> Visitor:
        self._stumble()
        self.seen.append((flow, answer))
        if answer.get("state") != flow["state"]:
            raise SignInRefused("state")
        return ANNE

    async def vouched(self, token: str) -> Visitor:
        self._stumble()
        if token != "good":
            raise SignInRefused("signature")
        return ANNE

    def _stumble(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class Neighbourhood:
    """Everybody of the sample roll lives here."""

    async def sittings(self) -> Sequence[RoomSitting]:
        return [RoomSitting(sitting=SITTING, title="Commission <b>permanente</b>", members=sample_roll())]

    def visitor(self, sitting: SittingId, person: PersonId) -> Visitor | None:
        return ANNE if (sitting, person) == (SITTING, "m003") else None


@asynccontextmanager
async def door(
    organisation: Organisation | None, *, local: bool = False, is_local: bool = True
) -> AsyncGenerator[Client, None]:
    # aiohttp's client keeps Secure cookies from plain HTTP, chromium trusts this machine with them
    sessions = Sessions(b"k" * 32, is_local=is_local)
    sign_in = SignIn(
        sessions,
        organisation=organisation,
        neighbours=Neighbourhood() if local else None,
        origin="https://seances.example/",
        flow_key=Fernet.generate_key(),
    )

    async def who(request: web.Request) -> web.Response:
        return web.Response(text=await _name(request))

    app = web.Application()

    async def own_page(request: web.Request) -> web.Response:
        return web.Response(text=f"{await _name(request)} at {request.path}")

    async def _name(request: web.Request) -> str:
        visitor = sessions.visitor(request)
        return visitor.account if visitor else "nobody"

    app.add_routes([*sign_in.routes(), web.get("/who", who), web.get("/seances/s-1/moi", own_page)])
    async with TestClient(TestServer(app)) as client:
        yield client


def flow_of(response: ClientResponse) -> dict[str, str]:
    """The cookie of the way, by hand: the jar keeps Secure cookies from plain HTTP."""
    name, _, value = response.headers["Set-Cookie"].partition(";")[0].partition("=")
    return {"Cookie": f"{name}={value}"}


async def who(client: Client) -> str:
    return await (await client.get("/who")).text()


async def test_one_goes_out_to_the_organisation_and_comes_back_where_one_was() -> None:
    login = Login()
    async with door(login) as client:
        out = await client.get("/connexion?vers=/seances/s-1/moi", allow_redirects=False)
        assert out.status == 303
        assert out.headers["Location"].endswith("redirect_uri=https://seances.example/connexion/retour")
        assert "secret-v" not in out.headers["Set-Cookie"]
        assert {"HttpOnly", "Secure", "Path=/connexion"} <= set(out.headers["Set-Cookie"].split("; "))
        back = await client.post(BACK, data={"state": "s", "code": "c"}, headers=flow_of(out), allow_redirects=False)
        assert (back.status, back.headers["Location"]) == (303, "/seances/s-1/moi")
        assert login.seen == [({"state": "s", "code_verifier": "secret-v"}, {"state": "s", "code": "c"})]
        assert await who(client) == "a-1"
        left = await client.post("/deconnexion", headers=OURS, allow_redirects=False)
        assert left.status == 303
        assert await who(client) == "nobody"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/seances/../../etc",
        "/seances/s-1/moi?x=http://evil",
        "/api/messages",
        "/seances/s-1\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_sent_on_to_another_site(address: str) -> None:
    assert destination(address) == "/seances"


@pytest.mark.parametrize("address", ["/seances", "/seances/s-1", "/seances/s-1/moi", "/seances/s-1/moi?lang=en"])
def test_one_comes_back_to_a_page_of_ours(address: str) -> None:
    assert destination(address) == address


async def test_a_way_back_that_nobody_went_out_on_is_refused() -> None:
    async with door(Login()) as client:
        assert (await client.post(BACK, data={"state": "s", "code": "c"})).status == 400
        stolen = {"Cookie": f"hemicycle-connexion={Fernet(Fernet.generate_key()).encrypt(b'{}').decode()}"}
        assert (await client.post(BACK, data={"state": "s"}, headers=stolen)).status == 400
        assert (await client.post(BACK, data="x" * (65 << 10))).status == 400, "nobody went out"
        out = await client.get("/connexion", allow_redirects=False)
        other = await client.post(BACK, data={"state": "another"}, headers=flow_of(out), allow_redirects=False)
        too_long = await client.post(BACK, data="x" * (65 << 10), headers=flow_of(out))
        assert too_long.status == 413
        assert other.status == 403
        assert "confirmé" in await other.text()
        assert await who(client) == "nobody"


@pytest.mark.parametrize(("trouble", "status"), [(SignInUnavailable("x"), 503), (SignInRefused("x"), 403)])
async def test_what_went_wrong_is_said_plainly(trouble: Exception, status: int) -> None:
    login = Login()
    async with door(login) as client:
        out = await client.get("/connexion", allow_redirects=False)
        login.trouble = trouble
        back = await client.post(BACK, data={"state": "s"}, headers=flow_of(out), allow_redirects=False)
        assert back.status == status
        assert "Recommencer la connexion" in await back.text()
        vouched = await client.post("/connexion/teams", json={"token": "good"}, headers=OURS)
        assert vouched.status == status
        if status == 503:
            assert (await client.get("/connexion")).status == 503


async def test_without_the_organisation_one_is_told_to_use_teams() -> None:
    async with door(None) as client:
        answer = await client.get("/connexion")
        assert answer.status == 503
        assert "Teams" in await answer.text()
        assert (await client.post("/connexion/teams", json={"token": "good"}, headers=OURS)).status == 403
        assert (await client.post(BACK)).status == 400


async def test_a_tab_of_teams_signs_in_by_its_token() -> None:
    async with door(Login()) as client:
        for body, status in (({"token": "bad"}, 403), ({"token": 1}, 400), ([], 400)):
            assert (await client.post("/connexion/teams", json=body, headers=OURS)).status == status
        assert (await client.post("/connexion/teams", data="x", headers=OURS)).status == 400
        broken = OURS | {"Content-Type": "application/json"}
        assert (await client.post("/connexion/teams", data="{", headers=broken)).status == 400
        assert (await client.post("/connexion/teams", json={"token": "good"})).status == 403, "not from our page"
        good = await client.post("/connexion/teams", json={"token": "good"}, headers=OURS)
        assert good.status == 200
        assert "SameSite=None" in good.headers["Set-Cookie"]
        assert "Partitioned" in good.headers["Set-Cookie"]


@pytest.mark.browser
async def test_a_tab_in_teams_signs_in_without_a_word(browser: Browser) -> None:
    async with door(Login(), is_local=False) as client:
        origin = f"http://127.0.0.1:{client.port}"
        async with framed(browser, f"{origin}/onglet?vers=/seances/s-1/moi") as shown:
            await expect(shown.frame.locator("body")).to_have_text("a-1 at /seances/s-1/moi")
            assert shown.elsewhere(origin) == {TEAMS}


@pytest.mark.browser
async def test_a_tab_outside_teams_says_so_and_leads_to_the_browser(browser: Browser) -> None:
    async with door(Login()) as client:
        async with tab(browser, f"http://127.0.0.1:{client.port}/onglet?vers=/seances/s-1/moi") as lost:
            await expect(lost.page.get_by_role("status")).to_contain_text("s’ouvre dans un onglet de Teams")
            way = lost.page.get_by_role("link", name="Ouvrir dans le navigateur")
            await expect(way).to_have_attribute("href", "/connexion?vers=%2Fseances%2Fs-1%2Fmoi")
            assert await lost.axe() == []


async def test_on_this_machine_one_says_who_one_is() -> None:
    async with door(None, local=True) as client:
        html = await (await client.get("/connexion?vers=/seances/s-1/moi")).text()
        assert html.count("data-person") == len(sample_roll())
        assert "Commission &lt;b&gt;permanente&lt;/b&gt;" in html
        form = {"seance": SITTING, "personne": "m003", "vers": "/seances/s-1/moi"}
        assert (await client.post("/connexion", data=form, allow_redirects=False)).status == 403, "another site's form"
        nobody = await client.post("/connexion", data=form | {"personne": "m999"}, headers=OURS, allow_redirects=False)
        assert nobody.status == 404
        signed = await client.post("/connexion", data=form, headers=OURS, allow_redirects=False)
        assert (signed.status, signed.headers["Location"]) == (303, "/seances/s-1/moi")
        assert await who(client) == "a-1"
        assert (await client.post("/deconnexion", allow_redirects=False)).status == 403
        assert (await client.post(BACK)).status == 404, "no organisation here"
