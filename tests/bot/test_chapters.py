"""What the guides say of each moment to each reader: every paragraph that a card may quote is there, once; the right
one is chosen as the sitting goes on.
"""

from collections.abc import Sequence

import pytest

from bot.chapters import Passage, known, passage, path
from bot.commands.base import Moment, Screen, Show
from bot.handouts.excerpts import excerpt
from bot.handouts.markdown import words
from bot.screens import draw
from bot.texts import catalogue
from tests.kit import sittings as kit
from tests.kit.given import given
from tests.kit.hall import walk
from voting.domain import commands as c
from voting.domain.ids import REHEARSAL, PersonId, SittingId
from voting.domain.tally import Choice
from voting.service.live import Snapshot
from voting.service.views.console import Step

SITTING = kit.standing_committee(*kit.reports(2))
CAO = kit.tender_committee(*kit.reports(1))
HERE = kit.first(20)
MEMBER, HOLDER, AWAY = kit.m(2), kit.m(3), kit.m(25)
OPEN = kit.opened(SITTING, HERE)
ITEM, POLL = kit.called(SITTING, HERE), kit.polled(SITTING, HERE)
SECRETARY = c.AppointSecretary(by=kit.CLERK, person=kit.m(4))
GONE = tuple(kit.leave(p) for p in HERE[3:])
SPLIT = (*kit.votes(Choice.FOR, range(2, 7)), *kit.votes(Choice.AGAINST, (1, 7, 8, 9, 10)))
RECUSED = c.DeclareRecusal(by=MEMBER, person=MEMBER)
ALL_READ = [(p.guide, p.language, p.begins, p) for p in known()]


def moment(past: Sequence[c.SittingCommand], person: PersonId, *, personal: bool = True, sitting: str = "s1") -> Moment:
    told = given(*past)
    snapshot = Snapshot(id=SittingId(sitting), sitting=told.sitting, rules=told.rules, size=1, final_size=0)
    return Moment(person=person, snapshot=snapshot, personal=personal, stamp="")


@pytest.mark.parametrize("found", [p for *_, p in ALL_READ], ids=[f"{g}-{spoken}-{b}" for g, spoken, b, _ in ALL_READ])
def test_every_paragraph_is_in_its_guide_once_and_short_enough(found: Passage) -> None:
    told = words(excerpt(found.guide, found.language, found.chapter, found.begins))
    assert len(found.begins) < len(told) < 500


@pytest.mark.parametrize(
    ("past", "person", "begins"),
    [
        ((SITTING,), MEMBER, "Écrivez pouvoir à"),
        ((CAO,), MEMBER, "En commission d’appel d’offres"),
        ((SITTING, kit.proxy(MEMBER, HOLDER)), MEMBER, "Vous le reprenez"),
        ((SITTING, kit.proxy(MEMBER, HOLDER)), HOLDER, "Un collègue vous donne"),
        ((SITTING, c.OpenRollCall(by=kit.CLERK)), MEMBER, "Dites que vous êtes là"),
        (OPEN, MEMBER, "Pour parler"),
        (OPEN, AWAY, "Dites que vous êtes là"),
        ((*ITEM, RECUSED), MEMBER, "Écrivez déport"),
        ((*ITEM, kit.ask(MEMBER), c.CloseSpeakersList(by=kit.CLERK)), MEMBER, "Pour réagir"),
        (POLL, MEMBER, "Pour voter"),
        ((*POLL, kit.vote(MEMBER)), MEMBER, "Vous changez d’avis"),
        ((*POLL, kit.close_poll()), MEMBER, "Vous n’êtes pas sûr"),
        ((*ITEM, RECUSED, kit.open_poll()), MEMBER, "Écrivez déport"),
        ((*OPEN, c.SuspendSitting(by=kit.CLERK, reason="")), MEMBER, "Vous partez avant la fin"),
        ((*OPEN, c.CloseSitting(by=kit.CHAIR)), MEMBER, "Vous n’êtes pas sûr"),
        # The chair.
        ((SITTING,), kit.CHAIR, "Avant d’ouvrir"),
        (OPEN, kit.CHAIR, "Le secrétaire de séance"),
        ((*OPEN, SECRETARY), kit.CHAIR, "Un point"),
        ((*OPEN, SECRETARY, *GONE), kit.CHAIR, "Le quorum se perd"),
        ((*OPEN, SECRETARY, kit.call(), kit.ask(MEMBER)), kit.CHAIR, "Le débat"),
        ((*OPEN, SECRETARY, kit.call()), kit.CHAIR, "Le vote"),
        (
            (*OPEN, SECRETARY, kit.call(), c.RequestSecretBallot(by=MEMBER)),
            kit.CHAIR,
            "Quelqu’un demande le vote secret",
        ),
        (POLL, kit.CHAIR, "Le vote"),
        ((*POLL, *kit.votes(Choice.FOR, range(1, 9)), kit.close_poll()), kit.CHAIR, "La proclamation"),
        ((*POLL, *SPLIT, kit.close_poll()), kit.CHAIR, "Partage des voix"),
        ((*OPEN, c.SuspendSitting(by=kit.CLERK, reason="")), kit.CHAIR, "Une demande de suspension"),
        ((*OPEN, c.CloseSitting(by=kit.CHAIR)), kit.CHAIR, "La fin"),
        # The clerk.
        ((SITTING,), kit.CLERK, "Dans la conversation de la réunion"),
        ((SITTING, c.OpenRollCall(by=kit.CLERK)), kit.CLERK, "faire l’appel"),
        (OPEN, kit.CLERK, "La carte « Conduite de la séance »"),
        ((*OPEN, SECRETARY), kit.CLERK, "appeler un point"),
        ((*OPEN, SECRETARY, kit.call(), kit.ask(MEMBER)), kit.CLERK, "donner ou reprendre la parole"),
        ((*OPEN, SECRETARY, kit.call()), kit.CLERK, "mettre aux voix"),
        (POLL, kit.CLERK, "Avant de clore un vote"),
        ((*POLL, *SPLIT, kit.close_poll()), kit.CLERK, "Une erreur"),
        ((*OPEN, SECRETARY, *GONE), kit.CLERK, "suspendre, reprendre"),
        ((*OPEN, c.CloseSitting(by=kit.CHAIR)), kit.CLERK, "Le projet de procès-verbal"),
        # Support.
        ((SITTING,), kit.SUPPORT, "Écrivez prêts"),
        (ITEM, kit.SUPPORT, "Qui appuie sur"),
        (POLL, kit.SUPPORT, "Avant de clore un vote"),
        ((*OPEN, c.CloseSitting(by=kit.CHAIR)), kit.SUPPORT, "purger efface"),
    ],
)
def test_the_paragraph_of_the_moment(past: Sequence[c.SittingCommand], person: PersonId, begins: str) -> None:
    assert passage(moment(past, person), "fr").begins == begins


