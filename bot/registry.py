"""Whether every command is whole: its audience, its words and title in each language, its page of the guides.

Answers for: a program that refuses to start, rather than one with a command that nobody can find or understand.
Leaves the list to ``bot.commands``, and what the pages say to the tests.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.commands import COMMANDS, LANGUAGES
from bot.commands.base import Audience, UserCommand
from bot.handouts.shelf import FOLDER
from bot.texts import Catalogue, catalogue


class Incomplete(Exception):
    """A command lacks something: the program must not start."""

    def __init__(self, code: str, **fields: str) -> None:
        """``code`` is that of a sentence in the catalogues."""
        super().__init__(f"{code}: {', '.join(fields.values())}")
        self.code = code
        self.fields = fields


def check(
    commands: Mapping[str, UserCommand] = COMMANDS,
    folder: Path | None = None,
    texts: Iterable[Catalogue] | None = None,
) -> None:
    """Raises ``Incomplete`` for the first command that lacks something. ``folder``: that of the guides."""
    catalogues = tuple(map(catalogue, LANGUAGES) if texts is None else texts)
    for command in commands.values():
        for fault in _faults(command, folder or FOLDER, catalogues):
            raise fault


def _faults(command: UserCommand, folder: Path, catalogues: Iterable[Catalogue]) -> Iterator[Incomplete]:
    if command.audience not in frozenset(Audience):
        yield Incomplete("registry.audience", command=command.name)
    for texts in catalogues:
        for code in (f"words.{command.name}", f"command.{command.name}"):
            if code not in texts or not texts(code).strip(" |"):
                yield Incomplete("registry.translation", command=command.name, language=texts.language, text=code)
    if not (folder / command.guide).is_file():
        yield Incomplete("registry.guide", command=command.name, page=str(folder / command.guide))
