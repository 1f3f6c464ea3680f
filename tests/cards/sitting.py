"""A small sitting to draw cards from, moment by moment, and the biggest and nastiest one that a card must bear."""

from tests.kit.journals import CLERK, Story, convened
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, Body, Civility, ItemKind, Member, Role
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, item_id
from voting.domain.polls import Poll
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import Asker, GroupTime, Requests
from voting.domain.statements import Statement
from voting.domain.tally import Choice
from voting.service.views.board import BoardView, board_view
from voting.service.views.console import ConsoleView, console_view
from voting.service.views.member import MemberView, VoiceView, member_view, voice
from voting.service.views.parts import PollView, poll_view

FOR, AGAINST, ABSTENTION, NPPV = Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART

CHAIR, HOLDER, GRANTOR, RECUSED = PersonId("m001"), PersonId("m004"), PersonId("m008"), PersonId("m006")

NAMES = (
    ("Mme", "Maïwenn", "Tréguilly", "Présidente du conseil régional"),
    ("M.", "Bastien", "Courvoisel", "1er vice-président, finances"),
    ("Mme", "Fatoumata", "Diarrasso", "2e vice-présidente, lycées"),
    ("M.", "Rémi", "Durand", "Conseiller régional"),
    ("Mme", "Claire", "Durand", "Conseillère régionale"),
    ("M.", "Yannig", "Le Floc’hmor", "3e vice-président, mobilités"),
    ("Mme", "Inès", "Bellaroui", "Conseillère régionale"),
    ("M.", "Théophile", "Marsandier", "Conseiller régional"),
    ("Mme", "Perrine", "Vauclair-Dumez", "Conseillère régionale"),
)
ROLES = {1: Role.CHAIR, 2: Role.VICE_CHAIR}


def small(orders: StandingOrders | None = None, groups: tuple[str, ...] = ("",)) -> Story:
    """Nine members, convened."""
    members = [
        Member(
            id=PersonId(f"m{n:03d}"),
            civility=Civility(civility),
            first_name=first,
            last_name=last,
            office=office,
            group=groups[n % len(groups)],
            role=ROLES.get(n, Role.MEMBER),
            votes=True,
        )
        for n, (civility, first, last, office) in enumerate(NAMES, start=1)
    ]
    clerk = Member(id=CLERK, civility=Civility.MRS, first_name="Jeanne", last_name="Morel", role=Role.CLERK)
    return convened((*members, clerk), _agenda(), orders=orders, title="Commission permanente du 20 novembre 2026")


def _agenda() -> tuple[AgendaItem, ...]:
    report = AgendaItem(
        id=item_id(1),
        number="8",
        title="Tarification solidaire des transports régionaux",
        rapporteur="m006",
        commission="Mobilités",
        opinion="Avis favorable, avec un vote contre du groupe Avenir et proximité",
    )
    amendment = AgendaItem(
        id=item_id(2),
        number="8a",
        title="Gratuité le week-end pour les moins de 26 ans",
        kind=ItemKind.AMENDMENT,
        rapporteur="m003",
        opinion="défavorable",
        parent=item_id(1),
    )
    motion = AgendaItem(
        id=item_id(3), number="9", title="Maintien de la ligne de nuit vers Port-Alizier", kind=ItemKind.MOTION
    )
    news = AgendaItem(
        id=item_id(4), number="10", title="Décisions prises par la présidente sur délégation", kind=ItemKind.INFORMATION
    )
    return report, amendment, motion, news


def calling() -> Story:
    """The roll call: five answered, a proxy offered and not accepted yet."""
    story = small()
    story.do(c.OpenRollCall(by=CLERK), after=600)
    story.attend("m001", "m002", as_=Presence.IN_ROOM)
    story.attend("m003", "m004")
    story.attend("c1", as_=Presence.IN_ROOM)
    give = c.GiveProxy(by=GRANTOR, grantor=GRANTOR, holder=HOLDER, source=Source.CARD)
    story.do(give)
    return story


def opened() -> Story:
    """The sitting open, seven here, one represented, one absent, with its secretary."""
    story = calling()
    story.do(c.AcceptProxy(by=HOLDER, grantor=GRANTOR))
    story.attend("m005", "m006", "m007")
    story.do(c.CloseRollCall(by=CLERK), after=30)
    story.do(c.OpenSitting(by=CLERK), after=10)
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m003")), after=25)
    return story


def debating() -> Story:
    """The amendment under discussion: one speaks, three wait, one of them for a point of order."""
    story = opened()
    story.call()
    for who, kind in (
        ("m003", FloorKind.INTERVENTION),
        ("m005", FloorKind.INTERVENTION),
        ("m007", FloorKind.INTERVENTION),
        ("m002", FloorKind.POINT_OF_ORDER),
    ):
        story.do(c.RequestFloor(by=PersonId(who), person=PersonId(who), kind=kind))
    story.do(c.GiveFloor(by=CLERK, person=PersonId("m003")))
    return story


