"""``minutes sign`` and its companions: keys in a file or on a card, a service elsewhere, a parapheur.

Passwords come from a prompt, the environment or a file, never from the command line; keys stay where they are.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import deliver_new, read, trusted
from bot.cli.operate import settings
from bot.cli.say import Stop, language, texts
from voting.wording import catalogue as shared_catalogue

if TYPE_CHECKING:
    from datetime import datetime

    from voting.minutes.signers import Authority
    from voting.signing.book import Book
    from voting.signing.keys import PersonalKey

PASSWORD = "HEMICYCLE_SIGNING_PASSWORD"  # noqa: S105 - the name of a variable
_LARGEST_PDF = 200 * 1024 * 1024 + 1

File = Annotated[Path, typer.Argument(metavar="FILE")]
Trust = Annotated[list[Path] | None, typer.Option(metavar="CA.pem")]
Lists = Annotated[list[Path] | None, typer.Option(metavar="FILE")]
Service = Annotated[str, typer.Option(metavar="URL")]
Out = Annotated[Path | None, typer.Option()]
OtherName = Annotated[bool, typer.Option("--other-name")]


class Role(StrEnum):
    """In which capacity one signs."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


def register(minutes: typer.Typer) -> None:
    """Add these commands to the group."""
    for command in (sign, seal, digest, embed, accept_return):
        name = command.__name__
        minutes.command(name.replace("_", "-"), help=texts()(f"cli.help.minutes_{name}"))(command)


def sign(
    file: File,
    pkcs12: Annotated[Path | None, typer.Option(metavar="KEY.p12")] = None,
    pkcs11: Annotated[Path | None, typer.Option(metavar="MODULE.so")] = None,
    token: Annotated[str, typer.Option()] = "",
    label: Annotated[str, typer.Option()] = "",
    password_file: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    role: Annotated[Role | None, typer.Option()] = None,
    tsa: Service = "",
    trust: Trust = None,
    crl: Lists = None,
    other_name: OtherName = False,
    out: Out = None,
) -> None:
    """The next signature, with a key in a file or on a card."""
    from voting.minutes.signatories import Capacity
    from voting.signing.desk import next_signatory, sign_next

    if (pkcs12 is None) == (pkcs11 is None) or (pkcs11 is not None and not (token and label)):
        raise Stop(texts()("cli.which_key"))
    capacity = Capacity(role.value) if role is not None else None
    with _sentences():
        authority = _authority(trust, crl, tsa)
        book = _book(file)
        next_signatory(book, capacity)
        with _key(pkcs12, pkcs11, token, label, password_file) as key:
            signed = sign_next(book, key, authority, _now(), role=capacity, other_name=other_name)
        _finish(signed, file, out, len(book.signed) + 1, timestamped=authority.timestamper is not None)


def seal(file: File, tsa: Service = "", trust: Trust = None, crl: Lists = None, out: Out = None) -> None:
    """The archival timestamp after the last signature."""
    from voting.signing.desk import close

    with _sentences():
        authority = _authority(trust, crl, tsa)
        book = _book(file)
        _finish(close(book, authority, _now()), file, out, len(book.signed) + 1)


def digest(file: File, role: Annotated[Role | None, typer.Option()] = None, out: Out = None) -> None:
    """The file with an empty place, and the digest that another service must sign."""
    from voting.minutes.signatories import Capacity
    from voting.signing.remote import ask_for_signature
    from voting.signing.told import digest_told

    with _sentences():
        waiting = ask_for_signature(_book(file), _now(), Capacity(role.value) if role is not None else None)
        deliver_new(waiting.pdf, out or file.with_name(f"{file.stem}-attente.pdf"))
        for line in digest_told(waiting.digest, shared_catalogue(language())):
            typer.echo(line)


