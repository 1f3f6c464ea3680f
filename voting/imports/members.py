"""Reads the members file: who is on the roll, with what role, vote and account.

Answers for: ids, and that the roll holds together. Leaves the law (sizes, quorum, who replaces whom when) to the rules.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from voting.domain.assembly import Civility, Role
from voting.domain.ids import SYSTEM
from voting.imports import source, table
from voting.imports.findings import Findings, Row
from voting.imports.refusals import Code

COLUMNS = (
    "id",
    "civility",
    "first_name",
    "last_name",
    "email",
    "group",
    "office",
    "role",
    "votes",
    "substitute_for",
    "account",
    "phone",
)

_IDENTITY = frozenset({"id", "first_name", "last_name"})
_ELECTED = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.SECRETARY})
"""Only these may hold a vote."""

_GUID = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CIVILITIES = {"madame": Civility.MRS, "monsieur": Civility.MR, "mr": Civility.MR}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One person. Texts that the file does not give are empty."""

    id: str
    """The assembly's own, or a number given here (m001…): journal and exports show it."""
    civility: Civility | None
    """None where it is not given."""
    first_name: str
    last_name: str
    email: str
    """Private: links the account, belongs in no journal."""
    group: str
    office: str
    role: Role
    votes: bool
    """Holds a seat with a vote; a substitute's own is that of the member replaced."""
    substitute_for: str | None
    account: str | None
    """Entra object id, in small letters. Private, as `email`."""
    phone: str = ""
    """Where support reaches the person. Private, as `email`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A row before ids are given and links followed."""

    row: Row
    member: MemberRow
    written_id: str
    """As the file names the person: an id of the assembly's, or the account."""


def read_members(path: Path) -> tuple[MemberRow, ...]:
    """The people of a CSV or XLSX file, in its order. See `parse_members`."""
    return parse_members(source.read_bytes(path))


def parse_members(content: bytes) -> tuple[MemberRow, ...]:
    """The people of a file, or `FileRefused` with everything wrong in it.

    Required: a column `id`, `first_name` or `last_name`, and in each row an id or a name; a name beside a GUID, which
    is no id to show. Defaults: role `member`, no vote, everything else empty. The roll needs one chair and one vote.
    """
    findings = Findings()
    read = table.read(content, COLUMNS, findings)
    if not read.columns & _IDENTITY:
        findings.add(Code.NO_IDENTITY_COLUMN, column="id")
    drafts = _numbered([_draft(row) for row in read.rows])
    members = tuple(_linked(drafts))
    _check_unique(drafts)
    if read.is_whole and drafts:
        _check_chair(drafts, findings)
    findings.refuse()
    return members


def account_id(text: str) -> str | None:
    """The Entra object id in a text that is one, else None."""
    match = _GUID.fullmatch(text)
    return match[1].lower() if match else None


def _draft(row: Row) -> _Draft:
    written = row.text("id", 64)
    member = MemberRow(
        id="" if account_id(written) else written,
        civility=row.choice("civility", Civility, None, _CIVILITIES),
        first_name=row.text("first_name", 100),
        last_name=row.text("last_name", 100),
        email=row.text("email", 254),
        phone=row.text("phone", 40),
        group=row.text("group", 120),
        office=row.text("office", 200),
        role=row.choice("role", Role, Role.MEMBER),
        votes=row.flag("votes"),
        substitute_for=row.text("substitute_for", 64) or None,
        account=_account(row, written),
    )
    _check_person(row, member)
    return _Draft(row=row, member=member, written_id=account_id(written) or written)


def _account(row: Row, written_id: str) -> str | None:
    """From its own column, or from an id that is a GUID."""
    given, from_id = row.text("account", 64), account_id(written_id)
    account = account_id(given)
    if given and not account:
        row.note(Code.BAD_ACCOUNT, "account")
    elif account and from_id and account != from_id:
        row.note(Code.ACCOUNT_CONFLICT, "account")
    return account or from_id


