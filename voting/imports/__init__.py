"""Reads the two files a sitting is prepared from, the members and the agenda, and the documents beside the agenda.

Answers for: everything wrong with a file, said at once with line and column, or rows that hold together.
Leaves to others: making a sitting of the rows, and where accounts are kept.
"""

from voting.imports.agenda import AgendaRow, parse_agenda, read_agenda
from voting.imports.documents import DocumentText, parse_document, read_document
from voting.imports.members import MemberRow, parse_members, read_members
from voting.imports.refusals import Code, FileRefused, Problem, sentences

__all__ = [
    "AgendaRow",
    "Code",
    "DocumentText",
    "FileRefused",
    "MemberRow",
    "Problem",
    "parse_agenda",
    "parse_document",
    "parse_members",
    "read_agenda",
    "read_document",
    "read_members",
    "sentences",
]
