"""What people may ask of a sitting, drawn by any chooser: mostly plausible, sometimes hostile or absurd.

The chooser is Hypothesis (``tests.kit.strategies``) or a seeded ``random.Random`` for long walks.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol, TypeVar

from tests.kit.sittings import CLERK, STRANGER
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence, Source
from voting.domain.contests import Nominee, OptionCount
from voting.domain.ids import ItemId, PersonId, PollId, RequestId, incident_id, item_id, option_id
from voting.domain.majorities import WantedMajority
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold
from voting.domain.statements import Statement
from voting.domain.tally import Choice, Outcome

T = TypeVar("T")
BROADCAST = (Body.COUNCIL, Body.DEPARTMENT, Body.EPCI)
HERE = (Presence.REMOTE, Presence.IN_ROOM, Presence.AUDIO_ONLY)


class Choose(Protocol):
    """Takes one of several."""

    def __call__(self, among: Sequence[T], /) -> T:
        """One of them."""
        ...


def anybody(choose: Choose, sitting: Sitting) -> PersonId:
    """Somebody of the roll, or a stranger."""
    return choose([*sitting.roll, STRANGER])


def leader(choose: Choose, sitting: Sitting) -> PersonId:
    """Somebody who may run the sitting, and now and then anybody."""
    officers = [sitting.officers.chair, CLERK]
    if sitting.officers.secretary is not None:
        officers.append(sitting.officers.secretary)
    return choose([*officers * 6, anybody(choose, sitting)])


def attendance(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """Somebody comes (more often) or goes."""
    who = anybody(choose, sitting)
    by = choose([who, who, who, leader(choose, sitting)])
    usual = (Presence.IN_ROOM,) * 60 if sitting.facts.mode is Mode.ROOM else HERE * 2
    return c.RecordAttendance(by=by, person=who, presence=choose([*usual, *Presence]), source=choose(list(Source)))


def proxies(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """A proxy is given, answered or taken back."""
    hour = sitting.facts.scheduled_for - timedelta(seconds=3600 - choose([0, 20, 40, 60, 80, 120, 160, 240, 600]))
    living = [(p.grantor, p.holder) for p in sitting.proxies.values()]
    away = [x.id for x in sitting.voting_members() if not sitting.is_here(x.id)]
    involved = [person for pair in living for person in pair]
    drawn = (choose([*away * 3, *involved, anybody(choose, sitting)]), choose([*involved, anybody(choose, sitting)]))
    grantor, holder = choose([*living, drawn])
    giver = choose([grantor, grantor, grantor, leader(choose, sitting)])
    taker = choose([holder, holder, holder, leader(choose, sitting)])
    named = choose([grantor, None])
    wishes: list[c.SittingCommand] = [
        c.GiveProxy(
            by=giver,
            grantor=grantor,
            holder=holder,
            source=Source.CARD,
            since=choose([None, None, None, hour]),
            until=choose([None, None, None, hour + timedelta(seconds=choose([0, 5, 60]))]),
        ),
        c.AcceptProxy(by=taker, grantor=named),
        c.AcceptProxy(by=taker, grantor=named),
        c.DeclineProxy(by=taker, grantor=named),
        c.RevokeProxy(by=giver, grantor=grantor),
    ]
    return choose(wishes)


def debate(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """The floor is asked for, given, withdrawn; somebody withdraws from the item or wants a secret ballot."""
    who, leads = anybody(choose, sitting), leader(choose, sitting)
    by = choose([who, who, who, leads])
    waiting = [r.id for r in sitting.speakers.waiting]
    request = choose([None, None, *waiting, RequestId("f99")])
    wishes: list[c.SittingCommand] = [
        c.RequestFloor(by=by, person=who, kind=FloorKind.INTERVENTION),
        c.RequestFloor(by=by, person=who, kind=FloorKind.POINT_OF_ORDER),
        c.RequestFloor(by=by, person=who, kind=choose(list(FloorKind))),
        c.WithdrawFloor(by=by, person=who),
        c.GiveFloor(by=leads, request=request, person=choose([None, None, who])),
        c.EndFloor(by=choose([who, leads])),
        c.PauseFloor(by=leads),
        c.ContinueFloor(by=leads),
        c.UndoFloor(by=leads),
        c.CloseSpeakersList(by=leads),
        choose(_asked_of_the_debate(by, who, leads)),
        c.DeclareRecusal(by=by, person=who),
        c.RequestSecretBallot(by=who),
        _noted(choose, leads, request),
    ]
    return choose(wishes)


def _noted(choose: Choose, by: PersonId, turn: RequestId | None) -> c.WriteNote:
    return c.WriteNote(by=by, turn=turn, text=choose(["Soutient.", "", " "]), replaces=choose([True, False]))


def _asked_of_the_debate(by: PersonId, who: PersonId, leads: PersonId) -> list[c.SittingCommand]:
    return [
        c.RequestClosure(by=by, person=who),
        c.DeclineClosure(by=leads),
        c.CloseDebate(by=leads),
        c.RequestSuspension(by=by, person=who, reason="dix minutes"),
        c.DeclineSuspension(by=leads),
    ]


def apart(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """What only some bodies know: the public sent out, a vote by name asked for, an exchange of writings, a box."""
    who, leads = anybody(choose, sitting), leader(choose, sitting)
    chair = choose([sitting.officers.chair, sitting.officers.chair, leads])
    until = sitting.facts.scheduled_for - timedelta(seconds=3600 - choose([0, 60, 120, 240]))
    votes = (choose([0, 1, 2]), choose([0, 1, 2]))
    counts = tuple(OptionCount(option=option_id(n), votes=x) for n, x in enumerate(votes, start=1))
    wishes: list[c.SittingCommand] = [
        c.RequestInCamera(by=choose([chair, who])),
        c.EndInCamera(by=chair),
        c.RequestRecordedBallot(by=who),
        c.OpenExchange(by=chair, until=until),
        c.ProlongExchange(by=chair, until=until + timedelta(seconds=choose([0, 30]))),
        c.WriteMessage(by=who, text=choose(["Favorable.", "Favorable.", " "])),
        c.CloseExchange(by=chair),
        c.CloseExchange(by=chair),
        c.RecordOptionPapers(
            by=leads, envelopes=choose([sum(votes), sum(votes), 9]), blank=0, invalid=0, counts=counts
        ),
    ]
    return choose(wishes)


def document(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """What becomes of the minutes once the sitting is over."""
    by, text = leader(choose, sitting), choose(["Lire « 12 ».", " "])
    wishes: list[c.SittingCommand] = [
        _noted(choose, by, choose([None, RequestId("f1"), RequestId("f99")])),
        c.WriteIncident(by=by, incident=choose([None, incident_id(1)]), text=text, item=choose(items(sitting))),
        c.CorrectMinutes(by=by, text=text),
        c.SubmitMinutes(by=by),
        c.RecordSignatures(by=by, fingerprint="0" * 64, signers=(by,)),
        c.PublishMinutes(by=by, where=text),
        c.ArchiveMinutes(by=by, reference=text),
    ]
    return choose(wishes)


def items(sitting: Sitting) -> list[ItemId | None]:
    """The next item (more often), any item, and one that does not exist."""
    return [*[None] * len(sitting.items), *sitting.items, item_id(99)]


def conduct(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """The sitting is led: items, polls, offices, pauses; not its end."""
    by, who = leader(choose, sitting), anybody(choose, sitting)
    chair = choose([sitting.officers.chair, sitting.officers.chair, by])
    text = choose(["motif", "motif", " "])
    wishes: list[c.SittingCommand] = [
        opening(choose, by, choose(list(Purpose))),
        counting(choose, by, sitting),
        c.OpenContest(by=by, nominees=(Nominee(label="A"), Nominee(label="B")), method=VotingMethod.ELECTRONIC),
        c.OpenNextRound(by=by),
        c.StateElder(by=by, option=choose([option_id(1), option_id(2)])),
        c.DeclareUnopposed(by=chair, nominee=Nominee(label="A")),
        c.UncoverBallot(by=chair),
        c.MoveItem(by=by, item=choose([*sitting.items, item_id(99)]), before=choose([None, *sitting.items])),
        c.OrderAmendments(by=chair, items=tuple(choose(list(sitting.items)) for _ in range(2))),
        c.DeclareMoot(by=by, item=choose([*sitting.items, item_id(99)])),
        c.FormBlock(by=by, items=tuple(sitting.items)[choose([0, 1]) : choose([2, 3, 4])]),
        c.TakeOutOfBlock(by=choose([who, by]), item=choose([*sitting.items, item_id(99)])),
        c.ClosePoll(by=by),
        c.ProclaimResult(by=chair),
        c.CallItem(by=by, item=choose(items(sitting))),
        c.ResumeSitting(by=by),
        c.PostponeItem(by=by, text=text),
        c.AnnulPoll(by=by, reason=text),
        c.OpenSitting(by=by),
        c.MakeStatement(by=chair, statement=choose(list(Statement))),
        c.OpenRollCall(by=by),
        c.CloseRollCall(by=by),
        c.HandOverChair(by=by, person=who),
        c.AppointSecretary(by=by, person=who),
        c.SuspendSitting(by=by, reason=text),
    ]
    return choose([*[_expected(by, chair, sitting)] * len(wishes), *wishes])


def _expected(by: PersonId, chair: PersonId, sitting: Sitting) -> c.SittingCommand:
    """What a good clerk or chair would do next."""
    poll, item = sitting.polls.current(), sitting.agenda.current
    if sitting.course.phase is Phase.CONVENED:
        if sitting.course.stated.is_broadcast or sitting.facts.body not in BROADCAST:
            return c.OpenSitting(by=by)
        return c.MakeStatement(by=by, statement=Statement.BROADCAST_STARTED)
    if sitting.course.phase is Phase.SUSPENDED:
        return c.ResumeSitting(by=by)
    if poll is not None:
        if poll.state is not PollState.OPEN:
            return c.ProclaimResult(by=chair)
        return c.ClosePoll(by=by) if _is_complete(poll) else _counted(by, poll)
    if item is None:
        return c.CallItem(by=by, item=None)
    voted = any(p.purpose is Purpose.SECRET_BALLOT_REQUEST for p in sitting.polls.of_item(item))
    asked = item in sitting.secret_ballot_requests and not voted
    purpose = Purpose.SECRET_BALLOT_REQUEST if asked else Purpose.ITEM
    if any(p.decision is not None and p.decision.outcome is Outcome.ADOPTED for p in sitting.polls.of_item(item)):
        return c.OpenPoll(by=by, purpose=purpose, method=VotingMethod.SECRET)
    here = [sitting.presence(x.id) for x in sitting.voting_members() if sitting.is_here(x.id)]
    together = all(place is Presence.IN_ROOM for place in here) and len(sitting.polls.all) % 2
    return c.OpenPoll(
        by=by, purpose=purpose, method=VotingMethod.SHOW_OF_HANDS if together else VotingMethod.ELECTRONIC
    )


def _is_complete(poll: Poll) -> bool:
    return not ((poll.call and not poll.call.is_over) or (not poll.is_pressed and not poll.heard))


def _counted(by: PersonId, poll: Poll) -> c.SittingCommand:
    if poll.method is VotingMethod.ROLL_CALL:
        return c.CallNextName(by=by)
    if poll.method is VotingMethod.SHOW_OF_HANDS:
        return c.RecordHands(by=by, against=tuple(poll.electorate)[1:2])
    return c.RecordPapers(by=by, envelopes=1, votes_for=1, against=0)


def opening(choose: Choose, by: PersonId, purpose: Purpose) -> c.OpenPoll:
    """A poll in any way, by the ordinary majority as a rule."""
    threshold = choose([MORE_THAN_HALF, Threshold(numerator=2, denominator=3), Threshold(numerator=1, denominator=3)])
    other = WantedMajority(base=choose(list(MajorityBase)), threshold=threshold)
    return c.OpenPoll(
        by=by,
        purpose=purpose,
        method=choose(list(VotingMethod)),
        majority=choose([None, None, other]),
        is_joint=choose([False, False, True]),
        first_letter=choose(["", "", "d", "É", "9"]),
    )


def counting(choose: Choose, by: PersonId, sitting: Sitting) -> c.SittingCommand:
    """Something of a vote in the room: the next name, hands, papers, the register."""
    poll = sitting.polls.open_poll()
    people = [*(poll.electorate if poll is not None else ()), anybody(choose, sitting)]
    figures = [choose([0, 1, 2, 3]) for _ in range(4)]
    wishes: list[c.SittingCommand] = [
        c.CallNextName(by=by),
        c.RecordHands(by=by, against=tuple({choose(people), choose(people)}), abstention=(choose(people),)),
        c.RecordHands(by=by, not_taking_part=(choose(people),)),
        c.RecordPapers(
            by=by,
            envelopes=choose([sum(figures)] * 4 + [2]),
            votes_for=figures[0],
            against=figures[1],
            blank=figures[2],
            invalid=figures[3],
        ),
        c.MarkVoters(by=by, members=tuple({choose(people), choose(people)})),
    ]
    return choose(wishes)


def voice(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """A vote: of a mandate of the open poll as a rule, of anybody by anybody otherwise."""
    poll = sitting.polls.open_poll()
    stray = (anybody(choose, sitting), anybody(choose, sitting))
    pairs = [(m.member, m.voter) for m in poll.electorate.values()] if poll is not None else []
    crossed = [(member, choose([member, stray[1], CLERK])) for member, _ in pairs]
    member, by = choose([*pairs, *pairs, *pairs, *crossed, stray])
    named: list[PollId | None] = [None, *sitting.polls.all, PollId("p99")]
    if poll is not None:
        named += [poll.id] * len(named)
    choice = choose([Choice.FOR, *Choice])
    contested = poll is not None and poll.contest is not None
    return c.CastVote(
        by=by,
        poll=choose(named),
        member=member,
        choice=choice,
        option=choose([option_id(1), option_id(2), option_id(3)]) if contested and choice is Choice.FOR else None,
        source=choose([Source.CARD, Source.CARD, *Source]),
        revision=choose([None, None, 0, 1, 2, 3]),
    )


def anything(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """Any of these, or the end, or a second convocation."""
    kind = choose([attendance, proxies, debate, conduct, voice, apart, lift, convene_again])
    return kind(choose, sitting)


def lift(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """Somebody wants to go home."""
    by = leader(choose, sitting)
    ends: list[c.SittingCommand] = [c.CloseSitting(by=by), c.CloseSitting(by=by), c.RecordNoQuorum(by=by)]
    return choose(ends)


def convene_again(choose: Choose, sitting: Sitting) -> c.SittingCommand:
    """Somebody convenes what is convened."""
    facts = sitting.facts
    return c.ConveneSitting(
        by=leader(choose, sitting),
        sitting=facts.sitting,
        title=facts.title,
        body=facts.body,
        mode=facts.mode,
        body_name=facts.body_name,
        standing_orders=facts.standing_orders,
        scheduled_for=facts.scheduled_for,
        summoned_on=facts.summoned_on,
        summons_mentions_remote=facts.summons_mentions_remote,
        place=facts.place,
        members=facts.members,
        items=facts.items,
    )
