"""Every command of the bot, one file each, joined in one visible list. A double name or form stops the start."""

from collections.abc import Mapping

from bot.commands import (
    absent,
    accept,
    agenda,
    annul,
    ballot,
    chair,
    change,
    close_list,
    close_poll,
    close_roll_call,
    cues,
    decline,
    end_floor,
    exports,
    floor,
    give,
    help_me,
    home,
    item,
    leave,
    lift,
    members,
    minutes,
    my_votes,
    need_help,
    new_sitting,
    next_item,
    open_poll,
    open_sitting,
    point_of_order,
    postpone,
    present,
    proclaim,
    proxy,
    quorum,
    recuse,
    resume,
    revoke,
    roll_call,
    secret_ballot,
    secretary,
    sitting,
    state,
    suspend,
    voice,
    vote_abstention,
    vote_against,
    vote_for,
    vote_not_taking_part,
    withdraw,
)
from bot.commands.base import UserCommand
from bot.commands.words import Vocabulary
from bot.texts import catalogue

LANGUAGES = ("fr", "en")

_ALL = (
    present,
    leave,
    floor,
    point_of_order,
    withdraw,
    vote_for,
    vote_against,
    vote_abstention,
    vote_not_taking_part,
    ballot,
    change,
    proxy,
    accept,
    decline,
    revoke,
    recuse,
    secret_ballot,
    my_votes,
    home,
    help_me,
    need_help,
    quorum,
    agenda,
    sitting,
    new_sitting,
    members,
    roll_call,
    close_roll_call,
    absent,
    open_sitting,
    secretary,
    chair,
    item,
    next_item,
    give,
    end_floor,
    close_list,
    open_poll,
    voice,
    close_poll,
    proclaim,
    annul,
    postpone,
    suspend,
    resume,
    lift,
    minutes,
    exports,
    state,
    cues,
)

COMMANDS: Mapping[str, UserCommand] = {module.COMMAND.name: module.COMMAND for module in _ALL}
"""By name, which is also the verb of its buttons."""


def vocabulary() -> Vocabulary:
    """The words of every command in every language. Raises when a command has no words in one of them."""
    if len(COMMANDS) != len(_ALL):
        raise RuntimeError("two commands have the same name")
    forms = {name: [catalogue(language)(f"words.{name}") for language in LANGUAGES] for name in COMMANDS}
    return Vocabulary(forms, frozenset(name for name, c in COMMANDS.items() if c.takes_argument))
