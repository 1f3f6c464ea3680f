"""A machine and settings of every kind, and what the doctor says of them."""

import asyncio
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from bot.control import AskedInVain, Control
from bot.doctor import Code, Finding, Machine, State, examine, record, sentence, teams
from bot.doctor.findings import ok, problem, warning
from bot.rim import journal_key
from bot.settings import Settings
from bot.texts import catalogue
from voting.journal.sql.database import migrate

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GUID = "0c7f7a3e-6e0f-4d3e-9a58-1f0f4a1c9d01"
LOCAL_DISK = "22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw"
NETWORK = "22 1 0:50 / / rw,relatime - nfs4 server:/share rw"
HERE = Machine(python=(3, 13, 1), sqlite=(3, 51, 3), program=lambda name: f"/usr/bin/{name}", mounts=LOCAL_DISK, room=0)


def settings(folder: Path, **more: object) -> Settings:
    """Everything set, in that folder alone: neither environment nor .env file."""
    given = {
        "data_dir": folder,
        "database_url": f"sqlite+aiosqlite:///{folder / 'hemicycle.sqlite3'}",
        "app_id": GUID,
        "app_password": "a-secret",
        "tenant_id": GUID,
        "public_url": "https://seances.example.org",
        "body_name": "Région Val-de-Brenne",
        "body_siret": "73282932000074",
        "body_department": "2a",
        "website_url": "https://www.example.org/",
        "privacy_url": "https://www.example.org/privacy",
        "terms_url": "https://www.example.org/terms",
    }
    return Settings.model_validate({**given, **more})


