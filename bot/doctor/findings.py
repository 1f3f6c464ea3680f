"""What ``hemicycle doctor`` may find: codes, states and figures. The words are in ``bot/texts/*/doctor.po``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.texts import Catalogue


class State(StrEnum):
    """How much it matters."""

    OK = "ok"
    WARNING = "warning"
    """The product works, with a limit or a risk that somebody should know of."""
    PROBLEM = "problem"
    """Something does not work until this is mended."""


class Code(StrEnum):
    """Each value is the code of a sentence in the catalogues."""

    PYTHON = "doctor.python"
    PYTHON_OLD = "doctor.python.old"
    SQLITE = "doctor.sqlite"
    SQLITE_OLD = "doctor.sqlite.old"
    TIME_ZONE = "doctor.time_zone"
    TIME_ZONE_ABSENT = "doctor.time_zone.absent"
    CHROMIUM = "doctor.chromium"
    CHROMIUM_ABSENT = "doctor.chromium.absent"
    NODE = "doctor.node"
    NODE_ABSENT = "doctor.node.absent"

    FOLDER = "doctor.folder"
    FOLDER_LATER = "doctor.folder.later"
    FOLDER_NOT_A_FOLDER = "doctor.folder.not_a_folder"
    FOLDER_NOT_WRITABLE = "doctor.folder.not_writable"
    FOLDER_NETWORK = "doctor.folder.network"
    DATABASE = "doctor.database"
    DATABASE_LATER = "doctor.database.later"
    DATABASE_BAD_URL = "doctor.database.bad_url"
    DATABASE_FOREIGN = "doctor.database.foreign"
    DATABASE_OLDER = "doctor.database.older"
    DATABASE_NEWER = "doctor.database.newer"
    DATABASE_NETWORK = "doctor.database.network"
    DATABASE_DAMAGED = "doctor.database.damaged"
    DATABASE_UNAVAILABLE = "doctor.database.unavailable"
    DATABASE_DISK_LOW = "doctor.database.disk_low"
    SERVER = "doctor.server"
    SERVER_DRIVER = "doctor.server.driver"
    SERVER_DENIED = "doctor.server.denied"
    SERVER_UNREACHABLE = "doctor.server.unreachable"
    SERVER_UNSAFE = "doctor.server.unsafe"
    SERVER_EMPTY = "doctor.server.empty"
    SERVER_OLDER = "doctor.server.older"
    SERVER_STANDBY = "doctor.server.standby"
    SERVER_COMMIT = "doctor.server.commit"
    SERVER_PRIVILEGES = "doctor.server.privileges"
    SERVER_PRIVILEGES_TOO_MANY = "doctor.server.privileges.too_many"
    SERVER_ALONE = "doctor.server.alone"
    SERVER_SYNCHRONOUS = "doctor.server.synchronous"
    SERVER_ASYNCHRONOUS = "doctor.server.asynchronous"
    KEY_OTHER = "doctor.key.other"
    KEY = "doctor.key"
    KEY_LATER = "doctor.key.later"
    KEY_LOST = "doctor.key.lost"
    KEY_PERMISSIONS = "doctor.key.permissions"
    KEY_BAD = "doctor.key.bad"

    TEAMS_ABSENT = "doctor.teams.absent"
    APP_ID = "doctor.app_id"
    APP_ID_MISSING = "doctor.app_id.missing"
    APP_ID_BAD = "doctor.app_id.bad"
    TENANT = "doctor.tenant"
    TENANT_MISSING = "doctor.tenant.missing"
    TENANT_BAD = "doctor.tenant.bad"
    CREDENTIAL_PASSWORD = "doctor.credential.password"  # noqa: S105
    CREDENTIAL_CERTIFICATE = "doctor.credential.certificate"
    CREDENTIAL_MANAGED = "doctor.credential.managed"
    CREDENTIAL_MISSING = "doctor.credential.missing"
    CREDENTIAL_BOTH = "doctor.credential.both"
    CERTIFICATE_UNREADABLE = "doctor.certificate.unreadable"
    CERTIFICATE_BAD = "doctor.certificate.bad"
    CERTIFICATE_MISMATCH = "doctor.certificate.mismatch"
    CERTIFICATE_EXPIRED = "doctor.certificate.expired"
    CERTIFICATE_EXPIRES = "doctor.certificate.expires"
    PUBLIC_URL = "doctor.public_url"
    PUBLIC_URL_MISSING = "doctor.public_url.missing"
    PUBLIC_URL_BAD = "doctor.public_url.bad"
    PUBLIC_URL_NOT_HTTPS = "doctor.public_url.not_https"
    CONVENERS = "doctor.conveners"
    CONVENERS_BAD = "doctor.conveners.bad"
    PACKAGE = "doctor.package"
    PACKAGE_LATER = "doctor.package.later"
    PACKAGE_WRONG = "doctor.package.wrong"
    GRAPH = "doctor.graph"
    GRAPH_OFF = "doctor.graph.off"
    CATALOG = "doctor.catalog"
    CATALOG_MISSING = "doctor.catalog.missing"
    CATALOG_BAD = "doctor.catalog.bad"
    SERVING = "doctor.serving"
    SERVING_NOT = "doctor.serving.not"
    TRACES = "doctor.traces"
    TRACES_EXTRA = "doctor.traces.extra"

    ONLINE_LOGIN = "doctor.online.login"
    ONLINE_LOGIN_SECRET = "doctor.online.login.secret"  # noqa: S105
    ONLINE_LOGIN_APPLICATION = "doctor.online.login.application"
    ONLINE_LOGIN_UNREACHABLE = "doctor.online.login.unreachable"
    ONLINE_KEYS = "doctor.online.keys"
    ONLINE_KEYS_UNREACHABLE = "doctor.online.keys.unreachable"
    ONLINE_CONNECTOR = "doctor.online.connector"
    ONLINE_CONNECTOR_UNREACHABLE = "doctor.online.connector.unreachable"
    ONLINE_FRONT = "doctor.online.front"
    ONLINE_FRONT_OTHER = "doctor.online.front.other"
    ONLINE_FRONT_CERTIFICATE = "doctor.online.front.certificate"
    ONLINE_FRONT_UNREACHABLE = "doctor.online.front.unreachable"
    ONLINE_GRAPH = "doctor.online.graph"
    ONLINE_GRAPH_NOT_GRANTED = "doctor.online.graph.not_granted"
    ONLINE_GRAPH_SILENT = "doctor.online.graph.silent"

    BODY_NAME = "doctor.body_name"
    BODY_NAME_MISSING = "doctor.body_name.missing"
    SIRET = "doctor.siret"
    SIRET_MISSING = "doctor.siret.missing"
    SIRET_BAD = "doctor.siret.bad"
    DEPARTMENT = "doctor.department"
    DEPARTMENT_MISSING = "doctor.department.missing"
    DEPARTMENT_BAD = "doctor.department.bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer of one check. Holds no secret: it is meant to be pasted into a help request."""

    code: Code
    state: State
    fields: Mapping[str, str | int] = field(default_factory=dict)


def ok(code: Code, **fields: str | int) -> Finding:
    """All is well."""
    return Finding(code=code, state=State.OK, fields=fields)


def warning(code: Code, **fields: str | int) -> Finding:
    """Works, but."""
    return Finding(code=code, state=State.WARNING, fields=fields)


def problem(code: Code, **fields: str | int) -> Finding:
    """Does not work."""
    return Finding(code=code, state=State.PROBLEM, fields=fields)


def sentence(finding: Finding, texts: Catalogue) -> str:
    """The finding in words, its state first."""
    return texts(f"doctor.state.{finding.state.value}", said=texts(finding.code, **finding.fields))
