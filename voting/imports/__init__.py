"""Reads the files a sitting is prepared from: members, agenda, the documents beside it, and the standing orders.

Answers for: everything wrong with a file, said at once with line and column, or rows that hold together.
Leaves to others: making a sitting of the rows, and where accounts are kept.
"""

from voting.imports.agenda import AgendaRow, parse_agenda, read_agenda
from voting.imports.documents import DocumentText, parse_document, read_document
from voting.imports.kinds import FileKind, kind_of
from voting.imports.members import MemberRow, parse_members, read_members
from voting.imports.refusals import Code, FileRefused, Problem, sentences
from voting.imports.standing_orders import parse_standing_orders, read_standing_orders

__all__ = [
    "AgendaRow",
    "Code",
    "DocumentText",
    "FileKind",
    "FileRefused",
    "MemberRow",
    "Problem",
    "kind_of",
    "parse_agenda",
    "parse_document",
    "parse_members",
    "parse_standing_orders",
    "read_agenda",
    "read_document",
    "read_members",
    "read_standing_orders",
    "sentences",
]
