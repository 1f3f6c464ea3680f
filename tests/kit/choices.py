"""A sitting of choices among several, told: an award, an election of three rounds that age decides, a nomination."""

from tests.kit.journals import CLERK, Story, convened, member
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, ItemKind, Member, Mode, Role
from voting.domain.attendance import Presence, Source
from voting.domain.contests import Nominee
from voting.domain.ids import PersonId, item_id, option_id
from voting.domain.ruleset import VotingMethod
from voting.domain.statements import Statement
from voting.domain.tally import Choice

SEATS = 8


def people() -> tuple[Member, ...]:
    """Eight voting members, the first in the chair, and the clerk."""
    seats = tuple(member(n, role=Role.CHAIR if n == 1 else Role.MEMBER) for n in range(1, SEATS + 1))
    clerk = Member(
        id=CLERK, civility=seats[0].civility, first_name="Ada", last_name="Greffe", role=Role.CLERK, votes=False
    )
    return (*seats, clerk)


ITEMS = (
    AgendaItem(id=item_id(1), number="1", title="Attribution du marché de transport", kind=ItemKind.AWARD),
    AgendaItem(id=item_id(2), number="2", title="Élection d’un délégué", kind=ItemKind.ELECTION),
    AgendaItem(id=item_id(3), number="3", title="Nomination au comité", kind=ItemKind.ELECTION),
)


def opened(body: Body = Body.COUNCIL, *, proxy: bool = False) -> Story:
    """Everybody is there and the sitting is open; or the last one is represented by the third."""
    story = convened(people(), ITEMS, body=body)
    voters = [m.id for m in people() if m.votes]
    story.attend(*(voters[:-1] if proxy else voters))
    if proxy:
        story.proxy(voters[-1], voters[2])
    if body is Body.COUNCIL:  # from afar, it is broadcast (R12)
        story.do(c.MakeStatement(by=CLERK, statement=Statement.BROADCAST_STARTED))
    story.do(c.OpenSitting(by=CLERK))
    return story


def in_the_room() -> Story:
    """A council in one room, open."""
    story = convened(people(), ITEMS, body=Body.COUNCIL, mode=Mode.ROOM)
    story.attend(*(m.id for m in people() if m.votes), as_=Presence.IN_ROOM)
    story.do(c.OpenSitting(by=CLERK))
    return story


def nominees(*names: str) -> tuple[Nominee, ...]:
    """Ids of the roll stand for people, anything else for itself."""
    ids = {m.id for m in people()}
    return tuple(
        Nominee(label="", person=PersonId(name)) if PersonId(name) in ids else Nominee(label=name) for name in names
    )


def choose(story: Story, *options: int | Choice) -> None:
    """Each elector in turn chooses the option of that number, or answers otherwise; the others stay silent."""
    poll = story.state.polls.open_poll()
    assert poll is not None
    for mandate, wish in zip(poll.electorate.values(), options, strict=False):
        story.do(
            c.CastVote(
                by=mandate.voter,
                poll=poll.id,
                member=mandate.member,
                choice=wish if isinstance(wish, Choice) else Choice.FOR,
                option=None if isinstance(wish, Choice) else option_id(wish),
                source=Source.CARD,
            )
        )


def contest(story: Story, *names: str) -> None:
    """Open the first round among those."""
    story.do(c.OpenContest(by=CLERK, nominees=nominees(*names), method=VotingMethod.ELECTRONIC))


def of_choices() -> Story:
    """The whole sitting, to its end."""
    story = opened()
    story.call()
    contest(story, "Offre A", "Offre B", "Offre C")
    choose(story, 1, 1, 1, 2, 1, 1, Choice.ABSTENTION)
    story.proclaim()
    story.call()
    story.do(c.UncoverBallot(by=PersonId("m001")))
    contest(story, "m002", "m003", "Camille Hors-Liste")
    choose(story, 1, 1, 1, 2, 2, 2, 3)
    story.proclaim()
    story.do(c.OpenNextRound(by=CLERK, withdrawn=(option_id(3),)))
    choose(story, 1, 1, 1, 2, 2, 2, Choice.NOT_TAKING_PART)
    story.proclaim()
    story.do(c.OpenNextRound(by=CLERK))
    choose(story, 1, 1, 1, 2, 2, 2)
    story.do(c.ClosePoll(by=CLERK))
    story.do(c.StateElder(by=CLERK, option=option_id(2)))
    story.do(c.ProclaimResult(by=PersonId("m001")))
    story.call()
    story.do(c.DeclareUnopposed(by=PersonId("m001"), nominee=nominees("m005")[0]))
    story.do(c.CloseSitting(by=CLERK))
    return story