def embed(
    file: File,
    cms: Annotated[Path, typer.Argument(metavar="CMS")],
    tsa: Service = "",
    trust: Trust = None,
    crl: Lists = None,
    other_name: OtherName = False,
    out: Out = None,
) -> None:
    """The signature that came back, put into the file that waits for it."""
    from voting.signing.book import read_book
    from voting.signing.remote import take_signature

    with _sentences():
        authority = _authority(trust, crl, tsa)
        signed = take_signature(read(file, _LARGEST_PDF), read(cms), authority, _now(), other_name=other_name)
        named = file.with_name(file.name.replace("-attente", ""))
        has_times = authority.timestamper is not None
        _finish(signed, named, out, len(set(read_book(signed).signed)), timestamped=has_times)


def accept_return(
    sent: Annotated[Path, typer.Argument(metavar="SENT")],
    returned: Annotated[Path, typer.Argument(metavar="RETURNED")],
    tsa: Service = "",
    trust: Trust = None,
    crl: Lists = None,
    out: Out = None,
) -> None:
    """What a parapheur gives back, held against what left; closed by the timestamp when everybody has signed."""
    from voting.signing.desk import close
    from voting.signing.returned import accept_return as accepted
    from voting.signing.told import authorities_told, returned_told, told

    with _sentences():
        authority = _authority(trust, crl, tsa)
        anchors = list(authority.roots)
        back = accepted(read(sent, _LARGEST_PDF), read(returned, _LARGEST_PDF), _now(), anchors or None)
        shared = shared_catalogue(language())
        typer.echo(returned_told(back, shared))
        typer.echo(authorities_told(back.book.pdf, (out or returned).name, shared, given=len(anchors)))
        if back.is_ready_to_close and authority.timestamper is not None:
            _finish(close(back.book, authority, _now()), returned, out, len(back.book.signed) + 1)
        else:
            if out is not None:
                deliver_new(back.book.pdf, out)
            for line in told(back.book, (out or returned).name, shared):
                typer.echo(line)


def _finish(signed: bytes, file: Path, out: Path | None, count: int, *, timestamped: bool = True) -> None:
    """Writes it beside the file it comes from, under the number of signatures that it bears."""
    from voting.signing.book import read_book
    from voting.signing.told import told

    stem = re.sub(r"-signe-\d+$", "", file.stem)
    target = out or file.with_name(f"{stem}-signe-{count}.pdf")
    deliver_new(signed, target)
    shared = shared_catalogue(language())
    for line in told(read_book(signed), target.name, shared):
        typer.echo(line)
    if not timestamped:
        typer.echo(shared("signing.told.no_timestamp"))


@contextmanager
def _sentences() -> Iterator[None]:
    """A file of certificates that is none, said as ``verify`` says it."""
    from voting.verify.faults import BadAnchor

    try:
        yield
    except BadAnchor as bad:
        raise Stop(shared_catalogue(language())(f"verify.anchor.{bad.code}", place=bad.place)) from bad


@contextmanager
def _key(
    pkcs12: Path | None, pkcs11: Path | None, token: str, label: str, password_file: Path | None
) -> Iterator["PersonalKey"]:
    from voting.signing.pkcs11 import open_pkcs11
    from voting.signing.pkcs12 import open_pkcs12

    if pkcs12 is not None:
        content = read(pkcs12)
        yield open_pkcs12(content, _password(password_file).encode())
    elif pkcs11 is not None:
        with open_pkcs11(pkcs11, token=token, label=label, pin=_password(password_file)) as key:
            yield key


def _password(file: Path | None) -> str:
    """From the file, else the environment, else the keyboard; a script that gives none is told so."""
    if file is not None:
        return read(file, 4096).decode("utf-8", "replace").rstrip("\r\n")
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        raise Stop(texts()("cli.no_password", variable=PASSWORD))
    return str(typer.prompt(texts()("cli.password"), hide_input=True, default="", show_default=False))


def _authority(trust: list[Path] | None, crl: list[Path] | None, tsa: str) -> "Authority":
    from voting.signing.authority import make_authority

    roots = [read(path) for path in trusted(trust or [], "*.pem")]
    return make_authority(roots, [read(path, 32 << 20) for path in crl or []], tsa or settings().tsa_url)


def _book(file: Path) -> "Book":
    from voting.signing.book import open_book

    return open_book(read(file, _LARGEST_PDF), _now())


def _now() -> "datetime":
    from bot.rim import SystemClock

    return SystemClock().now()
