"""What ``hemicycle verify`` reads, and how it says the answers. The checks are ``voting.verify``'s, all offline."""

from dataclasses import dataclass
from pathlib import Path

from bot.cli.files import read, trusted
from bot.cli.say import Stop, language
from bot.rim import SystemClock
from voting.verify import LARGEST, BadAnchor, Rebuild, verify
from voting.wording import Catalogue
from voting.wording import catalogue as shared_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The answers, ready to be printed."""

    good: bool
    answers: dict[str, dict[str, bool | str | None]]
    lines: tuple[str, ...]


def check(file: Path, trust: list[Path], vkeys: list[Path], *, rebuild: bool) -> Checked:
    """Verify that file against these anchors and those of the trust folder. Stops when a file cannot be read."""
    certificates, keys = trusted(trust, "*.pem"), trusted(vkeys, "*.vkey")
    try:
        report = verify(
            read(file, LARGEST + 1),
            now=SystemClock().now(),
            trust=[read(path) for path in certificates],
            vkeys=[line for path in keys for line in _lines(path)],
            rebuild=_maker() if rebuild else None,
        )
    except BadAnchor as bad:
        raise Stop(shared_catalogue(language())(f"verify.anchor.{bad.code}", place=bad.place)) from bad
    shared = shared_catalogue(language())
    answers = report.as_json(shared)
    lines = (*(_line(name, answer, shared) for name, answer in answers.items()), "", report.summary(shared))
    return Checked(good=report.is_verified, answers=answers, lines=lines)


def _maker() -> Rebuild:
    """The renderer, loaded only when a rebuild is asked for."""
    from voting.rebuild import rebuild

    return rebuild


def _line(name: str, answer: dict[str, bool | str | None], shared: Catalogue) -> str:
    word = "unknown" if answer["ok"] is None else "yes" if answer["ok"] else "no"
    return f"{shared(f'verify.mark.{word}')}  {shared(f'verify.name.{name}')} — {answer['detail']}"


def _lines(path: Path) -> list[str]:
    return [line for line in read(path).decode("utf-8", "replace").splitlines() if line.strip()]
