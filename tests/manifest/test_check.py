"""The check sees what Teams would refuse and what the bot would not understand, in a package edited by hand."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from bot.package import NotAnArchive, build, check, sentence
from bot.package.check import LARGEST
from bot.texts import catalogue
from tests.manifest.kit import pack, read, settings, unpack

PACKAGE = build(settings())
ENTRY = "bots[0].commandLists[0].commands[0]"
Edit = Callable[[Any], object]


def edited(edit: Edit, name: str = "manifest.json") -> bytes:
    """The package with one of its JSON files changed."""
    content = read(PACKAGE, name)
    edit(content)
    return pack({**unpack(PACKAGE), name: json.dumps(content).encode()})


def found(package: bytes) -> list[tuple[str, str | int]]:
    """Codes without their prefix, and what they point at."""
    flaws = check(package).flaws
    for flaw in flaws:
        assert all(sentence(flaw, catalogue(language)) for language in ("fr", "en"))
    return [(f.code.removeprefix("manifest.flaw."), f.fields.get("where") or f.fields["file"]) for f in flaws]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_own_package_is_good(language: str) -> None:
    for meeting_events in (True, False):
        report = check(build(settings(language=language), meeting_events=meeting_events))
        assert report.good
        assert report.manifest is not None
        assert len(report.manifest.commands) == 20
    assert check(pack(unpack(PACKAGE))).good


@pytest.mark.parametrize(
    ("edit", "code", "where"),
    [
        (lambda m: m.pop("developer"), "missing", "developer"),
        (lambda m: m["name"].update(short=""), "missing", "name.short"),
        (lambda m: m["name"].update(short="x" * 31), "too_long", "name.short"),
        (lambda m: m["developer"].update(name="x" * 33), "too_long", "developer.name"),
        (lambda m: m.update(typo=1), "unknown", "typo"),
        (lambda m: m.update(manifestVersion="1.30"), "wrong", "manifestVersion"),
        (lambda m: m.update(version="1.2"), "wrong", "version"),
        (lambda m: m.update(id="hemicycle"), "wrong", "id"),
        (lambda m: m.update(accentColor="blue"), "wrong", "accentColor"),
        (lambda m: m["developer"].update(privacyUrl="http://example.org"), "wrong", "developer.privacyUrl"),
        (lambda m: m["bots"][0].update(scopes=["groupchat"]), "wrong", "bots[0].scopes[0]"),
        (lambda m: m["bots"].append(m["bots"][0]), "too_many", "bots"),
        (lambda m: m["bots"].clear(), "missing", "bots"),
        (
            lambda m: m["bots"][0]["commandLists"][0]["commands"].append({"title": "Aide", "description": "Aide"}),
            "too_many",
            "bots[0].commandLists[0].commands",
        ),
        (lambda m: m.update(validDomains=["https://example.org"]), "wrong", "validDomains[0]"),
    ],
)
def test_the_shape_of_the_manifest(edit: Edit, code: str, where: str) -> None:
    assert found(edited(edit)) == [(code, where)]


def test_several_flaws_come_at_once() -> None:
    def edit(manifest: Any) -> None:
        manifest["typo"] = 1
        del manifest["version"]

    assert sorted(found(edited(edit))) == [("missing", "version"), ("unknown", "typo")]


@pytest.mark.parametrize("title", ["Mon avis", "Présent demain", "x"])
def test_a_title_that_the_bot_does_not_hear(title: str) -> None:
    package = edited(lambda m: m["bots"][0]["commandLists"][0]["commands"][0].update(title=title))
    assert found(package) == [("command", ENTRY)]


def test_the_translation() -> None:
    assert found(edited(lambda t: t.pop("name.short"), "en.json")) == [("missing", "en.json, name.short")]
    assert found(edited(lambda t: t.update({"name.tall": "x"}), "en.json")) == [("unknown", "en.json, name.tall")]
    assert found(edited(lambda t: t.update({"name.full": 1}), "en.json")) == [("wrong", "name.full")]
    assert found(edited(lambda t: t.update({f"{ENTRY}.title": "Blah"}), "en.json")) == [
        ("command", f"en.json, {ENTRY}.title")
    ]
    assert found(edited(lambda t: t.update({"description.short": "x" * 81}), "en.json")) == [
        ("too_long", "en.json, description.short")
    ]
    assert found(edited(lambda t: t.update({"$schema": "https://example.org"}), "en.json")) == []


@pytest.mark.parametrize("name", ["manifest.json", "en.json", "color.png", "outline.png"])
def test_a_file_that_is_not_at_the_root(name: str) -> None:
    files = unpack(PACKAGE)
    files[f"hemicycle/{name}"] = files.pop(name)
    assert found(pack(files)) == [("absent", name)]


@pytest.mark.parametrize("name", ["manifest.json", "en.json"])
def test_a_file_that_is_not_json(name: str) -> None:
    assert found(pack({**unpack(PACKAGE), name: b"{"})) == [("not_json", name)]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_not_an_icon(content: bytes) -> None:
    files = unpack(PACKAGE)
    assert found(pack({**files, "color.png": content})) == [("icon", "color.png")]
    assert found(pack({**files, "outline.png": content})) == [("see_through", "outline.png")]
    assert found(pack({**files, "color.png": files["outline.png"]})) == [("icon", "color.png")]


def test_an_outline_without_transparency() -> None:
    files = unpack(PACKAGE)
    opaque = bytearray(files["outline.png"])
    opaque[25] = 2
    assert found(pack({**files, "outline.png": bytes(opaque)})) == [("see_through", "outline.png")]


def test_a_file_that_swells() -> None:
    package = pack({**unpack(PACKAGE), "manifest.json": b" " * (LARGEST + 1)})
    assert len(package) < LARGEST // 10
    assert found(package) == [("too_big", "manifest.json")]


def test_a_file_that_is_no_archive() -> None:
    for content in (b"", b"PK", b"{}", PACKAGE[:-30]):
        with pytest.raises(NotAnArchive):
            check(content)


def test_an_archive_that_is_damaged() -> None:
    damaged = bytearray(PACKAGE)
    damaged[200] ^= 1
    with pytest.raises(NotAnArchive):
        check(bytes(damaged))
    with zipfile.ZipFile(BytesIO(PACKAGE)) as archive:
        assert archive.testzip() is None