def codes(found: tuple[Finding, ...]) -> Mapping[Code, State]:
    return {finding.code: finding.state for finding in found}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A data folder after a first start."""
    asyncio.run(migrate(f"sqlite+aiosqlite:///{tmp_path / 'hemicycle.sqlite3'}"))
    journal_key(tmp_path, "val-de-brenne")
    return tmp_path


def test_an_installation_in_order(installed: Path) -> None:
    found = examine(settings(installed), HERE, NOW)
    assert [finding.code for finding in found] == [
        Code.PYTHON,
        Code.SQLITE,
        Code.TIME_ZONE,
        Code.CHROMIUM,
        Code.NODE,
        Code.FOLDER,
        Code.DATABASE,
        Code.KEY,
        Code.SERVING_NOT,
        Code.APP_ID,
        Code.TENANT,
        Code.CREDENTIAL_PASSWORD,
        Code.PACKAGE,
        Code.GRAPH_OFF,
        Code.PUBLIC_URL,
        Code.BODY_NAME,
        Code.SIRET,
        Code.DEPARTMENT,
    ]
    assert {finding.state for finding in found} == {State.OK}
    said = "\n".join(sentence(finding, catalogue("fr")) for finding in found)
    assert "a-secret" not in said
    assert "PRIVATE" not in said


def test_traces_are_spoken_of_where_they_are_asked_for(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = settings(installed, otlp_url="https://me:a-secret@collector.example.org:4318")
    found = examine(asked, HERE, NOW)
    assert ok(Code.TRACES, host="collector.example.org") in found
    assert "a-secret" not in "".join(sentence(finding, catalogue("fr")) for finding in found)
    for absent in ("no_such_package.part", "importlib.no_such_part"):
        monkeypatch.setattr("bot.doctor.tracing.NEEDED", (absent,))
        assert problem(Code.TRACES_EXTRA) in examine(asked, HERE, NOW)


def test_a_laptop_with_nothing_is_not_a_problem(tmp_path: Path) -> None:
    nothing = settings(
        tmp_path / "later", app_id="", app_password=None, tenant_id="", public_url="", body_name="", body_siret=""
    )
    found = codes(examine(nothing, HERE, NOW))
    assert State.PROBLEM not in found.values()
    assert {Code.FOLDER_LATER, Code.DATABASE_LATER, Code.KEY_LATER, Code.TEAMS_ABSENT} <= found.keys()
    assert list(tmp_path.iterdir()) == []


def test_this_machine_is_examined_when_none_is_given(tmp_path: Path) -> None:
    found = codes(examine(settings(tmp_path)))
    assert found[Code.PYTHON] is State.OK
    assert found[Code.TIME_ZONE] is State.OK


# --- the machine ------------------------------------------------------------------------------------------------------


def absent(name: str) -> None:
    return None


def unknown(name: str) -> object:
    raise ZoneInfoNotFoundError(name)


def test_a_machine_of_another_age(tmp_path: Path) -> None:
    old = replace(HERE, python=(3, 10, 14), sqlite=(3, 40, 1), zone=unknown, program=absent)
    found = examine(settings(tmp_path), old, NOW)
    assert found[:5] == (
        problem(Code.PYTHON_OLD, version="3.10.14", wanted="3.11"),
        warning(Code.SQLITE_OLD, version="3.40.1", wanted="3.51.3"),
        problem(Code.TIME_ZONE_ABSENT, zone="Europe/Paris"),
        ok(Code.CHROMIUM_ABSENT),
        ok(Code.NODE_ABSENT),
    )


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    wrong = settings(tmp_path / "file" / "data")
    found = codes(examine(wrong, HERE, NOW))
    assert found[Code.FOLDER_NOT_A_FOLDER] is State.PROBLEM


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder where even root cannot write is Linux's")
def test_a_folder_that_cannot_be_written_to() -> None:
    found = record.folder(Path("/proc/self/hemicycle"), HERE)
    assert (found.code, found.fields["path"]) == (Code.FOLDER_NOT_WRITABLE, "/proc/self")


async def test_drives_of_the_network(tmp_path: Path) -> None:
    assert record.folder(tmp_path, replace(HERE, mounts=NETWORK)) == warning(
        Code.FOLDER_NETWORK, path=str(tmp_path), kind="nfs4"
    )
    file = tmp_path / "hemicycle.sqlite3"
    found = await record.database(f"sqlite+aiosqlite:///{file}", replace(HERE, mounts=NETWORK))
    assert found == problem(Code.DATABASE_NETWORK, path=str(file), kind="nfs4")


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/name", "sqlite+aiosqlite:///:memory:"])
async def test_an_address_that_is_none(url: str) -> None:
    assert await record.database(url, HERE) == problem(Code.DATABASE_BAD_URL)


async def test_a_database_whose_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = await record.database(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'x.sqlite3'}", HERE)
    assert found.code is Code.FOLDER_NOT_A_FOLDER


async def test_an_empty_file_gets_its_schema_later(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").touch()
    found = await record.database(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}", HERE)
    assert found == ok(Code.DATABASE_LATER, path=str(tmp_path / "x.sqlite3"))


def write(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "code", "state"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", Code.DATABASE_OLDER, State.WARNING),
        ("UPDATE alembic_version SET version_num = '9999'", Code.DATABASE_NEWER, State.PROBLEM),
        ("DROP TABLE alembic_version", Code.DATABASE_FOREIGN, State.PROBLEM),
    ],
)
def test_a_schema_of_another_time(installed: Path, statement: str, code: Code, state: State) -> None:
    write(installed / "hemicycle.sqlite3", statement)
    assert codes(examine(settings(installed), HERE, NOW))[code] is state


def test_a_damaged_database(installed: Path) -> None:
    file = installed / "hemicycle.sqlite3"
    file.write_bytes(b"no database " * 1000)
    assert problem(Code.DATABASE_DAMAGED, path=str(file)) in examine(settings(installed), HERE, NOW)


async def test_a_database_that_does_not_open(tmp_path: Path) -> None:
    found = await record.database(f"sqlite+aiosqlite:///{tmp_path}", HERE)
    assert found == problem(Code.DATABASE_UNAVAILABLE, fault="store_unavailable")


def test_a_disk_that_fills_up(installed: Path) -> None:
    assert (
        codes(examine(settings(installed), replace(HERE, room=1 << 40), NOW))[Code.DATABASE_DISK_LOW] is State.WARNING
    )


def test_a_record_whose_key_is_gone(installed: Path) -> None:
    (installed / "journal.key").unlink()
    lost = warning(Code.KEY_LOST, path=str(installed / "journal.key"))
    assert lost in examine(settings(installed), HERE, NOW)


@pytest.mark.skipif(os.name != "posix", reason="file permissions")
def test_a_key_that_others_can_read(installed: Path) -> None:
    (installed / "journal.key").chmod(0o644)
    found = record.key(installed, has_record=True)
    assert found == problem(Code.KEY_PERMISSIONS, path=str(installed / "journal.key"))


@pytest.mark.parametrize("content", [b"\xff\n", b"secret\n"])
def test_a_key_that_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.key"
    path.write_bytes(content)
    path.chmod(0o600)
    assert record.key(tmp_path, has_record=False) == problem(Code.KEY_BAD, path=str(path))


def test_a_key_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "journal.key").mkdir(mode=0o700)
    assert record.key(tmp_path, has_record=False).code is Code.KEY_BAD


# --- Teams ------------------------------------------------------------------------------------------------------------


def asked(tmp_path: Path, **more: object) -> Mapping[Code, State]:
    return codes(tuple(teams.examine(settings(tmp_path, **more), NOW)))


@pytest.mark.parametrize(
    ("more", "code", "state"),
    [
        ({"app_id": ""}, Code.APP_ID_MISSING, State.PROBLEM),
        ({"app_id": "hemicycle"}, Code.APP_ID_BAD, State.PROBLEM),
        ({"tenant_id": ""}, Code.TENANT_MISSING, State.PROBLEM),
        ({"tenant_id": "region.example.org"}, Code.TENANT_BAD, State.PROBLEM),
        ({"tenants": "region.example.org"}, Code.TENANT_BAD, State.PROBLEM),
        ({"app_password": None}, Code.CREDENTIAL_MISSING, State.PROBLEM),
        ({"app_password": ""}, Code.CREDENTIAL_MISSING, State.PROBLEM),
        ({"app_password": None, "app_type": "UserAssignedMSI"}, Code.CREDENTIAL_MANAGED, State.OK),
        ({"public_url": ""}, Code.PUBLIC_URL_MISSING, State.WARNING),
        ({"public_url": "http://seances.example.org"}, Code.PUBLIC_URL_NOT_HTTPS, State.PROBLEM),
        ({"public_url": "seances.example.org"}, Code.PUBLIC_URL_BAD, State.PROBLEM),
        ({"public_url": "https://[seances"}, Code.PUBLIC_URL_BAD, State.PROBLEM),
        ({"public_url": "https://me:word@seances.example.org"}, Code.PUBLIC_URL_BAD, State.PROBLEM),
        ({"public_url": "https://seances.example.org/?a=b"}, Code.PUBLIC_URL_BAD, State.PROBLEM),
        ({"body_name": ""}, Code.BODY_NAME_MISSING, State.WARNING),
        ({"body_siret": ""}, Code.SIRET_MISSING, State.WARNING),
        ({"body_siret": "73282932000075"}, Code.SIRET_BAD, State.WARNING),
        ({"body_siret": "732 829 320 00074"}, Code.SIRET_BAD, State.WARNING),
        ({"body_department": ""}, Code.DEPARTMENT_MISSING, State.WARNING),
        ({"body_department": "45"}, Code.DEPARTMENT, State.OK),
        ({"body_department": "Loiret"}, Code.DEPARTMENT_BAD, State.WARNING),
    ],
)
def test_a_setting_that_is_missing_or_wrong(tmp_path: Path, more: dict[str, object], code: Code, state: State) -> None:
    assert asked(tmp_path, **more)[code] is state


def test_further_tenants_are_counted(tmp_path: Path) -> None:
    other = GUID.replace("0", "1")
    assert ok(Code.TENANT, number=2) in tuple(teams.examine(settings(tmp_path, tenants=other), NOW))


def pem(path: Path, days: int, *, secret: bytes = b"", stranger: bool = False) -> Path:
    """A key and its certificate, ending in that many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hemicycle")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=days))
        .sign(key, SHA256())
    )
    kept = ec.generate_private_key(ec.SECP256R1()) if stranger else key
    encryption = BestAvailableEncryption(secret) if secret else NoEncryption()
    private = kept.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("days", "code", "state"),
    [
        (400, Code.CREDENTIAL_CERTIFICATE, State.OK),
        (10, Code.CERTIFICATE_EXPIRES, State.WARNING),
        (-1, Code.CERTIFICATE_EXPIRED, State.PROBLEM),
    ],
)
def test_a_certificate_and_its_end(tmp_path: Path, days: int, code: Code, state: State) -> None:
    file = pem(tmp_path / "bot.pem", days)
    assert asked(tmp_path, app_password=None, app_certificate=file)[code] is state


