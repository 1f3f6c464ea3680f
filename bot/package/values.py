"""From settings to what the template of the manifest asks for, or everything that keeps them from it, at once."""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version as installed_version
from urllib.parse import urlsplit

from bot.package.flaws import Flaw, flaw
from bot.package.model import APP_VERSION, GUID, LONGEST_PUBLISHER
from bot.settings import Settings

_RELEASE = re.compile(r"(?:\d+!)?(\d+)(?:\.(\d+))?(?:\.(\d+))?")


class SettingsRefused(Exception):
    """No package can be made from these settings; nothing was written."""

    def __init__(self, missing: tuple[str, ...], wrong: tuple[Flaw, ...]) -> None:
        """``missing``: names as in the environment."""
        super().__init__(", ".join(missing))
        self.missing = missing
        self.wrong = wrong


def values(settings: Settings, version: str | None = None) -> Mapping[str, str]:
    """By the names between braces in the template. ``version`` stands for that of the distribution."""
    needed = {"app_id": settings.app_id, "body_name": _publisher(settings), **_addresses(settings)}
    missing = tuple(variable(name) for name, value in needed.items() if not value)
    chosen = app_version(installed_version("hemicycle")) if version is None else version
    wrong = tuple(_wrong(settings, chosen))
    if missing or wrong:
        raise SettingsRefused(missing, wrong)
    return {
        "version": chosen,
        "app_id": settings.app_id.lower(),
        "publisher": _publisher(settings),
        **_addresses(settings),
        "public_host": urlsplit(settings.public_url).hostname or "",
        "language": settings.language,
    }


def app_version(distribution: str) -> str:
    """The three figures that Teams wants, of a version such as `0.2.0.dev1`."""
    figures = _RELEASE.match(distribution)
    return ".".join(str(int(figure or 0)) for figure in figures.groups()) if figures else "0.0.0"


def variable(setting: str) -> str:
    """What a setting is called in the environment."""
    return f"HEMICYCLE_{setting.upper()}"


def _wrong(settings: Settings, version: str) -> Iterator[Flaw]:
    """What is set but cannot be used."""
    if settings.app_id and not re.fullmatch(GUID, settings.app_id):
        yield flaw("manifest.setting.guid", name=variable("app_id"))
    for name, address in _addresses(settings).items():
        if address and not _is_address(address):
            yield flaw("manifest.setting.address", name=variable(name))
    if len(_publisher(settings)) > LONGEST_PUBLISHER:
        yield flaw("manifest.setting.publisher", length=len(_publisher(settings)), most=LONGEST_PUBLISHER)
    if not re.fullmatch(APP_VERSION, version):
        yield flaw("manifest.setting.version", version=version)


def _publisher(settings: Settings) -> str:
    return (settings.publisher or settings.body_name).strip()


def _addresses(settings: Settings) -> Mapping[str, str]:
    return {
        "public_url": settings.public_url,
        "website_url": settings.website_url,
        "privacy_url": settings.privacy_url,
        "terms_url": settings.terms_url,
    }


def _is_address(address: str) -> bool:
    """An address that browsers of the organisation can open: https, a full host name, no account."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host and not parts.username and not re.search(r"\s", address)
