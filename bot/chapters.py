"""Which paragraph of which guide applies to somebody now: what the help card quotes, and where it leads. Pure.

Answers for: the choice, by chapter and first words. Leaves the text to the guide, which ``handouts.excerpts`` reads.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.commands.base import Moment
from voting.domain.assembly import Role
from voting.domain.ids import is_rehearsal
from voting.domain.sitting import Phase
from voting.domain.tally import Tally
from voting.service.views.console import ConsoleView, Step, console_view
from voting.service.views.member import MemberView, member_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, an entry of a list or a row of a table of a guide."""

    guide: str
    language: str
    """That of the guide: French where it is not translated."""
    chapter: str
    """The anchor of its heading."""
    begins: str
    """Its first words, as they are read."""


_Place = tuple[str, str]
"""A chapter and the first words of what it says there."""

_PLACES: Mapping[tuple[str, str], Mapping[str, _Place]] = {
    ("member", "fr"): {
        "join": ("le-jour-de-la-séance", "Rejoignez la réunion"),
        "arrive": ("le-jour-de-la-séance", "Dites que vous êtes là"),
        "speak": ("le-jour-de-la-séance", "Pour parler"),
        "react": ("le-jour-de-la-séance", "Pour réagir"),
        "vote": ("le-jour-de-la-séance", "Pour voter"),
        "change": ("le-jour-de-la-séance", "Vous changez d’avis"),
        "give": ("si-vous-ne-pouvez-pas-venir", "Écrivez pouvoir à"),
        "take_back": ("si-vous-ne-pouvez-pas-venir", "Vous le reprenez"),
        "receive": ("si-vous-ne-pouvez-pas-venir", "Un collègue vous donne"),
        "substitute": ("si-vous-ne-pouvez-pas-venir", "En commission d’appel d’offres"),
        "recuse": ("si-laffaire-vous-touche", "Écrivez déport"),
        "unsure": ("si-quelque-chose-ne-va-pas", "Vous n’êtes pas sûr"),
        "leave": ("si-quelque-chose-ne-va-pas", "Vous partez avant la fin"),
    },
    ("member", "en"): {
        "join": ("on-the-day", "Join the Teams meeting"),
        "arrive": ("on-the-day", "Say that you are here"),
        "speak": ("on-the-day", "To speak"),
        "react": ("on-the-day", "To react"),
        "vote": ("on-the-day", "To vote"),
        "change": ("on-the-day", "You change your mind"),
        "give": ("if-you-cannot-come", "Write proxy to"),
        "take_back": ("if-you-cannot-come", "You take it back"),
        "receive": ("if-you-cannot-come", "A colleague gives you"),
        "substitute": ("if-you-cannot-come", "A tender committee"),
        "recuse": ("if-the-matter-concerns-you", "Write recuse"),
        "unsure": ("if-something-goes-wrong", "You are not sure"),
        "leave": ("if-something-goes-wrong", "You leave before"),
    },
    ("clerk", "fr"): {
        "bind": ("avant", "Dans la conversation de la réunion"),
        "rehearse": ("avant", "Répétez"),
        "console": ("pendant", "La carte « Conduite de la séance »"),
        "roll": ("pendant", "faire l’appel"),
        "item": ("pendant", "appeler un point"),
        "floor": ("pendant", "donner ou reprendre la parole"),
        "poll": ("pendant", "mettre aux voix"),
        "pause": ("pendant", "suspendre, reprendre"),
        "close": ("pendant", "Avant de clore un vote"),
        "mistake": ("pendant", "Une erreur"),
        "after": ("après", "Le projet de procès-verbal"),
    },
    ("clerk", "en"): {
        "bind": ("before", "In the chat of the meeting"),
        "rehearse": ("before", "Rehearse"),
        "console": ("during", "The card “Run the sitting”"),
        "roll": ("during", "call the roll"),
        "item": ("during", "call an item"),
        "floor": ("during", "give or end the floor"),
        "poll": ("during", "put to the vote"),
        "pause": ("during", "suspend, resume"),
        "close": ("during", "Before you close a vote"),
        "mistake": ("during", "A mistake"),
        "after": ("after", "The draft minutes"),
    },
    ("chair", "fr"): {
        "before": ("le-déroulé", "Avant d’ouvrir"),
        "secretary": ("le-déroulé", "Le secrétaire de séance"),
        "item": ("le-déroulé", "Un point"),
        "debate": ("le-déroulé", "Le débat"),
        "poll": ("le-déroulé", "Le vote"),
        "result": ("le-déroulé", "La proclamation"),
        "end": ("le-déroulé", "La fin"),
        "tie": ("les-moments-délicats", "Partage des voix"),
        "secret": ("les-moments-délicats", "Quelqu’un demande le vote secret"),
        "quorum": ("les-moments-délicats", "Le quorum se perd"),
        "recess": ("les-moments-délicats", "Une demande de suspension"),
    },
    ("support", "fr"): {
        "rehearsal": ("deux-jours-avant--la-séance-à-blanc", "Dites à chacun"),
        "before": ("la-veille--qui-appeler", "Écrivez prêts"),
        "during": ("le-jour-même--la-file-daide", "Qui appuie sur"),
        "poll": ("le-jour-même--la-file-daide", "Avant de clore un vote"),
        "after": ("après", "purger efface"),
    },
}

