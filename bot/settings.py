"""Configuration, read once: environment (``HEMICYCLE_…``), a ``.env`` file, flags of the command. Holds no logic.

Every field is explained in ``guides/administrator.md``; ``hemicycle doctor`` says what is missing.
"""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def data_dir() -> Path:
    """Where files go when nobody says otherwise: the user's data directory (XDG, or its counterpart)."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "hemicycle"


class Trust(BaseSettings):
    """Read apart: ``verify`` needs nothing else of an installation, and works where the rest is wrong or absent."""

    model_config = SettingsConfigDict(env_prefix="HEMICYCLE_", env_file=".env", extra="ignore", frozen=True)

    trust_dir: Path | None = None
    """A folder of ``*.pem`` and ``*.vkey`` files that are always trusted."""

    @field_validator("trust_dir", mode="before")
    @classmethod
    def _none_when_empty(cls, value: object) -> object:
        """Or it would be whatever folder one stands in."""
        return value or None


class Settings(Trust):
    """What an installation may set."""

    data_dir: Path = Field(default_factory=data_dir)
    """Keys, and the database unless it is elsewhere."""
    database_url: str = Field(
        default_factory=lambda known: f"sqlite+aiosqlite:///{known['data_dir']}/hemicycle.sqlite3"
    )
    """Where the record is kept."""
    database_owner_url: SecretStr | None = None
    """In PostgreSQL, who owns the tables: for ``migrate`` alone, never for a process that serves."""

    app_id: str = ""
    """The bot's Entra application id."""
    app_type: Literal["SingleTenant", "UserAssignedMSI"] = "SingleTenant"
    app_password: SecretStr | None = None
    app_certificate: Path | None = None
    """PEM file with the private key and the certificate, instead of a secret."""
    tenant_id: str = ""
    tenants: Annotated[tuple[str, ...], NoDecode] = ()
    """Further tenants whose members may take part; the bot's own always may."""

    body_name: str = ""
    """Name of the assembly, as minutes print it."""
    body_siret: str = ""
    body_department: str = ""
    """The département whose prefect receives the acts, such as 045 or 2A: for the fields of the @CTES transmission."""

    tsa_url: str = ""
    """The timestamp service (RFC 3161) of the signatures, when the command names none."""
    graph: bool = False
    """Find the accounts of the roll in Entra through Microsoft Graph; needs an administrator's consent."""
    catalog_id: str = ""
    """The app's own id in the organisation's catalogue, for the bot to be installed for those of a roll."""

    publisher: str = ""
    """Who stands behind the app in Teams' catalogue, 32 characters at most; the assembly when empty."""
    website_url: str = ""
    privacy_url: str = ""
    terms_url: str = ""
    """The organisation's own pages, as the app's entry in the catalogue must name them."""

    public_url: str = ""
    """Address of this server as browsers see it; without it, cards carry no link."""
    language: Literal["fr", "en"] = "fr"
    """Language of what is posted for everybody."""

    log_format: Literal["text", "json"] = "text"
    """How the technical log is written while it serves: to be read, or to be collected."""

    otlp_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """The collector that traces are sent to, by OTLP over HTTP; empty: there are none. Asks for the ``otel`` extra."""

    rehearsal_days: int = Field(default=7, ge=0, le=7)
    """Days after its end when a rehearsal is purged, unless somebody did before: nothing allows to keep its votes."""

    help_phone: str = ""
    """The telephone of the help line, printed on each member's sheet; empty: none."""

    help_days: int = Field(default=30, ge=0, le=365)
    """Days after the end of a sitting when its requests for help and the telephone numbers of its roll are erased."""

    conveners: Annotated[tuple[str, ...], NoDecode] = ()
    """Entra object ids of those who may convene the first sitting from the chat; afterwards the staff may."""

    @field_validator("tenants", "conveners", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(t.strip() for t in value.split(",") if t.strip()) if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _without_last_slash(cls, value: str) -> str:
        return value.rstrip("/")

    def allowed_conveners(self) -> frozenset[str]:
        """Who may convene besides the staff of earlier sittings."""
        return frozenset(account.lower() for account in self.conveners)

    def allowed_tenants(self) -> frozenset[str]:
        """The tenants whose activities are let in."""
        return frozenset(t.lower() for t in (self.tenant_id, *self.tenants) if t)