def _check_person(row: Row, member: MemberRow) -> None:
    if "@" in member.id:
        row.note(Code.ID_IS_MAIL, "id")
    # The actor of what nobody did.
    if member.id.casefold() == SYSTEM:
        row.note(Code.RESERVED_ID, "id")
    if member.email and not _MAIL.fullmatch(member.email):
        row.note(Code.BAD_MAIL, "email")
    if member.votes and member.role not in _ELECTED:
        row.note(Code.MAY_NOT_VOTE, "votes", role=member.role.value)
    _check_named(row, member)


def _check_named(row: Row, member: MemberRow) -> None:
    """An id to show or a name, judged only where neither was refused for another reason."""
    if member.id or member.first_name or member.last_name or row.is_wrong(*_IDENTITY):
        return
    if member.account:
        row.note(Code.NAME_MISSING, "last_name")
    elif row.cells.keys() & _IDENTITY:
        row.note(Code.NOBODY, "")


def _numbered(drafts: list[_Draft]) -> list[_Draft]:
    """Numbers in file order for those without an id of the assembly's, none that somebody has."""
    taken = {draft.member.id.casefold() for draft in drafts}
    numbers = (name for name in (f"m{n:03d}" for n in range(1, 2 * len(drafts) + 1)) if name not in taken)
    return [d if d.member.id else replace(d, member=replace(d.member, id=next(numbers))) for d in drafts]


def _check_unique(drafts: Iterable[_Draft]) -> None:
    """No two people under one id, account or address: a vote would count for another."""
    seen: dict[tuple[str, str], int] = {}
    for draft in drafts:
        marks = {
            "id": (draft.written_id, Code.DUPLICATE_ID),
            "email": (draft.member.email, Code.DUPLICATE_MAIL),
            "account": ("" if account_id(draft.written_id) else draft.member.account or "", Code.DUPLICATE_ACCOUNT),
        }
        for column, (value, code) in marks.items():
            # A GUID in `id` and the same one in another row's `account` are one account.
            space = "account" if column == "id" and account_id(value) else column
            first = seen.setdefault((space, value.casefold()), draft.row.line)
            if value and first != draft.row.line:
                draft.row.note(code, column, first=first)


def _linked(drafts: list[_Draft]) -> Iterable[MemberRow]:
    """The members with `substitute_for` as the id of an existing person who votes."""
    by_name: dict[str, _Draft] = {}
    for draft in drafts:
        for name in (draft.written_id, draft.member.account, draft.member.id):
            if name:
                by_name.setdefault(name, draft)
    for draft in drafts:
        named = draft.member.substitute_for
        if named is None:
            yield draft.member
            continue
        replaced = by_name.get(account_id(named) or named)
        _check_substitute(draft, replaced, by_name)
        yield replace(draft.member, substitute_for=replaced.member.id if replaced else None)


def _check_substitute(draft: _Draft, replaced: _Draft | None, by_name: Mapping[str, _Draft]) -> None:
    if replaced is None:
        if not draft.row.findings.is_wrong("id"):
            draft.row.note(Code.SUBSTITUTE_UNKNOWN, "substitute_for")
    elif replaced is draft:
        draft.row.note(Code.SUBSTITUTE_OF_SELF, "substitute_for")
    elif not replaced.member.votes and not replaced.row.is_wrong("votes"):
        draft.row.note(Code.SUBSTITUTE_OF_NON_VOTER, "substitute_for")


def _check_chair(drafts: Iterable[_Draft], findings: Findings) -> None:
    """One chair, no more, no less, and somebody to vote."""
    chairs = [draft.row for draft in drafts if draft.member.role is Role.CHAIR]
    for row in chairs[1:]:
        row.note(Code.SECOND_CHAIR, "role", first=chairs[0].line)
    if not chairs and not findings.is_wrong("role"):
        findings.add(Code.CHAIR_MISSING, column="role")
    if not any(draft.member.votes for draft in drafts) and not findings.is_wrong("votes"):
        findings.add(Code.NO_VOTER, column="votes")
