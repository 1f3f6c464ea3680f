"""What is wrong with a file: codes, places and values, never a sentence except through `sentences`.

Answers for: the list of codes and the order of the problems. Leaves the words to `voting/wording`.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

VALUE_SHOWN = 60


class Code(StrEnum):
    """Each value is the code of a sentence in the catalogues."""

    FILE_MISSING = "import.file_missing"
    FILE_UNREADABLE = "import.file_unreadable"
    FILE_TOO_BIG = "import.file_too_big"
    FILE_EMPTY = "import.file_empty"
    NOT_UTF8 = "import.not_utf8"
    UTF16 = "import.utf16"
    OLD_EXCEL = "import.old_excel"
    BAD_WORKBOOK = "import.bad_workbook"
    WORKBOOK_TOO_BIG = "import.workbook_too_big"
    NO_HEADER = "import.no_header"
    NO_ROWS = "import.no_rows"
    TOO_MANY_ROWS = "import.too_many_rows"
    MISSING_COLUMN = "import.missing_column"
    NO_IDENTITY_COLUMN = "import.no_identity_column"
    DUPLICATE_COLUMN = "import.duplicate_column"
    BAD_LINE = "import.bad_line"
    TOO_MANY_CELLS = "import.too_many_cells"

    REQUIRED = "import.required"
    TOO_LONG = "import.too_long"
    FORBIDDEN_CHARACTER = "import.forbidden_character"
    FORMULA = "import.formula"
    DATE = "import.date"
    ERROR_VALUE = "import.error_value"
    NOT_A_FLAG = "import.not_a_flag"
    NOT_YES_NO = "import.not_yes_no"
    UNKNOWN_CHOICE = "import.unknown_choice"

    NOBODY = "import.nobody"
    NAME_MISSING = "import.name_missing"
    ID_IS_MAIL = "import.id_is_mail"
    RESERVED_ID = "import.reserved_id"
    DUPLICATE_ID = "import.duplicate_id"
    BAD_MAIL = "import.bad_mail"
    DUPLICATE_MAIL = "import.duplicate_mail"
    BAD_ACCOUNT = "import.bad_account"
    DUPLICATE_ACCOUNT = "import.duplicate_account"
    ACCOUNT_CONFLICT = "import.account_conflict"
    CHAIR_MISSING = "import.chair_missing"
    SECOND_CHAIR = "import.second_chair"
    NO_VOTER = "import.no_voter"
    MAY_NOT_VOTE = "import.may_not_vote"
    SUBSTITUTE_UNKNOWN = "import.substitute_unknown"
    SUBSTITUTE_OF_SELF = "import.substitute_of_self"
    SUBSTITUTE_OF_NON_VOTER = "import.substitute_of_non_voter"

    DUPLICATE_NUMBER = "import.duplicate_number"
    AMENDMENT_WITHOUT_PARENT = "import.amendment_without_parent"
    PARENT_UNKNOWN = "import.parent_unknown"
    PARENT_CYCLE = "import.parent_cycle"
    BAD_MATTER_CODE = "import.bad_matter_code"
    PRIVATE_RAPPORTEUR = "import.private_rapporteur"
    DOCUMENT_OUTSIDE = "import.document_outside"
    DOCUMENT_SUFFIX = "import.document_suffix"
    DOCUMENT_MISSING = "import.document_missing"
    DOCUMENT_TOO_BIG = "import.document_too_big"
    DOCUMENT_UNREADABLE = "import.document_unreadable"
    DOCUMENT_NOT_UTF8 = "import.document_not_utf8"
    DOCUMENT_CHARACTER = "import.document_character"

    VTT_NO_HEADER = "import.vtt_no_header"
    VTT_NO_TIMES = "import.vtt_no_times"
    VTT_BAD_TIMES = "import.vtt_bad_times"
    TRANSCRIPT_EMPTY = "import.transcript_empty"
    NOT_CONNECTIONS = "import.not_connections"
    CONNECTIONS_OTHER_DAY = "import.connections_other_day"
    CONNECTIONS_BAD_LINE = "import.connections_bad_line"

    ORDERS_NOT_TOML = "import.orders_not_toml"
    ORDERS_BODY_MISSING = "import.orders_body_missing"
    ORDERS_OTHER_BODY = "import.orders_other_body"
    ORDERS_UNKNOWN_KEY = "import.orders_unknown_key"
    ORDERS_NEAREST_KEY = "import.orders_nearest_key"
    ORDERS_NOT_A_TABLE = "import.orders_not_a_table"
    ORDERS_NOT_A_FLAG = "import.orders_not_a_flag"
    ORDERS_NOT_A_NUMBER = "import.orders_not_a_number"
    ORDERS_NOT_A_WORD = "import.orders_not_a_word"
    ORDERS_NOT_NAMES = "import.orders_not_names"
    ORDERS_NOT_A_THRESHOLD = "import.orders_not_a_threshold"
    ORDERS_IMPOSSIBLE_THRESHOLD = "import.orders_impossible_threshold"
    ORDERS_OUT_OF_RANGE = "import.orders_out_of_range"
    ORDERS_AGAINST_LAW = "import.orders_against_law"
    ORDERS_TOO_MANY_PROXIES = "import.orders_too_many_proxies"
    ORDERS_NOTICE_TOO_SHORT = "import.orders_notice_too_short"
    ORDERS_WITHOUT_EFFECT = "import.orders_without_effect"
    ORDERS_MAJORITY_TOO_LOW = "import.orders_majority_too_low"
    ORDERS_FLOOR_WITHOUT_TOTAL = "import.orders_floor_without_total"
    ORDERS_FLOOR_OVER_TOTAL = "import.orders_floor_over_total"
    ORDERS_TIME_FOR_NOBODY = "import.orders_time_for_nobody"
    ORDERS_CLOSURE_FOR_NOBODY = "import.orders_closure_for_nobody"
    ORDERS_WARNING_TOO_LONG = "import.orders_warning_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend in the file."""

    code: Code
    line: int = 0
    """Counted from 1 as an editor or a spreadsheet does; 0 when the whole file is at fault."""
    column: str = ""
    """The name of the column in our list, whatever its header looks like; empty when the line is at fault."""
    value: str = ""
    """What stands there, shortened, with what cannot be printed replaced by its code point."""
    fields: Mapping[str, str | int] = field(default_factory=dict)