_OF_THE_CHAIR: Mapping[Step, str] = {
    Step.CALL_ROLL: "before",
    Step.WAIT_FOR_QUORUM: "before",
    Step.START_BROADCAST: "before",
    Step.OPEN_SITTING: "before",
    Step.JUDGE_URGENCY: "before",
    Step.APPOINT_SECRETARY: "secretary",
    Step.CALL_ITEM: "item",
    Step.LEAVE_ITEM: "item",
    Step.GIVE_FLOOR: "debate",
    Step.OPEN_EXCHANGE: "debate",
    Step.FOLLOW_EXCHANGE: "debate",
    Step.OPEN_CLOSURE_POLL: "debate",
    Step.OPEN_POLL: "poll",
    Step.OPEN_REQUEST_POLL: "secret",
    Step.OPEN_CAMERA_POLL: "poll",
    Step.OPEN_CONTEST: "poll",
    Step.NEXT_ROUND: "poll",
    Step.STATE_ELDER: "poll",
    Step.CALL_NAME: "poll",
    Step.RECORD_HANDS: "poll",
    Step.RECORD_PAPERS: "poll",
    Step.CLOSE_POLL: "poll",
    Step.PROCLAIM: "result",
    Step.RESUME: "recess",
    Step.CLOSE_SITTING: "end",
    Step.RECONVENE: "end",
    Step.NOTHING: "end",
}
_OF_THE_CLERK: Mapping[str, str] = {
    "before": "roll",
    "secretary": "console",
    "item": "item",
    "debate": "floor",
    "poll": "poll",
    "secret": "poll",
    "result": "mistake",
    "recess": "pause",
    "end": "after",
}
"""By what the chair is at."""


def reader(moment: Moment) -> str:
    """Whose guide it is."""
    sitting = moment.snapshot.sitting
    if moment.person == sitting.officers.chair:
        return "chair"
    role = sitting.roll[moment.person].role
    return {Role.CLERK: "clerk", Role.SUPPORT: "support"}.get(role, "member")


def passage(moment: Moment, language: str) -> Passage:
    """What applies to that person now."""
    name = reader(moment)
    spoken = language if (name, language) in _PLACES else "fr"
    which = {"member": _member, "chair": _chair, "clerk": _clerk, "support": _support}[name](moment)
    chapter, begins = _PLACES[name, spoken][which]
    return Passage(guide=name, language=spoken, chapter=chapter, begins=begins)


