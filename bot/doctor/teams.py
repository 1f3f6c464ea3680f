"""Checks of the settings that Teams and the minutes need. Asks nobody over the network, shows no secret."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from bot.doctor.findings import Code, Finding, ok, problem, warning
from bot.package.values import SettingsRefused, values
from bot.settings import Settings
from voting.minutes.exports.issuer import department_code

EXPIRES_SOON = 30
"""Days before the end of a certificate from which it is time to renew it."""

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SIRET = re.compile(r"[0-9]{14}")


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Every check of this module."""
    if is_set_up(settings):
        yield _app_id(settings.app_id)
        yield _tenant(settings)
        yield from _credential(settings, now)
        yield from _conveners(settings)
        yield _package(settings)
        yield from _directory(settings)
    else:
        yield warning(Code.TEAMS_ABSENT)
    yield _public_url(settings.public_url)
    yield ok(Code.BODY_NAME, name=settings.body_name) if settings.body_name else warning(Code.BODY_NAME_MISSING)
    yield _siret(settings.body_siret)
    yield _department(settings.body_department)


def is_set_up(settings: Settings) -> bool:
    """Somebody has begun: an installation for trying out sets nothing at all, and lacks nothing."""
    return bool(settings.app_id or settings.tenant_id or settings.app_password or settings.app_certificate)


def _app_id(app_id: str) -> Finding:
    if not app_id:
        return problem(Code.APP_ID_MISSING)
    return ok(Code.APP_ID) if _GUID.fullmatch(app_id) else problem(Code.APP_ID_BAD)


def _tenant(settings: Settings) -> Finding:
    if not settings.tenant_id:
        return problem(Code.TENANT_MISSING)
    if not all(map(_GUID.fullmatch, settings.allowed_tenants())):
        return problem(Code.TENANT_BAD)
    return ok(Code.TENANT, number=len(settings.allowed_tenants()))


def _credential(settings: Settings, now: datetime) -> Iterator[Finding]:
    """How the bot proves to Microsoft that it is the application."""
    password, certificate = settings.app_password, settings.app_certificate
    if settings.app_type == "UserAssignedMSI":
        yield ok(Code.CREDENTIAL_MANAGED)
    elif not certificate:
        yield ok(Code.CREDENTIAL_PASSWORD) if password else problem(Code.CREDENTIAL_MISSING)
    else:
        if password:
            yield warning(Code.CREDENTIAL_BOTH)
        yield _certificate(certificate, now)


def _certificate(path: Path, now: datetime) -> Finding:
    try:
        pem = path.read_bytes()
    except OSError as error:
        return problem(Code.CERTIFICATE_UNREADABLE, path=str(path), problem=error.strerror or "")
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):  # TypeError: a key behind a password, which nobody would type at night
        return problem(Code.CERTIFICATE_BAD, path=str(path))
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*spki) != certificate.public_key().public_bytes(*spki):
        return problem(Code.CERTIFICATE_MISMATCH, path=str(path))
    return _validity(certificate.not_valid_after_utc, now)


def _validity(end: datetime, now: datetime) -> Finding:
    day, left = end.date().isoformat(), (end - now).days
    if left < 0:
        return problem(Code.CERTIFICATE_EXPIRED, date=day)
    return (
        warning(Code.CERTIFICATE_EXPIRES, date=day)
        if left < EXPIRES_SOON
        else ok(Code.CREDENTIAL_CERTIFICATE, date=day)
    )


def _conveners(settings: Settings) -> Iterator[Finding]:
    """Nobody at all is no fault: the first sitting may be convened on the command line."""
    if settings.conveners:
        good = all(map(_GUID.fullmatch, settings.conveners))
        yield ok(Code.CONVENERS, number=len(settings.conveners)) if good else problem(Code.CONVENERS_BAD)


def _package(settings: Settings) -> Finding:
    """Whether ``hemicycle manifest build`` would make the package that Teams is given."""
    try:
        values(settings)
    except SettingsRefused as refused:
        if refused.wrong:
            return problem(Code.PACKAGE_WRONG)
        return warning(Code.PACKAGE_LATER, names=", ".join(refused.missing))
    return ok(Code.PACKAGE)


def _directory(settings: Settings) -> Iterator[Finding]:
    if not settings.graph:
        yield ok(Code.GRAPH_OFF)
        return
    yield ok(Code.GRAPH)
    if not settings.catalog_id:
        yield ok(Code.CATALOG_MISSING)
    else:
        yield ok(Code.CATALOG) if _GUID.fullmatch(settings.catalog_id) else problem(Code.CATALOG_BAD)


def _public_url(url: str) -> Finding:
    if not url:
        return warning(Code.PUBLIC_URL_MISSING)
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return problem(Code.PUBLIC_URL_BAD)
    if parts.username or parts.query or parts.fragment or not host:
        return problem(Code.PUBLIC_URL_BAD)
    if parts.scheme != "https":
        return problem(Code.PUBLIC_URL_NOT_HTTPS, host=host)
    return ok(Code.PUBLIC_URL, url=url)


def _siret(siret: str) -> Finding:
    if not siret:
        return warning(Code.SIRET_MISSING)
    return ok(Code.SIRET, siret=siret) if _SIRET.fullmatch(siret) and _luhn(siret) else warning(Code.SIRET_BAD)


def _department(written: str) -> Finding:
    if not written:
        return warning(Code.DEPARTMENT_MISSING)
    code = department_code(written)
    return ok(Code.DEPARTMENT, department=code) if code else warning(Code.DEPARTMENT_BAD)


def _luhn(digits: str) -> bool:
    """The check digit of a SIRET."""
    doubled = [int(d) * (2 - place % 2) for place, d in enumerate(digits)]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
