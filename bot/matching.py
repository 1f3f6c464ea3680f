"""Whose account is whose: from what the tenant's records show and what a roll says, without ever guessing.

Answers for: linking on one account of the same tenant alone, and naming every doubt. Pure, but for the book it reads.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.ports import Accounts, Link, Seen
from voting.domain.ids import PersonId, SittingId


class Doubt(StrEnum):
    """Why a line of the roll has no account."""

    NO_ADDRESS = "no_address"
    """The line has neither address nor account."""
    NOT_FOUND = "not_found"
    """Nobody seen so far has that address."""
    SHARED_ADDRESS = "shared_address"
    """Several lines lead to one account: a vote would count for the wrong one."""
    SEVERAL_ACCOUNTS = "several_accounts"
    """Several accounts bear that address."""
    ACCOUNT_TAKEN = "account_taken"
    """The account found is another person's of the same roll."""
    UNKNOWN_ACCOUNT = "unknown_account"
    """The line names an account that the tenant does not have."""


class Asked(StrEnum):
    """What the last search could ask."""

    TEAMS = "teams"
    """Only Teams, of those who are in a chat with the bot: the organisation has opened no more."""
    ENTRA = "entra"
    NOT_GRANTED = "not_granted"
    """Entra refused: an administrator has not consented."""
    SILENT = "silent"
    SEARCHING = "searching"
    """Under way: the next look shows more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What one look into the tenant's records gave."""

    links: tuple[Link, ...]
    """To be kept: each person under the one account that can be his."""
    doubts: Mapping[tuple[SittingId, PersonId], Doubt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """Somebody of the roll whom the bot would not recognise."""

    person: PersonId
    address: str
    doubt: Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How far a roll is matched to accounts, for the clerk."""

    linked: int
    reached: int
    """Of those, how many have been seen in Teams: the bot knows their address there."""
    unlinked: tuple[Unlinked, ...]
    asked: Asked = Asked.TEAMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What became of installing the bot for those of a roll who have no 1:1 chat with it."""

    done: int
    refused: tuple[PersonId, ...]
    left: tuple[PersonId, ...] = ()
    """Not tried: Entra stopped answering."""
    asked: Asked = Asked.ENTRA


Line = tuple[SittingId, PersonId]


def matched(accounts: Accounts, people: Iterable[Seen]) -> Matching:
    """Give an account to whoever is on a roll under an address that exactly one account of the same tenant bears."""
    lines: dict[Line, Link] = {}
    found: dict[Line, dict[str, Seen]] = {}
    for who in people:
        for link in (link for address in who.addresses for link in accounts.awaiting(who.tenant_id, address)):
            lines[(link.sitting, link.person)] = link
            found.setdefault((link.sitting, link.person), {})[who.account.lower()] = who
    claims = Counter((line[0], account) for line, candidates in found.items() for account in candidates)
    links: list[Link] = []
    doubts: dict[Line, Doubt] = {}
    for line, candidates in found.items():
        account, who = next(iter(candidates.items()))
        doubt = Doubt.SEVERAL_ACCOUNTS if len(candidates) > 1 else None
        if doubt is None and claims[(line[0], account)] > 1:
            doubt = Doubt.SHARED_ADDRESS
        if doubt is None and accounts.person(line[0], who.tenant_id, account) is not None:
            doubt = Doubt.ACCOUNT_TAKEN
        if doubt is None:
            links.append(replace(lines[line], account=account, user_id=who.user_id or lines[line].user_id))
        else:
            doubts[line] = doubt
    return Matching(links=tuple(links), doubts=doubts)
