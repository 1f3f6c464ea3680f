"""Sittings to draw minutes from and to verify: each one is played through ``decide``, on a clock that tests move."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.kit import typed
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, Civility, ItemKind, Member, Mode, Regime, Role
from voting.domain.attendance import Presence, Source
from voting.domain.decide import decide
from voting.domain.events import Event, SittingConvened, SittingEvent
from voting.domain.evolve import evolve
from voting.domain.ids import ItemId, PersonId, SittingId, item_id
from voting.domain.polls import Purpose
from voting.domain.remarks import FirstConvocation
from voting.domain.ruleset import RuleSet, StandingOrders, VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.journal.canonical import join_lines
from voting.journal.checkpoint import Checkpoint, origin_of, sign_checkpoint
from voting.journal.codec import Codec
from voting.journal.keys import SigningKey
from voting.journal.merkle import leaf_hash, root
from voting.journal.wire import WIRE
from voting.rules import current

MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
CLERK = PersonId("c1")

FOR, AGAINST, ABSTENTION, NPPV = Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART


@dataclass(slots=True, kw_only=True)
class Story:
    """A sitting being told: each method is one command; a refused one fails the test."""

    rules: RuleSet
    now: datetime = MORNING
    sitting: Sitting | None = None
    events: list[SittingEvent] = field(default_factory=list)

    @property
    def state(self) -> Sitting:
        assert self.sitting is not None
        return self.sitting

    def do(self, command: c.SittingCommand, *, after: float = 1.0) -> None:
        """The command, that many seconds after the one before."""
        self.now += timedelta(milliseconds=round(after * 1000))
        for event in decide(self.sitting, command, self.rules, self.now):
            typed.check(event)
            before, self.sitting = self.sitting, evolve(self.sitting, event)
            typed.check(self.sitting, before)
            self.events.append(event)

    def attend(self, *people: str, as_: Presence = Presence.REMOTE, after: float = 2.0) -> None:
        for person in people:
            command = c.RecordAttendance(by=PersonId(person), person=PersonId(person), presence=as_, source=Source.CARD)
            self.do(command, after=after)

    def proxy(self, grantor: str, holder: str, *, after: float = 5.0) -> None:
        giver, taker = PersonId(grantor), PersonId(holder)
        self.do(c.GiveProxy(by=giver, grantor=giver, holder=taker, source=Source.CARD), after=after)
        self.do(c.AcceptProxy(by=taker, grantor=giver))

    def speak(self, person: str, *, seconds: float = 95.0, kind: FloorKind = FloorKind.INTERVENTION) -> None:
        who = PersonId(person)
        self.do(c.RequestFloor(by=who, person=who, kind=kind))
        self.do(c.GiveFloor(by=CLERK, person=who))
        self.do(c.EndFloor(by=CLERK), after=seconds)

    def call(self, item: str | None = None, *, after: float = 20.0) -> None:
        self.do(c.CallItem(by=CLERK, item=ItemId(item) if item else None), after=after)

    def open_poll(self, purpose: Purpose = Purpose.ITEM, *, seconds: int | None = None) -> None:
        self.do(c.OpenPoll(by=CLERK, purpose=purpose, method=VotingMethod.ELECTRONIC, seconds=seconds))

    def vote(self, choices: dict[str, Choice] | None = None, *, rest: Choice | None = FOR) -> None:
        """Those choices by member; everybody else in the electorate answers ``rest``, or nothing when it is None."""
        poll = self.state.polls.open_poll()
        assert poll is not None
        chosen = choices or {}
        for mandate in poll.electorate.values():
            choice = chosen.get(mandate.member, rest)
            if choice is not None:
                vote = c.CastVote(
                    by=mandate.voter, poll=poll.id, member=mandate.member, choice=choice, source=Source.CARD
                )
                self.do(vote, after=0.4)

    def proclaim(self) -> None:
        self.do(c.ClosePoll(by=CLERK), after=3)
        self.do(c.ProclaimResult(by=self.state.officers.chair), after=6)

    def decide_item(self, choices: dict[str, Choice] | None = None, *, rest: Choice | None = FOR) -> None:
        self.open_poll()
        self.vote(choices, rest=rest)
        self.proclaim()


def convened(
    members: Sequence[Member],
    items: Sequence[AgendaItem],
    *,
    sitting: str = "3f1c9a52e07b4d68",
    body: Body = Body.STANDING_COMMITTEE,
    mode: Mode = Mode.REMOTE,
    orders: StandingOrders | None = None,
    title: str = "Commission permanente du 20 novembre 2026",
    is_urgent: bool = False,
    first: FirstConvocation | None = None,
    regime: Regime = Regime.ORDINARY,
) -> Story:
    """A story that has only its convocation."""
    standing = orders or StandingOrders()
    story = Story(rules=current(body, mode, standing, regime=regime))
    story.do(
        c.ConveneSitting(
            by=CLERK,
            sitting=SittingId(sitting),
            title=title,
            body=body,
            mode=mode,
            body_name="Région Val-de-Brume",
            standing_orders=standing,
            scheduled_for=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
            summoned_on=date(2026, 11, 6 if body is Body.COUNCIL else 9),
            summons_mentions_remote=True,
            place="",
            members=tuple(members),
            items=tuple(items),
            is_urgent=is_urgent,
            regime=regime,
            second_convocation_of=first.sitting if first is not None else None,
            first_convocation=first,
        )
    )
    return story


NAMES = (
    ("Mme", "Hélène", "Castaing"),
    ("M.", "Yannick", "Le Goff"),
    ("Mme", "Aïcha", "Benali"),
    ("M.", "Rémi", "Durand"),
    ("Mme", "Claire", "Durand"),
    ("M.", "Loïc", "Ferrand"),
    ("Mme", "Maëlle", "Œuvrard"),
    ("M.", "Noël", "Sanchez"),
)


def member(number: int, *, role: Role = Role.MEMBER, votes: bool = True, office: str = "") -> Member:
    """The n-th person of a made-up roll; the first eight have names of their own."""
    if number <= len(NAMES):
        civility, first, last = NAMES[number - 1]
    else:
        civility, first, last = ("Mme", "M.")[number % 2], f"Dominique {number}", f"Élu {number:02d}"
    return Member(
        id=PersonId(f"m{number:03d}"),
        civility=Civility(civility),
        first_name=first,
        last_name=last,
        group=("Rivages", "Alternance", "Territoires")[number % 3],
        office=office,
        role=role,
        votes=votes,
    )


def roll(voters: int) -> tuple[Member, ...]:
    """A chair, that many voting members in all, an advisor without a vote and a clerk."""
    chair = member(1, role=Role.CHAIR, office="présidente du conseil régional")
    vice = member(2, role=Role.VICE_CHAIR, office="premier vice-président")
    advisor = Member(
        id=PersonId("a1"),
        civility=Civility.MR,
        first_name="Paul",
        last_name="Guérin",
        office="président de la commission des finances",
        role=Role.ADVISOR,
    )
    clerk = Member(
        id=CLERK,
        civility=Civility.MRS,
        first_name="Jeanne",
        last_name="Morel",
        office="service des assemblées",
        role=Role.CLERK,
    )
    return (chair, vice, *(member(n) for n in range(3, voters + 1)), advisor, clerk)


def agenda(reports: int) -> tuple[AgendaItem, ...]:
    """That many reports."""
    return tuple(
        AgendaItem(
            id=item_id(n),
            number=f"26.11.{n:02d}",
            title=f"Aide à la rénovation des lycées, tranche {n} : « un toit pour apprendre »",
            rapporteur="M. Yannick Le Goff",
            commission="Éducation",
            opinion="favorable à l’unanimité",
            articles=("d’attribuer les subventions du tableau annexé ;", "d’autoriser la présidente à signer."),
        )
        for n in range(1, reports + 1)
    )


def small() -> Story:
    """Eight members, four items: an amendment, a secret-ballot request, a recusal, a proxy, a tie, an annulled poll."""
    amendment = AgendaItem(
        id=item_id(2),
        number="A1",
        title="Amendement au rapport 26.11.01 : plafond relevé",
        kind=ItemKind.AMENDMENT,
        rapporteur="Mme Aïcha Benali",
        parent=item_id(1),
    )
    motion = AgendaItem(
        id=item_id(3), number="M1", title="Motion pour le maintien de la ligne de nuit", kind=ItemKind.MOTION
    )
    last = AgendaItem(id=item_id(4), number="26.11.02", title="Convention avec l’agence de l’eau")
    left = AgendaItem(id=item_id(5), number="26.11.03", title="Point d’information", kind=ItemKind.INFORMATION)
    story = convened(roll(8), (agenda(1)[0], amendment, motion, last, left))
    _opening(story)
    _debates(story)
    story.do(c.CloseSitting(by=CLERK), after=40)
    return story


def _opening(story: Story) -> None:
    story.do(c.OpenRollCall(by=CLERK), after=600)
    story.attend("m001", "m002", as_=Presence.IN_ROOM)
    story.attend("m003", "m004", "m006", "a1", "c1")
    story.attend("m008", as_=Presence.EXCUSED)
    story.proxy("m007", "m003")
    story.do(c.CloseRollCall(by=CLERK), after=30)
    story.do(c.OpenSitting(by=CLERK), after=10)
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m004")), after=25)


def _debates(story: Story) -> None:
    story.call()  # the amendment comes first
    story.speak("m003")
    story.speak("m006", seconds=210)
    story.decide_item({"m002": AGAINST, "m004": AGAINST, "m001": AGAINST})
    story.call()
    story.attend("m005")
    story.do(c.DeclareRecusal(by=PersonId("m006"), person=PersonId("m006")))
    story.open_poll()
    story.vote({"m003": NPPV}, rest=FOR)
    story.do(c.AnnulPoll(by=CLERK, reason="connexion perdue pour deux membres"), after=60)
    story.do(c.SuspendSitting(by=CLERK, reason="incident technique"))
    story.do(c.ResumeSitting(by=CLERK), after=540)
    story.decide_item({"m003": NPPV, "m004": ABSTENTION})
    story.call()
    story.do(c.RequestSecretBallot(by=PersonId("m006")))
    story.open_poll(Purpose.SECRET_BALLOT_REQUEST)
    story.vote({"m006": FOR, "m005": FOR}, rest=AGAINST)
    story.proclaim()
    story.attend("m007")  # her proxy ends here
    story.decide_item({"m001": FOR, "m002": FOR, "m003": FOR}, rest=AGAINST)
    story.call()
    story.do(c.PostponeItem(by=PersonId("m001"), text="avis de l’agence attendu"), after=90)


def large(voters: int, items: int) -> Story:
    """Everybody present or represented, every item voted with a spread of choices."""
    story = convened(roll(voters), agenda(items))
    represented = [f"m{n:03d}" for n in range(voters - voters // 8 + 1, voters + 1)]
    here = [f"m{n:03d}" for n in range(1, voters - voters // 8 + 1)]
    story.attend(*here, "c1", as_=Presence.REMOTE)
    for place, grantor in enumerate(represented):
        story.proxy(grantor, here[place])
    story.do(c.OpenSitting(by=CLERK), after=10)
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m002")), after=25)
    spread = (FOR, FOR, AGAINST, FOR, ABSTENTION, FOR, AGAINST, FOR, NPPV)
    people = here + represented
    for n in range(items):
        story.call()
        story.speak(here[n % len(here)], seconds=45)
        story.decide_item({p: spread[(place * (n + 1)) % len(spread)] for place, p in enumerate(people)})
    story.do(c.CloseSitting(by=CLERK), after=40)
    return story


def tender_committee() -> Story:
    """A CAO: six seats, one member replaced by his substitute, one surplus substitute, an award."""
    seats = tuple(member(n, role=Role.CHAIR if n == 1 else Role.MEMBER) for n in range(1, 7))
    spare = tuple(
        Member(
            id=PersonId(f"s{n}"),
            civility=Civility.MRS,
            first_name="Suzanne",
            last_name=f"Suppléante {n}",
            substitute_for=PersonId(f"m00{n}"),
        )
        for n in (2, 3)
    )
    clerk = roll(2)[-1]
    award = AgendaItem(
        id=item_id(1), number="1", title="Marché de transport scolaire, lot 3", kind=ItemKind.AWARD, confidential=True
    )
    story = convened((*seats, *spare, clerk), (award,), body=Body.TENDER_COMMITTEE, title="Commission d’appel d’offres")
    story.attend("m001", "m003", "m004", "s2", "s3", "c1")
    story.do(c.OpenSitting(by=CLERK), after=10)
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m003")), after=25)
    story.call()
    story.decide_item()
    story.do(c.CloseSitting(by=CLERK), after=40)
    return story


@dataclass(frozen=True, slots=True)
class Sealed:
    """A journal as it is attached to minutes, and the key that vouches for it."""

    journal: bytes
    checkpoint: bytes
    vkey: str


KEY = SigningKey("region.example/hemicycle", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def sealed(events: Sequence[SittingEvent], *, key: SigningKey = KEY) -> Sealed:
    """Those events as lines, with the checkpoint over all of them."""
    first = events[0]
    assert isinstance(first, SittingConvened)
    codec = Codec[Event](WIRE)
    return sealed_lines([codec.encode(first.sitting, seq, event).line for seq, event in enumerate(events)], key=key)


def sealed_lines(lines: Sequence[bytes], *, key: SigningKey = KEY, sitting: str = "3f1c9a52e07b4d68") -> Sealed:
    """Those lines, whatever they are, under a checkpoint that holds."""
    head = Checkpoint(origin_of(sitting), len(lines), root([leaf_hash(line) for line in lines]))
    return Sealed(join_lines(lines), sign_checkpoint(head, key).encode(), str(key.vkey))
