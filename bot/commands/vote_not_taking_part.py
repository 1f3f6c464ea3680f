"""Answer ``not_taking_part`` in the open poll, for oneself or for the member whose proxy one holds."""

from bot.commands.votes import vote_command
from voting.domain.tally import Choice

COMMAND = vote_command("not_taking_part", Choice.NOT_TAKING_PART)