def test_a_certificate_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "text.pem").write_text("certificate")
    for file, code in (
        (tmp_path / "absent.pem", Code.CERTIFICATE_UNREADABLE),
        (tmp_path / "text.pem", Code.CERTIFICATE_BAD),
        (pem(tmp_path / "locked.pem", 400, secret=b"word"), Code.CERTIFICATE_BAD),
        (pem(tmp_path / "other.pem", 400, stranger=True), Code.CERTIFICATE_MISMATCH),
    ):
        assert asked(tmp_path, app_password=None, app_certificate=file)[code] is State.PROBLEM


def test_a_certificate_beside_a_secret(tmp_path: Path) -> None:
    file = pem(tmp_path / "bot.pem", 400)
    found = asked(tmp_path, app_certificate=file)
    assert found[Code.CREDENTIAL_BOTH] is State.WARNING
    assert found[Code.CREDENTIAL_CERTIFICATE] is State.OK


# --- Teams, further -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"graph": True}, {Code.GRAPH: State.OK, Code.CATALOG_MISSING: State.OK}),
        ({"graph": True, "catalog_id": GUID}, {Code.GRAPH: State.OK, Code.CATALOG: State.OK}),
        ({"graph": True, "catalog_id": "hemicycle"}, {Code.CATALOG_BAD: State.PROBLEM}),
        ({"conveners": (GUID, GUID)}, {Code.CONVENERS: State.OK}),
        ({"conveners": "marie@example.org"}, {Code.CONVENERS_BAD: State.PROBLEM}),
        ({"terms_url": ""}, {Code.PACKAGE_LATER: State.WARNING}),
        ({"terms_url": "http://www.example.org/"}, {Code.PACKAGE_WRONG: State.PROBLEM}),
        ({"publisher": "x" * 33}, {Code.PACKAGE_WRONG: State.PROBLEM}),
    ],
)
def test_each_step_of_the_guide_that_settings_tell(
    tmp_path: Path, more: dict[str, object], expected: Mapping[Code, State]
) -> None:
    found = {finding.code: finding.state for finding in teams.examine(settings(tmp_path, **more), NOW)}
    assert expected.items() <= found.items()


async def test_a_service_that_runs_is_seen(tmp_path: Path) -> None:
    url = str(settings(tmp_path).database_url)
    control = Control(tmp_path, url, {})
    assert record.serving(tmp_path, url).code is Code.SERVING_NOT
    await control.start()
    found = await asyncio.to_thread(record.serving, tmp_path, url)
    assert (found.code, found.state) == (Code.SERVING, State.OK)
    await control.close()


def test_a_service_of_another_account_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> object:
        raise AskedInVain("control.forbidden")

    monkeypatch.setattr(record, "ask", forbidden)
    found = record.serving(tmp_path, "sqlite+aiosqlite:///x")
    assert (found.code, found.state, found.fields["problem"]) == (Code.SERVING, State.WARNING, "forbidden")
