"""Makes the zip. The same settings and version give the same bytes, on any machine, on any day."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from bot.package import source
from bot.package.model import LONGEST, TAB_NAME
from bot.package.values import values
from bot.settings import Settings
from bot.texts import catalogue
from voting.wording.catalogue import LANGUAGES

_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def build(settings: Settings, *, version: str | None = None, meeting_events: bool = True) -> bytes:
    """The package. Raises ``SettingsRefused``.

    Without ``meeting_events`` no permission is asked for: for organisations where nobody may consent to any.
    """
    given = values(settings, version)
    language = given["language"]
    other = next(each for each in LANGUAGES if each != language)
    template = json.loads(source.read(source.TEMPLATE))
    menus: list[list[str]] = [menu["commands"] for menu in template["bots"][0]["commandLists"]]
    if not meeting_events:
        del template["authorization"]
    manifest = _filled(template, {**given, "other_language": other, **_texts(language)})
    for menu, names in zip(manifest["bots"][0]["commandLists"], menus, strict=True):
        menu["commands"] = [_entry(name, language) for name in names]
    files = {
        source.TEMPLATE: _json(manifest),
        f"{other}.json": _json(_translation(menus, other)),
        **{icon: source.read(icon) for icon in source.ICONS},
    }
    return _zip(files)


def _filled(part: Any, given: Mapping[str, str]) -> Any:
    """The template with every name between braces replaced."""
    match part:
        case str():
            return part.format_map(given)
        case list():
            return [_filled(each, given) for each in part]
        case dict():
            return {key: _filled(each, given) for key, each in part.items()}
        case _:
            return part


def _texts(language: str) -> Mapping[str, str]:
    """The sentences of the template, under their names in it."""
    texts = catalogue(language)
    return {key.replace(".", "_"): texts(f"manifest.{key}") for key in LONGEST} | {"tab_name": texts("manifest.tab")}


def _translation(menus: Sequence[Sequence[str]], language: str) -> Mapping[str, str]:
    """A localisation file."""
    texts = catalogue(language)
    said = {key: texts(f"manifest.{key}") for key in LONGEST} | {TAB_NAME: texts("manifest.tab")}
    for row, names in enumerate(menus):
        for column, name in enumerate(names):
            place = f"bots[0].commandLists[{row}].commands[{column}]"
            said |= {f"{place}.{key}": text for key, text in _entry(name, language).items()}
    return said


def _entry(name: str, language: str) -> Mapping[str, str]:
    """A menu entry. Its title is sent as it stands, so it is the first form of words that the bot knows."""
    texts = catalogue(language)
    title = texts(f"words.{name}").partition("|")[0]
    return {"title": title[:1].upper() + title[1:], "description": texts(f"command.{name}")}


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    """Stored, not deflated: what a compressor makes of the same bytes depends on its version."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _SAME_DAY)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
