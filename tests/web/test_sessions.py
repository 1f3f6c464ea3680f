"""The cookie of a page: who it is, how long it holds, and that no other site acts with it."""

from dataclasses import dataclass

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.visitors import Visitor
from bot.web.sessions import HEADER, LASTS, Sessions, derived

ANNE = Visitor(tenant_id="t-1", account="a-1", name="Anne")
SECRET = derived(b"the installation's own", "session")
HOST = {"Host": "seances.example"}
OURS = HOST | {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def opened(sessions: Sessions, visitor: Visitor = ANNE, *, is_embedded: bool = False) -> str:
    response = web.Response()
    sessions.begin(response, visitor, is_embedded=is_embedded)
    return response.headers["Set-Cookie"]


def asking(cookie: str, headers: dict[str, str] | None = None) -> web.Request:
    return make_mocked_request("POST", "/x", headers={**(headers or OURS), "Cookie": cookie.partition(";")[0]})


def test_who_signed_in_is_known_again_on_any_replica() -> None:
    cookie = opened(Sessions(SECRET, is_local=False, clock=Clock()))
    assert Sessions(SECRET, is_local=False, clock=Clock()).visitor(asking(cookie)) == ANNE


def test_the_cookie_is_for_the_browser_alone() -> None:
    cookie = opened(Sessions(SECRET, is_local=False))
    assert cookie.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    framed = opened(Sessions(SECRET, is_local=False), is_embedded=True)
    assert {"Secure", "SameSite=None", "Partitioned"} <= set(framed.split("; "))


def test_a_session_ends_with_the_day() -> None:
    clock = Clock()
    sessions = Sessions(SECRET, is_local=False, clock=clock)
    cookie = opened(sessions)
    clock.now += LASTS - 1
    assert sessions.visitor(asking(cookie)) == ANNE
    clock.now += 1
    assert sessions.visitor(asking(cookie)) is None
    ended = web.Response()
    sessions.end(ended)
    assert "Max-Age=0" in ended.headers["Set-Cookie"]


def forged(**changes: object) -> str:
    claims = {"iss": "hemicycle", "aud": "pages", "exp": 2_000_000, "sub": "a-1", "tid": "t-1", "name": "", "jti": "j"}
    return jwt.encode(claims | changes, SECRET, algorithm="HS256")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x" * 5000,
        "not.a.token",
        jwt.encode({"sub": "a-1"}, derived(b"another", "session"), algorithm="HS256"),
        jwt.encode({"iss": "hemicycle", "aud": "pages", "exp": 2e6, "sub": "a", "jti": "j"}, "", algorithm="none"),
        forged(aud="something else"),
        forged(iss="somebody else"),
        forged(tid=None) + "x",
    ],
)
def test_a_cookie_that_is_not_ours_is_nobody(value: str) -> None:
    sessions = Sessions(SECRET, is_local=False, clock=Clock())
    assert sessions.visitor(asking(f"{sessions.cookie}={value}")) is None
    assert sessions.token(asking(f"{sessions.cookie}={value}")) == ""
    assert sessions.acting(asking(f"{sessions.cookie}={value}")) is None


@pytest.mark.parametrize(
    ("headers", "lets"),
    [
        (OURS, True),
        (HOST | {"Origin": "https://seances.example"}, True),
        (HOST | {"Sec-Fetch-Site": "cross-site", "Origin": "https://seances.example"}, False),
        (HOST | {"Sec-Fetch-Site": "same-site"}, False),
        (HOST | {"Origin": "https://evil.example"}, False),
        (HOST | {"Origin": "null"}, False),
        (HOST | {"Origin": "https://[bad"}, False),
        (HOST, False),
    ],
)
def test_only_a_page_of_ours_acts(headers: dict[str, str], lets: bool) -> None:
    sessions = Sessions(SECRET, is_local=False)
    cookie = opened(sessions)
    token = sessions.token(asking(cookie))
    assert (sessions.acting(asking(cookie, headers | {HEADER: token})) is not None) is lets


def test_a_page_needs_the_token_of_its_own_session() -> None:
    sessions = Sessions(SECRET, is_local=False)
    one, other = opened(sessions), opened(sessions)
    assert sessions.acting(asking(one)) is None
    assert sessions.acting(asking(one, OURS | {HEADER: sessions.token(asking(other))})) is None
    assert sessions.acting(asking(one, OURS | {HEADER: "é"})) is None
    assert sessions.acting(asking(one, OURS | {HEADER: sessions.token(asking(one))})) == ANNE