def path(found: Passage, language: str) -> str:
    """Where to read on, on this server."""
    return f"/guides/{found.guide}?lang={language}#{found.chapter}"


def known() -> Iterator[Passage]:
    """Everything that a card may quote."""
    for (name, language), places in _PLACES.items():
        for chapter, begins in places.values():
            yield Passage(guide=name, language=language, chapter=chapter, begins=begins)


def _is_ahead(moment: Moment) -> bool:
    course = moment.snapshot.sitting.course
    return course.phase is Phase.CONVENED and not course.roll_call_open


def _member(moment: Moment) -> str:
    sitting, rules = moment.snapshot.sitting, moment.snapshot.rules
    view = member_view(sitting, rules, moment.person)
    if view.phase is Phase.CLOSED:
        return "unsure"
    if view.proxy_offers:
        return "receive"
    if not view.presence.is_here:
        return _away(moment, view)
    if view.phase is Phase.SUSPENDED:
        return "leave"
    if view.poll is not None:
        return _at_a_poll(view)
    if view.recused:
        return "recuse"
    return "react" if view.list_closed else "speak"


def _away(moment: Moment, view: MemberView) -> str:
    if not _is_ahead(moment):
        return "arrive"
    if view.proxy_given_to is not None:
        return "take_back"
    if not moment.snapshot.sitting.roll[moment.person].votes:
        return "join"
    return "give" if moment.snapshot.rules.proxies.max_per_holder else "substitute"


def _at_a_poll(view: MemberView) -> str:
    """Before he has voted, between his voice and the others that he gives, and afterwards."""
    if not view.voices:
        return "recuse" if view.recused else "react"
    if not view.poll_open:
        return "unsure"
    left = [voice for voice in view.voices if voice.next_revision == 0]
    if left and all(voice.is_proxy for voice in left) and len(left) < len(view.voices):
        return "receive"
    return "vote" if left else "change"


def _chair(moment: Moment) -> str:
    view = console_view(moment.snapshot.sitting, moment.snapshot.rules)
    if view.board.phase is Phase.CONVENED:
        return "before"
    if view.suspension_asked is not None:
        return "recess"
    return _at(view)


def _at(view: ConsoleView) -> str:
    """What the normal course is at."""
    at = _OF_THE_CHAIR[view.next_step]
    if at == "item":
        if view.next_item is None:
            return "end"
        return "item" if view.board.quorum.is_reached else "quorum"
    if at == "result" and view.closed_tally is not None and _is_tied(view.closed_tally):
        return "tie"
    return "debate" if at == "poll" and _is_debated(view) else at


def _is_tied(tally: Tally) -> bool:
    return tally.votes_for == tally.against > 0


def _is_debated(view: ConsoleView) -> bool:
    return view.next_step is Step.OPEN_POLL and (view.board.turn is not None or bool(view.board.waiting))


def _clerk(moment: Moment) -> str:
    if _is_ahead(moment):
        return "rehearse" if is_rehearsal(moment.snapshot.id) or not moment.personal else "bind"
    view = console_view(moment.snapshot.sitting, moment.snapshot.rules)
    if view.next_step in (Step.CLOSE_POLL, Step.CALL_NAME, Step.RECORD_HANDS, Step.RECORD_PAPERS):
        return "close"
    if view.board.phase not in (Phase.CONVENED, Phase.CLOSED):
        at = _at(view)
        return {"quorum": "pause", "tie": "mistake", "end": "pause"}.get(at, _OF_THE_CLERK.get(at, "console"))
    return _OF_THE_CLERK[_OF_THE_CHAIR[view.next_step]]


def _support(moment: Moment) -> str:
    if moment.snapshot.sitting.course.phase is Phase.CLOSED:
        return "after"
    if is_rehearsal(moment.snapshot.id):
        return "rehearsal"
    if _is_ahead(moment):
        return "before"
    return "poll" if moment.snapshot.sitting.polls.open_poll() is not None else "during"
