"""The package against Microsoft's own schemas, from npm's `@microsoft/app-manifest`."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from bot.package import build
from tests.manifest.kit import read, settings

SCHEMAS = Path(__file__).parents[2] / "bot/web/node_modules/@microsoft/app-manifest/build/json-schemas/teams"

pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="Microsoft's schemas are not fetched: `make venv` puts them in bot/web/node_modules"
)


def problems(schema: str, content: Any) -> list[str]:
    """What the schema of our version says; it is not checked itself, for it has a pattern that Python cannot read."""
    version = read(build(settings()))["manifestVersion"]
    rules = json.loads((SCHEMAS / f"v{version}" / f"MicrosoftTeams.{schema}.json").read_text("utf-8"))
    return [f"{error.json_path}: {error.message}" for error in Draft4Validator(rules).iter_errors(content)]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("meeting_events", [True, False])
def test_the_manifest_is_valid(language: str, meeting_events: bool) -> None:
    manifest = read(build(settings(language=language), meeting_events=meeting_events))
    assert problems("schema", manifest) == []
    assert f"/teams/v{manifest['manifestVersion']}/" in manifest["$schema"]


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_the_translation_is_valid(language: str, other: str) -> None:
    assert problems("Localization.schema", read(build(settings(language=language)), f"{other}.json")) == []


def test_the_schema_would_see_a_mistake() -> None:
    manifest = read(build(settings()))
    manifest["bots"][0]["scopes"] = ["groupchat"]
    manifest["typo"] = True
    assert len(problems("schema", manifest)) == 2


def test_the_version_of_the_schema_is_behind_the_newest() -> None:
    """Admin portals learn a new version months after it is published."""
    newest = max(int(path.name.removeprefix("v1.")) for path in SCHEMAS.glob("v1.*"))
    assert int(read(build(settings()))["manifestVersion"].removeprefix("1.")) <= newest - 3