def test_between_his_own_voice_and_the_other_that_he_gives() -> None:
    past = (*OPEN, *kit.accepted_proxy(AWAY, MEMBER), kit.call(), kit.open_poll())
    assert passage(moment(past, MEMBER), "fr").begins == "Pour voter"
    assert passage(moment((*past, kit.vote(MEMBER)), MEMBER), "fr").begins == "Un collègue vous donne"
    both = (*past, kit.vote(MEMBER), kit.vote(AWAY, by=MEMBER))
    assert passage(moment(both, MEMBER), "fr").begins == "Vous changez d’avis"


def test_where_one_asks_counts_for_the_clerk_and_in_a_rehearsal() -> None:
    assert passage(moment([SITTING], kit.CLERK, personal=False), "fr").begins == "Répétez"
    assert passage(moment([SITTING], kit.CLERK, sitting=f"{REHEARSAL}1-x"), "fr").begins == "Répétez"
    assert passage(moment([SITTING], kit.SUPPORT, sitting=f"{REHEARSAL}1-x"), "fr").begins == "Dites à chacun"


def test_every_step_of_a_sitting_has_its_paragraph() -> None:
    from bot.chapters import _OF_THE_CHAIR

    assert set(_OF_THE_CHAIR) == set(Step)


@pytest.mark.parametrize(("language", "said"), [("fr", "Pour voter"), ("en", "To vote")])
def test_the_card_quotes_it_and_leads_on(language: str, said: str) -> None:
    asked = moment(POLL, MEMBER)
    found = passage(asked, language)
    assert path(found, language).startswith(f"/guides/member?lang={language}#")
    card = draw(asked, Show(screen=Screen.HELP), catalogue(language)).card
    boxes = [box for box in walk(card) if box.get("style") == "emphasis"]
    told = "".join(str(run["text"]) for box in boxes for run in walk(box) if "text" in run)
    assert told == words(excerpt("member", language, found.chapter, said))


def test_a_guide_that_is_not_translated_is_quoted_in_french_and_says_so() -> None:
    asked = moment(POLL, kit.CHAIR)
    assert passage(asked, "en").language == "fr"
    card = draw(asked, Show(screen=Screen.HELP), catalogue("en")).card
    assert any(part.get("text") == "What the guide says, in French" for part in walk(card))


def test_no_other_paragraph_is_quoted() -> None:
    day = "le-jour-de-la-séance"
    for name, chapter in (("member", "nowhere"), ("member", day), ("nobody", day)):
        with pytest.raises(LookupError):
            excerpt(name, "fr", chapter, "Pour")
