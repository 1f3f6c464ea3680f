"""What a wish is: the key under which a command that comes twice, from whichever process, is the same one."""

from voting.domain.ids import PersonId, PollId


def vote_key(poll: PollId | str | None, member: PersonId, revision: int) -> str:
    """The press of a button of that card: this poll, this mandate, this state of the ballot.

    What comes together is written together: with the revision before the member, the votes of one wave are neighbours
    in the index of keys. The other way round, each of them touches another page of it, and the more the longer it is.
    """
    return f"vote/{poll}/{revision}/{member}"
