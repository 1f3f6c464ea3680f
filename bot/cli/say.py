"""How the command line speaks: in the language of the environment, one clear line, an exit code that scripts read."""

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

import typer
import typer.exceptions

from bot import edge
from bot.texts import Catalogue, catalogue
from voting.domain.refusals import Refusal
from voting.imports import FileRefused, sentences
from voting.journal.faults import JournalFault
from voting.signing.faults import SigningFault, Unusable
from voting.wording import catalogue as shared_catalogue

GOOD, REFUSED, WRONG_USAGE = 0, 1, 2


class Stop(Exception):
    """Ends the command with one sentence."""

    def __init__(self, sentence: str, code: int = WRONG_USAGE) -> None:
        """``code`` is the exit code."""
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def language() -> str:
    """English when the environment's locale is English, French otherwise."""
    for name in ("HEMICYCLE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "fr"
    return "fr"


def texts() -> Catalogue:
    """The sentences of the command line."""
    return catalogue(language())


def stop_on_errors(app: typer.Typer) -> int:
    """Run the command; every error becomes one sentence on stderr and an exit code. Bugs get an incident number."""
    try:
        return _run(app)
    except Stop as stop:
        return _tell(stop.sentence, stop.code)
    except FileRefused as refused:
        lines = sentences(refused.problems, shared_catalogue(language()))
        return _tell("\n".join([shared_catalogue(language())("import.refused"), *lines]), WRONG_USAGE)
    except Refusal as refusal:
        return _tell(edge.refusal_sentence(refusal, None, texts(), shared_catalogue(language())), REFUSED)
    except SigningFault as fault:
        code = WRONG_USAGE if isinstance(fault, Unusable) else REFUSED
        return _tell(fault.sentence(shared_catalogue(language())), code)
    except JournalFault as fault:
        return _tell(texts()(f"journal.{fault.code}", **fault.fields), WRONG_USAGE)
    except Exception as bug:
        return _tell(edge.fault(bug, texts(), {"command": " ".join(sys.argv[1:2])}).sentence, REFUSED)


ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


def one_of(code: str, choices: type[ChoiceT], value: str) -> ChoiceT:
    """The choice of that name. Stops with the sentence of that code, which lists them all."""
    try:
        return choices(value)
    except ValueError as error:
        raise Stop(texts()(code, value=value, known=", ".join(c.value for c in choices))) from error


def _run(app: Callable[..., object]) -> int:
    try:
        result = app(standalone_mode=False)
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort:
        return REFUSED
    except typer.exceptions.TyperException as error:
        return _tell(texts()("cli.wrong_usage", detail=error.format_message()), WRONG_USAGE)
    return result if isinstance(result, int) else GOOD


def _tell(sentence: str, code: int) -> int:
    typer.echo(sentence, err=True)
    return code
