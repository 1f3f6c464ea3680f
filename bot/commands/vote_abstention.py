"""Answer ``abstention`` in the open poll, for oneself or for the member whose proxy one holds."""

from bot.commands.votes import vote_command
from voting.domain.tally import Choice

COMMAND = vote_command("abstention", Choice.ABSTENTION)
