"""Show the buttons again to change a voice already given."""

from bot.commands.base import Screen
from bot.commands.votes import ballot_command

COMMAND = ballot_command("change", Screen.BALLOT_CHANGE)
