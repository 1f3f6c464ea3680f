"""Where the bot may send: the token goes nowhere else."""

import pytest

from bot.teams.hosts import HostRefused, ServiceUrls, is_loopback, segment


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/fr/",
        "https://SMBA.trafficmanager.net/emea/8b0c2a5e/",
        "https://smba.trafficmanager.net:443/teams",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
        "https://canary.botframework.com/",
        "https://smba.infra.gov.teams.microsoft.us/teams/",
    ],
)
def test_teams(url: str) -> None:
    assert ServiceUrls().check(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net/fr",
        "http://smba.trafficmanager.net/fr/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.trafficmanager.net/",
        "https://x.smba.trafficmanager.net/",
        "https://evil-botframework.com/",
        "https://botframework.com.evil.example/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://user:pass@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net:x/",
        "https://smba.trafficmanager.net/?next=https://evil.example",
        "https://smba.trafficmanager.net/#x",
        "https://[::1",
        "http://127.0.0.1:3978/",
        "https://localhost/",
        "file:///etc/passwd",
        "https://169.254.169.254/metadata",
    ],
)
def test_anything_else(url: str) -> None:
    with pytest.raises(HostRefused):
        ServiceUrls().check(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:3978/teams", "http://localhost:56150/_connector", "http://[::1]:1/"])
def test_locally_this_machine(url: str) -> None:
    assert ServiceUrls.local().check(url) == url.rstrip("/")


@pytest.mark.parametrize("url", ["https://smba.trafficmanager.net/fr/", "http://192.168.0.2/", "ftp://127.0.0.1/"])
def test_locally_nothing_else(url: str) -> None:
    with pytest.raises(HostRefused):
        ServiceUrls.local().check(url)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("LocalHost", True),
        ("localhost.evil.example", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse, not to bind
        ("10.0.0.1", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback(host: str | None, local: bool) -> None:
    assert is_loopback(host) is local


def test_an_id_stays_one_segment_of_the_path() -> None:
    assert segment("19:meeting_x@thread.v2") == "19%3Ameeting_x%40thread.v2"
    assert segment("a/../../v1") == "a%2F..%2F..%2Fv1"
    for nothing in ("", ".", ".."):
        with pytest.raises(ValueError, match="id"):
            segment(nothing)
