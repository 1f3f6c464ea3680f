"""Settings that a package can be made from, and packages taken apart and put together again."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from bot.settings import Settings

APP_ID = "0c7f7a3e-6e0f-4d3e-9a58-1f0f4a1c9d01"
SETTINGS: Mapping[str, object] = {
    "app_id": APP_ID,
    "app_password": "a-secret",
    "tenant_id": "5f0e5a9c-0c5b-4b0e-8a65-2f6f0a7b1c22",
    "body_name": "Région Val-de-Brenne",
    "public_url": "https://seances.val-de-brenne.example",
    "website_url": "https://val-de-brenne.example/assemblee",
    "privacy_url": "https://val-de-brenne.example/donnees",
    "terms_url": "https://val-de-brenne.example/conditions",
}


def settings(**more: object) -> Settings:
    """Everything set: neither environment nor .env file."""
    return Settings.model_validate({**SETTINGS, **more})


def unpack(package: bytes) -> dict[str, bytes]:
    """The files by name."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(files: Mapping[str, bytes]) -> bytes:
    """Somebody's own zip of these files."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read(package: bytes, name: str = "manifest.json") -> Any:
    """One of its JSON files."""
    return json.loads(unpack(package)[name])
