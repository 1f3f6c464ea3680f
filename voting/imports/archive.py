"""Opens the zip packages that office suites write, without trusting what they claim.

Answers for: size once unpacked, and no document type in any part (so no entity of any kind).
Leaves the meaning of the parts to `workbook` and `documents`.
"""

import io
import itertools
import zipfile
import zlib
from xml.parsers import expat

MAX_PARTS = 2_000
MAX_ELEMENTS = 400_000
"""Of XML in all parts together: whoever builds a tree of them pays a thousand times their size."""
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<")
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
"""Whatever ``zipfile`` raises for a file that is damaged, hostile, locked or packed in a way that it does not know."""


class BadPackage(Exception):
    """Not a package we can read, or one we will not read."""


class PackageTooBig(BadPackage):
    """Small when packed, huge when not."""


def part(content: bytes, name: str, limit: int) -> bytes:
    """One part, unpacked, no longer than `limit`."""
    with _opened(content) as package:
        try:
            return _unpacked(package, package.getinfo(name), limit)
        except KeyError as error:
            raise BadPackage(name) from error


def check_parts(content: bytes, limit: int) -> None:
    """Refuse a package whose parts are together longer than `limit` or too intricate, or declare a document type."""
    with _opened(content) as package:
        parts = package.infolist()
        # zipfile never unpacks more of a part than the size declared for it, so the sum is a bound.
        if len(parts) > MAX_PARTS or sum(info.file_size for info in parts) > limit:
            raise PackageTooBig
        elements = itertools.count(1)
        for info in parts:
            data = _unpacked(package, info, limit)
            if data.startswith(_XML_STARTS):
                parser = xml_parser()
                parser.StartElementHandler = lambda name, attributes: _check_count(next(elements))
                feed(parser, data)


def xml_parser() -> expat.XMLParserType:
    """A parser that refuses any document type; names come as `namespace name`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: expat.XMLParserType, data: bytes) -> None:
    """The whole of a part through the parser."""
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadPackage(str(error)) from error


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except ZIP_FAULTS as error:
        raise BadPackage(str(error)) from error


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.file_size > limit:
        raise PackageTooBig
    try:
        return package.read(info)
    except ZIP_FAULTS as error:
        raise BadPackage(str(error)) from error


def _check_count(elements: int) -> None:
    if elements > MAX_ELEMENTS:
        raise PackageTooBig


def _refuse_doctype(name: str, system_id: str | None, public_id: str | None, has_subset: bool) -> None:
    raise BadPackage(f"document type {name}")
