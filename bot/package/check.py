"""Checks a package before somebody uploads it: ours, or ours after somebody has edited it by hand.

Answers for: what Teams would refuse, and what the bot would not understand. Needs neither network nor Node.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from pydantic import TypeAdapter, ValidationError

from bot.commands import vocabulary
from bot.package.flaws import Flaw, flaw
from bot.package.model import LONGEST, LONGEST_HINT, LONGEST_TAB, LONGEST_TITLE, TAB_NAME, Manifest
from bot.package.source import TEMPLATE

LARGEST = 1 << 20
"""Bytes of one file: ours are a hundred times smaller."""

_PNG = b"\x89PNG\r\n\x1a\n"
_WITH_OPACITY = (4, 6)
_FLAWS = {
    "missing": "manifest.flaw.missing",
    "string_too_short": "manifest.flaw.missing",
    "too_short": "manifest.flaw.missing",
    "string_too_long": "manifest.flaw.too_long",
    "too_long": "manifest.flaw.too_many",
    "extra_forbidden": "manifest.flaw.unknown",
}
_Texts = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the check found."""

    flaws: tuple[Flaw, ...]
    manifest: Manifest | None = None
    """As far as it could be read."""

    @property
    def good(self) -> bool:
        """Nothing to mend."""
        return not self.flaws


class NotAnArchive(Exception):
    """There is nothing to check in this file."""


def check(package: bytes) -> Report:
    """Every flaw at once, as far as the files can be read. Raises ``NotAnArchive``."""
    try:
        files = _files(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotAnArchive from error
    except _TooBig as big:
        return Report(flaws=(flaw("manifest.flaw.too_big", file=big.file),))
    if TEMPLATE not in files:
        return Report(flaws=(flaw("manifest.flaw.absent", file=TEMPLATE),))
    try:
        manifest = Manifest.model_validate_json(files[TEMPLATE], strict=True)
    except ValidationError as error:
        return Report(flaws=tuple(_shape(error, TEMPLATE)))
    flaws = (*_commands(manifest), *_icons(manifest, files), *_translations(manifest, files))
    return Report(flaws=flaws, manifest=manifest)


class _TooBig(Exception):
    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


def _files(package: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for entry in entries:
            if entry.file_size > LARGEST:
                raise _TooBig(entry.filename)
        return {entry.filename: archive.read(entry) for entry in entries}


def _shape(error: ValidationError, file: str) -> Iterator[Flaw]:
    """pydantic's findings, as ours."""
    errors = error.errors(include_url=False)
    for found in errors:
        if found["type"] == "json_invalid":
            yield flaw("manifest.flaw.not_json", file=file)
            continue
        if found["type"] == "too_short" and any(_is_within(each["loc"], found["loc"]) for each in errors):
            continue  # it only counted what was good
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in found["loc"]).lstrip(".")
        most = int(found.get("ctx", {}).get("max_length", 0))
        yield flaw(_FLAWS.get(found["type"], "manifest.flaw.wrong"), where=place or file, most=most)


def _is_within(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _commands(manifest: Manifest) -> Iterator[Flaw]:
    """A title that the bot does not hear would be answered by "did you mean"."""
    yield from _unheard({place: command.title for place, command in manifest.commands.items()})


def _unheard(titles: Mapping[str, str]) -> Iterator[Flaw]:
    known = vocabulary()
    for place, title in titles.items():
        heard = known.hear(title)
        if heard is None or heard.argument:
            yield flaw("manifest.flaw.command", where=place, title=title)


def _icons(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Flaw]:
    for name, side, see_through in ((manifest.icons.color, 192, False), (manifest.icons.outline, 32, True)):
        content = files.get(name)
        if content is None:
            yield flaw("manifest.flaw.absent", file=name)
        elif not _is_icon(content, side, see_through=see_through):
            yield flaw("manifest.flaw.see_through" if see_through else "manifest.flaw.icon", file=name, side=side)


def _is_icon(content: bytes, side: int, *, see_through: bool) -> bool:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 33:
        return False
    width, height, _, kind = struct.unpack(">IIBB", content[16:26])
    return width == height == side and (kind in _WITH_OPACITY or not see_through)


def _translations(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Flaw]:
    for translation in manifest.localization_info.additional_languages:
        content = files.get(translation.file)
        if content is None:
            yield flaw("manifest.flaw.absent", file=translation.file)
        else:
            yield from _translation(translation.file, content, _expected(manifest))


def _expected(manifest: Manifest) -> Mapping[str, int]:
    """The keys that another language must have, and how long its texts may be."""
    longest = {"title": LONGEST_TITLE, "description": LONGEST_HINT}
    tab = {TAB_NAME: LONGEST_TAB} if manifest.static_tabs else {}
    return LONGEST | tab | {f"{place}.{key}": most for place in manifest.commands for key, most in longest.items()}


def _translation(file: str, content: bytes, expected: Mapping[str, int]) -> Iterator[Flaw]:
    try:
        texts = _Texts.validate_json(content, strict=True)
    except ValidationError as error:
        yield from _shape(error, file)
        return
    texts.pop("$schema", None)
    for key in sorted(texts.keys() - expected.keys()):
        yield flaw("manifest.flaw.unknown", where=f"{file}, {key}")
    for key, most in expected.items():
        if not texts.get(key):
            yield flaw("manifest.flaw.missing", where=f"{file}, {key}")
        elif len(texts[key]) > most:
            yield flaw("manifest.flaw.too_long", where=f"{file}, {key}", most=most)
    yield from _unheard({f"{file}, {key}": text for key, text in texts.items() if key.endswith(".title")})
