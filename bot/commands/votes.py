"""What the four ways of answering share: whose voice, which state of the ballot was seen, under which key."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.people import named
from bot.commands.words import fold
from voting.domain.commands import CastVote
from voting.domain.ids import PersonId, PollId
from voting.domain.tally import Choice
from voting.service.wishes import vote_key

FOR_WORDS = ("pour ", "for ")
"""``contre pour NOM``, ``against for NAME``: the voice of the member whose proxy one holds."""


def vote_command(name: str, choice: Choice) -> UserCommand:
    """The command that answers ``choice``."""

    def run(moment: Moment, ask: Ask) -> Intent:
        return _cast(moment, ask, choice)

    return UserCommand(name=name, audience=Audience.EVERYONE, run=run, takes_argument=True)


def _cast(moment: Moment, ask: Ask, choice: Choice) -> Intent:
    poll = moment.snapshot.sitting.polls.open_poll()
    member = _whose(moment, ask)
    if ask.is_press:
        poll_id = PollId(ask.payload.poll) if ask.payload.poll else None
        revision = ask.payload.revision if ask.payload.revision is not None else 0
        key = vote_key(poll_id, member, revision)
    else:
        poll_id = poll.id if poll is not None else None
        revision = None
        key = f"vote/{poll_id}/{member}/{choice.value}/{moment.stamp}"
    command = CastVote(
        by=moment.person, poll=poll_id, member=member, choice=choice, source=ask.source, revision=revision
    )
    return Act(command=command, key=key, then=Screen.BALLOT)


def _whose(moment: Moment, ask: Ask) -> PersonId:
    if ask.payload.member is not None:
        return PersonId(ask.payload.member)
    if not ask.argument:
        return moment.person
    text = fold(ask.argument)
    prefix = next((p for p in FOR_WORDS if text.startswith(p)), None)
    if prefix is None:
        raise Misunderstood("misunderstood.vote", text=ask.argument)
    return named(moment.snapshot.sitting, text.removeprefix(prefix)).id


def ballot_command(name: str, screen: Screen) -> UserCommand:
    """A command that shows one's ballot without voting."""

    def run(moment: Moment, ask: Ask) -> Intent:
        return Show(screen=screen, member=ask.payload.member)

    return UserCommand(name=name, audience=Audience.EVERYONE, run=run)
