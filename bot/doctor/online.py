"""Checks that ask the network, when somebody wants them: does Microsoft take the bot for what it says, and can Teams
reach it. Sends nothing but those questions, changes nothing, shows no secret.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.findings import Code, Finding, ok, problem
from bot.ports import DirectoryUnavailable, TenantDirectory
from bot.serving_teams import Line, credential_of
from bot.settings import Settings
from bot.teams.auth import CHANNEL_METADATA_URL
from bot.teams.token import TokenRefused, TokenSource

CONNECTOR_URL = "https://smba.trafficmanager.net/"
PATIENCE = aiohttp.ClientTimeout(total=15)
NOBODY = "nobody@example.invalid"
"""Asked of the directory: whether it answers is the question, not what."""
_SECRET = frozenset({"invalid_client"})
_APPLICATION = frozenset({"unauthorized_client", "invalid_request", "invalid_tenant", "invalid_resource"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Whom to ask."""

    session: aiohttp.ClientSession
    tokens: TokenSource
    directory: TenantDirectory | None
    public_url: str
    keys_url: str = CHANNEL_METADATA_URL
    connector_url: str = CONNECTOR_URL


@contextlib.asynccontextmanager
async def outside(settings: Settings) -> AsyncIterator[Outside]:
    """Microsoft, as these settings would have the bot speak to it. Raises ``OSError`` or ``ValueError`` for a
    certificate that cannot be read, which the other checks explain.
    """
    credential, _ = await asyncio.to_thread(credential_of, settings)
    line = Line.open(settings, credential)
    try:
        yield Outside(
            session=line.session, tokens=line.tokens, directory=line.entra, public_url=settings.public_url.rstrip("/")
        )
    finally:
        await line.close()


async def examine(asked: Outside) -> tuple[Finding, ...]:
    """Every check of this module, all at once."""
    checks = [
        _login(asked.tokens),
        _reached(asked, asked.keys_url, Code.ONLINE_KEYS, Code.ONLINE_KEYS_UNREACHABLE),
        _reached(asked, asked.connector_url, Code.ONLINE_CONNECTOR, Code.ONLINE_CONNECTOR_UNREACHABLE),
    ]
    if asked.public_url:
        checks.append(_front(asked))
    if asked.directory is not None:
        checks.append(_directory(asked.directory))
    return tuple(await asyncio.gather(*checks))


async def _login(tokens: TokenSource) -> Finding:
    try:
        await tokens.token()
    except TokenRefused as refused:
        if refused.reason in _SECRET:
            return problem(Code.ONLINE_LOGIN_SECRET)
        if refused.reason in _APPLICATION:
            return problem(Code.ONLINE_LOGIN_APPLICATION, reason=refused.reason)
        return problem(Code.ONLINE_LOGIN_UNREACHABLE, reason=refused.reason)
    return ok(Code.ONLINE_LOGIN)


async def _reached(asked: Outside, url: str, good: Code, bad: Code) -> Finding:
    """Whatever is answered: the road is open."""
    host = urlsplit(url).hostname or ""
    try:
        async with asked.session.get(url, timeout=PATIENCE, allow_redirects=False):
            return _of(ok(good), host)
    except (aiohttp.ClientError, TimeoutError) as error:
        return _of(problem(bad, problem=type(error).__name__), host)


def _of(finding: Finding, host: str) -> Finding:
    return replace(finding, fields={**finding.fields, "host": host})


async def _front(asked: Outside) -> Finding:
    """The address that Teams posts to, asked as a stranger would: our door says 401, and nothing else does."""
    url = f"{asked.public_url}/api/messages"
    try:
        async with asked.session.post(url, json={}, timeout=PATIENCE, allow_redirects=False) as answer:
            if answer.status == 401:
                return ok(Code.ONLINE_FRONT, url=url)
            return problem(Code.ONLINE_FRONT_OTHER, url=url, status=answer.status)
    except aiohttp.ClientSSLError:
        return problem(Code.ONLINE_FRONT_CERTIFICATE, url=url)
    except (aiohttp.ClientError, TimeoutError) as error:
        return problem(Code.ONLINE_FRONT_UNREACHABLE, url=url, problem=type(error).__name__)


async def _directory(directory: TenantDirectory) -> Finding:
    try:
        await directory.find([NOBODY], [])
    except DirectoryUnavailable as unavailable:
        granted = unavailable.reason != "not_granted"
        return problem(Code.ONLINE_GRAPH_SILENT if granted else Code.ONLINE_GRAPH_NOT_GRANTED)
    return ok(Code.ONLINE_GRAPH)