class FileRefused(Exception):
    """Nothing was imported; every problem found is in `problems`, in the order of the file."""

    code = "import.refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__(", ".join(f"{p.code} (line {p.line}, {p.column or '-'})" for p in self.problems[:5]))


class Texts(Protocol):
    """A catalogue, as `voting.wording.catalogue` gives it."""

    def __call__(self, code: str, /, **fields: str | int) -> str:
        """The sentence of that code."""


def shown(value: str) -> str:
    """The value as it may be printed anywhere: short, on one line, without a character that hides or reorders."""
    clean = "".join(char if _is_printable(char) else f"[U+{ord(char):04X}]" for char in value[: VALUE_SHOWN + 1])
    return clean if len(clean) <= VALUE_SHOWN else clean[: VALUE_SHOWN - 1] + "…"


def sentences(problems: Iterable[Problem], texts: Texts) -> tuple[str, ...]:
    """One sentence per problem, with its place, in the language of `texts`."""
    return tuple(_sentence(problem, texts) for problem in problems)


def _sentence(problem: Problem, texts: Texts) -> str:
    said = texts(problem.code, **{**problem.fields, "value": problem.value, "column": problem.column})
    if not problem.line:
        return said[:1].upper() + said[1:]
    place = "import.at_cell" if problem.column else "import.at_line"
    return texts(place, line=problem.line, column=problem.column, problem=said)


def _is_printable(char: str) -> bool:
    return unicodedata.category(char)[0] not in "C" and char not in "\u2028\u2029"