def sharing() -> Story:
    """A debate under standing orders that share out the time: every kind waits, a pause and the end are asked for."""
    orders = StandingOrders(
        group_time=GroupTime(item_seconds=600, unattached_seconds=90), requests=Requests(suspension=Asker.MEMBERS)
    )
    groups = ("Avenir et proximité", "Ensemble pour la région", "")
    story = small(orders, groups)
    story.attend(*(f"m{n:03d}" for n in range(1, 10)), "c1", after=5)
    story.do(c.OpenSitting(by=CLERK), after=10)
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m003")), after=25)
    story.call()
    for n, kind in enumerate(FloorKind, start=3):
        story.do(c.RequestFloor(by=PersonId(f"m{n:03d}"), person=PersonId(f"m{n:03d}"), kind=kind))
    asks, ends = PersonId("m005"), PersonId("m007")
    story.do(c.RequestSuspension(by=asks, person=asks, reason="réunion du groupe, dix minutes."))
    story.do(c.RequestClosure(by=ends, person=ends))
    return story


def speaking(person: str, seconds: float = 0) -> Story:
    """That person has the floor in that debate, after somebody of his group spoke that long."""
    story = sharing()
    who = PersonId(person)
    if seconds:
        story.do(c.GiveFloor(by=CLERK, person=who))
        story.do(c.EndFloor(by=CLERK), after=seconds)
    story.do(c.GiveFloor(by=CLERK, person=who))
    return story


def voting(seconds: int | None = None) -> Story:
    """The first poll open, two voices heard, one of them spoken; announced to last so long, if that is said."""
    story = opened()
    story.call()
    story.do(c.DeclareRecusal(by=RECUSED, person=RECUSED))
    story.open_poll(seconds=seconds)
    cast(story, HOLDER, HOLDER, FOR)
    spoken = c.CastVote(by=CLERK, poll=None, member=PersonId("m007"), choice=AGAINST, source=Source.VOICE)
    story.do(spoken)
    return story


def cast(story: Story, voter: PersonId, member: PersonId, choice: Choice) -> None:
    """That voice, by card."""
    story.do(c.CastVote(by=voter, poll=None, member=member, choice=choice, source=Source.CARD))


def counted() -> Story:
    """That poll closed, not proclaimed."""
    story = voting()
    for voter, member, choice in (
        ("m001", "m001", FOR),
        ("m002", "m002", AGAINST),
        ("m003", "m003", FOR),
        ("m004", "m008", ABSTENTION),
    ):
        cast(story, PersonId(voter), PersonId(member), choice)
    story.do(c.ClosePoll(by=CLERK), after=3)
    return story


def proclaimed() -> Story:
    """That poll proclaimed."""
    story = counted()
    story.do(c.ProclaimResult(by=CHAIR), after=6)
    return story


SIZE = 720
NASTY = (
    "[Votez ici](https://evil.example) **gras** <at>Tréguilly</at> `code` \u202egauche\u202c\n# Titre\n- www.evil.net "
    '<b>html</b> _a_ ~b~ \u2066isolé\u2069 \u200b ${sitting} {{DATE(2026)}} "\\"\\"\\ 😀 '
)


def nasty(length: int) -> str:
    """A hostile text of about that length."""
    return (NASTY * (length // len(NASTY) + 1))[:length].strip() + "é"


def immense(members: int = SIZE, items: int = 160) -> Story:
    """An assembly of that many with the longest hostile names and titles, all of them here."""
    people = [
        Member(
            id=PersonId(f"m{n:03d}"),
            civility=Civility.MRS,
            first_name=nasty(60),
            last_name=f"{n} {nasty(120)}",
            group=nasty(200),
            office=nasty(200),
            role=Role.CHAIR if n == 1 else Role.MEMBER,
            votes=True,
        )
        for n in range(1, members + 1)
    ]
    clerk = Member(id=CLERK, civility=Civility.MRS, first_name="Jeanne", last_name="Morel", role=Role.CLERK)
    agenda = [
        AgendaItem(
            id=item_id(n),
            number=nasty(40),
            title=nasty(1_000),
            rapporteur=nasty(300),
            commission=nasty(300),
            opinion=nasty(500),
        )
        for n in range(1, items + 1)
    ]
    story = convened((*people, clerk), agenda, body=Body.COUNCIL, title=nasty(300))
    story.do(c.MakeStatement(by=CLERK, statement=Statement.BROADCAST_STARTED))
    story.attend(*(f"m{n:03d}" for n in range(1, members)), after=0.1)
    story.attend("c1")
    return story


def board(story: Story) -> BoardView:
    """The board of that moment."""
    return board_view(story.state, story.rules)


def console(story: Story) -> ConsoleView:
    """The console of that moment."""
    return console_view(story.state, story.rules)


def member(story: Story, person: str) -> MemberView:
    """That person's own view."""
    return member_view(story.state, story.rules, PersonId(person))


def last_poll(story: Story) -> Poll:
    """The last poll opened."""
    return tuple(story.state.polls.all.values())[-1]


def poll(story: Story) -> PollView:
    """Its public view."""
    return poll_view(story.state, last_poll(story))


def voices(story: Story) -> list[VoiceView]:
    """Every voice of its electorate."""
    one = last_poll(story)
    return [voice(story.state, one, m.member, is_proxy=m.is_proxy) for m in one.electorate.values()]
