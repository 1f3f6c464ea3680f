"""Sittings with every way of voting, each played through ``decide``: in a room, from afar, and over colleges."""

from datetime import UTC, date, datetime

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, Member, Mode
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, SittingId
from voting.domain.majorities import WantedMajority
from voting.domain.polls import Purpose
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold
from voting.domain.tally import Choice
from voting.rules import current

FOR, AGAINST, ABSTENTION, NPPV = Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART
TWO_THIRDS = Threshold(numerator=2, denominator=3)
HANDS, PAPER, BY_NAME = VotingMethod.SHOW_OF_HANDS, VotingMethod.SECRET, VotingMethod.ROLL_CALL


def p(number: int) -> PersonId:
    """A voting member by number."""
    return PersonId(f"m{number:03d}")


def begun(
    members: tuple[Member, ...],
    items: tuple[AgendaItem, ...],
    *,
    body: Body = Body.STANDING_COMMITTEE,
    mode: Mode = Mode.ROOM,
    orders: StandingOrders | None = None,
) -> Story:
    """Convened, everybody who votes there, open, its secretary named."""
    standing = orders or StandingOrders()
    story = Story(rules=current(body, mode, standing))
    story.do(
        c.ConveneSitting(
            by=CLERK,
            sitting=SittingId("3f1c9a52e07b4d68"),
            title="Séance du 20 novembre 2026",
            body=body,
            mode=mode,
            body_name="Région Val-de-Brume",
            standing_orders=standing,
            scheduled_for=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
            summoned_on=date(2026, 11, 6 if body is Body.COUNCIL else 9),
            summons_mentions_remote=mode is not Mode.ROOM,
            place="Hôtel de Région",
            members=members,
            items=items,
        )
    )
    place = Presence.IN_ROOM if mode is Mode.ROOM else Presence.REMOTE
    story.attend(*(x.id for x in members if x.votes), as_=place)
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=p(2)))
    return story


def opens(
    story: Story,
    method: VotingMethod = VotingMethod.ELECTRONIC,
    majority: WantedMajority | None = None,
    *,
    purpose: Purpose = Purpose.ITEM,
    letter: str = "",
    joint: bool = False,
) -> None:
    """A poll in that way, by that majority."""
    story.do(
        c.OpenPoll(by=CLERK, purpose=purpose, method=method, majority=majority, first_letter=letter, is_joint=joint)
    )


def says(story: Story, number: int, choice: Choice, *, aloud: bool = True) -> None:
    """That member's voice, aloud or pressed."""
    by, source = (CLERK, Source.VOICE) if aloud else (p(number), Source.CARD)
    story.do(c.CastVote(by=by, poll=None, member=p(number), choice=choice, source=source))


def in_the_room() -> Story:
    """Eight in a room: a poll struck and held again by name, a show of hands, a secret ballot, a special majority."""
    story = begun(journals.roll(8), journals.agenda(4))
    story.call()
    opens(story)
    story.do(c.AnnulPoll(by=CLERK, reason="panne du réseau"))
    opens(story, BY_NAME)
    says(story, 1, FOR)
    says(story, 2, AGAINST, aloud=False)
    story.do(c.CallNextName(by=CLERK))
    for number in (4, 5, 6, 7, 8):
        says(story, number, FOR if number % 2 else ABSTENTION)
    story.do(c.CallNextName(by=CLERK))
    story.proclaim()
    story.call()
    opens(story, HANDS)
    story.do(c.RecordHands(by=CLERK, against=(p(3),), abstention=(p(4),), not_taking_part=(p(5),)))
    story.proclaim()
    story.call()
    story.do(c.RequestSecretBallot(by=p(6)))
    opens(story, HANDS, purpose=Purpose.SECRET_BALLOT_REQUEST)
    story.do(c.RecordHands(by=CLERK))
    story.proclaim()
    opens(story, PAPER)
    story.do(c.RecordPapers(by=CLERK, envelopes=7, votes_for=3, against=3, blank=1))
    story.do(c.MarkVoters(by=CLERK, members=tuple(p(n) for n in range(1, 8))))
    story.proclaim()
    story.call()
    opens(
        story,
        majority=WantedMajority(base=MajorityBase.IN_OFFICE, threshold=TWO_THIRDS, article="statuts, art. 12"),
    )
    story.vote(dict.fromkeys(("m001", "m002", "m003"), AGAINST))
    story.proclaim()
    story.do(c.CloseSitting(by=CLERK))
    return story


COLLEGES = ("Fondateurs", "Usagers")


def over_colleges() -> Story:
    """An association from afar whose founders (five) and users (three) must each agree: one item is, one is not."""
    founders = {f"m{n:03d}" for n in range(1, 6)}
    members = tuple(
        Member(
            id=x.id,
            civility=x.civility,
            first_name=x.first_name,
            last_name=x.last_name,
            group=COLLEGES[x.id not in founders] if x.votes else "",
            role=x.role,
            votes=x.votes,
        )
        for x in journals.roll(8)
    )
    orders = StandingOrders(colleges=COLLEGES, majority=MORE_THAN_HALF, majority_base=MajorityBase.PRESENT)
    story = begun(members, journals.agenda(3), body=Body.ASSOCIATION, mode=Mode.REMOTE, orders=orders)
    for choices in ({"m001": AGAINST, "m008": AGAINST}, {"m007": AGAINST, "m008": ABSTENTION}):
        story.call()
        opens(story)
        story.vote(choices)
        story.proclaim()
    story.call()
    opens(story, joint=True)
    story.vote({"m007": AGAINST, "m008": ABSTENTION})
    story.proclaim()
    story.do(c.CloseSitting(by=CLERK))
    return story
