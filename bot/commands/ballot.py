"""Show one's own ballot: what is recorded, and the buttons for what is not."""

from bot.commands.base import Screen
from bot.commands.votes import ballot_command

COMMAND = ballot_command("ballot", Screen.BALLOT)
