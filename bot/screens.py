"""Draws the card that a command asks to show: which view it needs and which card shows it. Decides nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.cards import accounts as accounts_card
from bot.cards import (
    ballot,
    calling,
    console,
    contests,
    cue_sheet,
    forms,
    home,
    incidents,
    lists,
    minutes,
    my_votes,
    notes,
    notice,
    order,
    people,
    proxies,
    times,
    ways,
)
from bot.cards import connected as connected_card
from bot.cards import exchange as exchange_card
from bot.cards.ballot import Receipt
from bot.chapters import passage, path
from bot.commands.base import Misunderstood, Moment, Screen, Show
from bot.handouts.excerpts import excerpt
from bot.texts import Catalogue
from bot.turn import CardReply
from voting.domain.agenda import ItemState
from voting.domain.attendance import Presence
from voting.domain.events import SittingEvent, VoteCast
from voting.domain.ids import PersonId, PollId, is_rehearsal
from voting.domain.polls import PollState
from voting.domain.ruleset import VotingMethod
from voting.journal.codec import Codec
from voting.journal.store import Entry
from voting.service.views.board import BoardView, board_view
from voting.service.views.calling import calling_view
from voting.service.views.console import ConsoleView, console_view
from voting.service.views.incidents import incidents_view
from voting.service.views.member import MemberView, member_view, voices, voter_view
from voting.service.views.notes import noted_turns
from voting.service.views.parts import PersonView, person_view, poll_view
from voting.service.views.proxies import ProxyState, proxies_view
from voting.service.views.speaking import spoken_by_group, spoken_by_person

Receipts = Mapping[PersonId, Receipt]

VOTES = ("vote.cast/1", "vote.option_chosen/1")
"""Wire names of a voice: receipts are looked for among these lines alone."""


def draw(moment: Moment, show: Show, texts: Catalogue, receipts: Receipts | None = None) -> CardReply:
    """That card for that person, now."""
    card = _CARDS[show.screen](moment, show, receipts or {}, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def welcome(texts: Catalogue) -> CardReply:
    """For somebody who is in no sitting yet."""
    card = home.welcome(texts)
    return CardReply(card, summary=str(card.get("speak", "")))


def help_outside(texts: Catalogue) -> CardReply:
    """What one can do where no sitting is held."""
    card = home.help_(None, None, None, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def new_sitting(texts: Catalogue, files: Mapping[str, str]) -> CardReply:
    """The form that convenes a sitting; ``files``: a line on each of those that were sent, by kind."""
    card = forms.new_sitting(texts, files)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def minutes_ready(moment: Moment, name: str, url: str, fingerprint: str, texts: Catalogue) -> CardReply:
    """Where the minutes can be fetched, and the fingerprint of the file."""
    is_given = moment.personal and not is_rehearsal(moment.snapshot.id)
    document = minutes.Document(name=name, url=url, fingerprint=fingerprint, is_given=is_given)
    card = minutes.minutes_ready(moment.snapshot.sitting.facts, document, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def accounts(moment: Moment, view: accounts_card.AccountsView, number: int | None, texts: Catalogue) -> CardReply:
    """Whom of the roll the bot recognises."""
    card = accounts_card.accounts(moment.snapshot.sitting.facts, view, number, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def connected(moment: Moment, view: connected_card.ConnectedView, number: int | None, texts: Catalogue) -> CardReply:
    """Where the call and the register disagree."""
    card = connected_card.connected(moment.snapshot.sitting.facts, view, number, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def own_votes(
    moment: Moment, history: Iterable[Entry], codec: Codec[SittingEvent], page: int | None, texts: Catalogue
) -> CardReply:
    """The votes that this person gave, each with the receipt of the line that counts."""
    sitting = moment.snapshot.sitting
    found: dict[PollId, dict[PersonId, Receipt]] = {}
    for entry in history:
        if entry.name in VOTES:
            event = codec.decode(entry.line).event
            if isinstance(event, VoteCast):
                found.setdefault(event.poll, {})[event.member] = Receipt(seq=entry.seq, leaf=entry.leaf.hex())
    past = []
    for poll in sitting.polls.all.values():
        own = voices(sitting, poll, moment.person)
        if own and poll.state is not PollState.ANNULLED and not poll.is_secret:
            mine = {v.member.id for v in own}
            kept = {member: r for member, r in found.get(poll.id, {}).items() if member in mine}
            past.append(my_votes.PastVote(poll=poll_view(sitting, poll), voices=own, receipts=kept))
    card = my_votes.my_votes(sitting.facts, past, page, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def unknown(moment: Moment, typed: str, names: Sequence[str], texts: Catalogue) -> CardReply:
    """What was typed is no command: the nearest ones as buttons."""
    suggestions = [notice.Suggestion(name, texts(f"command.{name}")) for name in names]
    card = notice.unknown(moment.snapshot.sitting.facts, typed, suggestions, texts)
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def _board(moment: Moment) -> BoardView:
    return board_view(moment.snapshot.sitting, moment.snapshot.rules)


def _console(moment: Moment) -> ConsoleView:
    return console_view(moment.snapshot.sitting, moment.snapshot.rules)


def _member(moment: Moment) -> MemberView:
    return member_view(moment.snapshot.sitting, moment.snapshot.rules, moment.person)


def _home(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    return home.home(moment.snapshot.sitting.facts, _member(moment), texts)


def _ballot(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    changing = None
    if show.screen is Screen.BALLOT_CHANGE:
        changing = PersonId(show.member) if show.member else moment.person
    view = voter_view(moment.snapshot.sitting, moment.person)
    return ballot.ballot(moment.snapshot.sitting.facts, view, receipts, changing, texts)


def _help(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    found = passage(moment, texts.language)
    told = excerpt(found.guide, found.language, found.chapter, found.begins)
    quote = home.Quote(
        words=[(stretch.text, stretch.style in ("bold", "code")) for stretch in told],
        is_translated=found.language == texts.language,
        address=f"{moment.guides}{path(found, texts.language)}" if moment.guides else None,
    )
    return home.help_(moment.snapshot.sitting.facts, _member(moment), quote, texts)


def _staff_console(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    leads = moment.person == moment.snapshot.sitting.officers.chair
    if not moment.snapshot.sitting.is_staff(moment.person):
        return _home(moment, show, receipts, texts)
    return console.console(_console(moment), leads, texts, connected=moment.connected)


def _cues(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    if not moment.snapshot.sitting.is_staff(moment.person):
        return _home(moment, show, receipts, texts)
    return cue_sheet.cue_sheet(_console(moment), texts)


def _state(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    if not moment.snapshot.sitting.is_staff(moment.person):
        return _home(moment, show, receipts, texts)
    return console.state(_console(moment), texts, helped=moment.helped)


def _agenda(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    staff = moment.snapshot.sitting.is_staff(moment.person)
    return (lists.agenda_to_call if staff else lists.agenda)(_board(moment), show.page, texts)


def _move_item(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    """Only what is still to come and hangs on no other item moves by itself."""
    sitting = moment.snapshot.sitting
    if not sitting.is_staff(moment.person):
        return _home(moment, show, receipts, texts)
    movable = [i for i in _board(moment).items if i.state is ItemState.PENDING and sitting.items[i.id].parent is None]
    return order.order(sitting.facts, movable, show.page, texts)


def _members(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    return lists.members(_board(moment), show.page, texts)


def _quorum(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    return lists.quorum(_board(moment), texts)


def _times(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    sitting = moment.snapshot.sitting
    return times.times(_board(moment), spoken_by_group(sitting), spoken_by_person(sitting), texts)


def _calling(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    sitting = moment.snapshot.sitting
    return calling.calling(sitting.facts, calling_view(sitting), texts)


def _choose(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    facts = moment.snapshot.sitting.facts
    return people.choose(facts, show.verb, _candidates(moment, show.verb), show.page, texts)


def _which_proxy(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    """Those of the grantor for himself and for the staff; for anybody else, those that he holds."""
    sitting, person = moment.snapshot.sitting, moment.person
    alive = [p for p in proxies_view(sitting).proxies if p.state is not ProxyState.ENDED]
    grantor = PersonId(show.member) if show.member else None
    if grantor is not None and (grantor == person or sitting.is_staff(person)):
        shown = [p for p in alive if p.grantor.id == grantor]
    else:
        shown = [p for p in alive if p.holder.id == person and grantor in (None, p.grantor.id)]
    if not shown:
        return _home(moment, show, receipts, texts)
    return proxies.which(sitting.facts, show.verb, shown, person, texts)


def _candidates(moment: Moment, verb: str) -> list[PersonView]:
    """Whom that command may name, in the order of the roll."""
    sitting = moment.snapshot.sitting
    allowed: Callable[[PersonId], bool] = {
        "proxy": lambda p: p != moment.person and sitting.roll[p].votes,
        "secretary": lambda p: sitting.roll[p].votes and sitting.is_here(p),
        "chair": lambda p: sitting.roll[p].votes and sitting.is_here(p) and p != sitting.officers.chair,
        "absent": sitting.is_here,
        "excused": lambda p: sitting.presence(p) is not Presence.EXCUSED,
        "present": lambda p: not sitting.is_here(p),
    }.get(verb, sitting.is_here)
    return [person_view(m) for m in sitting.facts.members if allowed(m.id)]


def _reason(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    board = _board(moment)
    if show.verb == "annul" and board.poll is not None:
        return forms.confirm_annul(board, board.poll, texts)
    if show.verb == "postpone" and board.item is not None:
        return forms.postpone(board, board.item, texts)
    raise Misunderstood("refusal.no_poll" if show.verb == "annul" else "refusal.no_item_under_discussion")


def _open_contest(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    board = _board(moment)
    if board.item is None:
        raise Misunderstood("refusal.no_item_under_discussion")
    return contests.open_contest(board, board.item, texts)


def _name_elder(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    view = _console(moment)
    if view.board.poll is None or view.closing is None or not view.closing.tied:
        raise Misunderstood("refusal.no_elder_needed")
    return contests.name_elder(view.board, view.board.poll, view.closing.tied, texts)


def _other_poll(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    view = _console(moment)
    if view.board.item is None:
        raise Misunderstood("refusal.no_item_under_discussion")
    return ways.open_otherwise(view.board, view.board.item, view.methods, texts)


def _recorded(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    """The form for what the room voted, in the poll that runs."""
    sitting = moment.snapshot.sitting
    poll = sitting.polls.open_poll()
    if poll is None:
        raise Misunderstood("refusal.poll_not_open")
    due = Screen.HANDS if poll.method is VotingMethod.SHOW_OF_HANDS else None
    if show.screen not in ((Screen.PAPERS, Screen.REGISTER) if poll.is_secret else (due,)):
        raise Misunderstood("refusal.other_method")
    view = poll_view(sitting, poll)
    if show.screen is Screen.PAPERS:
        return ways.papers(sitting.facts, view, texts)
    electors = [person_view(sitting.roll[member]) for member in poll.electorate]
    return (ways.hands if show.screen is Screen.HANDS else ways.register)(sitting.facts, view, electors, texts)


def _exchange(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    leads = moment.person == moment.snapshot.sitting.officers.chair
    return exchange_card.exchange(_written(moment), show.page, leads, texts)


def _write(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    board = _written(moment)
    if board.exchange is None or not board.exchange.is_open:
        raise Misunderstood("refusal.exchange_not_open")
    return exchange_card.write(board, texts)


def _written(moment: Moment) -> BoardView:
    """The board of a sitting that deliberates in writing."""
    board = _board(moment)
    if not board.is_in_writing:
        raise Misunderstood("refusal.not_in_writing")
    return board


def _spoken(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    sitting = moment.snapshot.sitting
    poll = sitting.polls.open_poll()
    if poll is None:
        raise Misunderstood("refusal.poll_not_open")
    awaited = [person_view(sitting.roll[mandate.member]) for mandate in poll.silent()]
    return people.voice(sitting.facts, poll_view(sitting, poll), awaited, texts)


def _notes(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    sitting = moment.snapshot.sitting
    if not sitting.is_staff(moment.person):
        return _home(moment, show, receipts, texts)
    return notes.notes(sitting.facts, noted_turns(sitting), show.page, texts)


def _note(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    sitting, number = moment.snapshot.sitting, show.page or 1
    turns = noted_turns(sitting)
    if not sitting.is_staff(moment.person) or number > len(turns):
        return _home(moment, show, receipts, texts)
    return notes.note(sitting.facts, turns[number - 1], texts)


def _incidents(moment: Moment, show: Show, receipts: Receipts, texts: Catalogue) -> dict[str, object]:
    sitting = moment.snapshot.sitting
    if not sitting.is_staff(moment.person):
        return _home(moment, show, receipts, texts)
    told = incidents_view(sitting)
    if show.screen is Screen.INCIDENTS:
        return incidents.incidents(sitting.facts, told, show.page, texts)
    one = next((x for x in told if x.number == show.page), None)
    return incidents.incident(sitting.facts, one, texts)


_CARDS: Mapping[Screen, Callable[[Moment, Show, Receipts, Catalogue], dict[str, object]]] = {
    Screen.HOME: _home,
    Screen.BALLOT: _ballot,
    Screen.BALLOT_CHANGE: _ballot,
    Screen.HELP: _help,
    Screen.CONSOLE: _staff_console,
    Screen.CUES: _cues,
    Screen.AGENDA: _agenda,
    Screen.MOVE_ITEM: _move_item,
    Screen.MEMBERS: _members,
    Screen.QUORUM: _quorum,
    Screen.TIMES: _times,
    Screen.STATE: _state,
    Screen.CALLING: _calling,
    Screen.CHOOSE_PERSON: _choose,
    Screen.WHICH_PROXY: _which_proxy,
    Screen.GIVE_REASON: _reason,
    Screen.SPOKEN_VOTE: _spoken,
    Screen.OPEN_CONTEST: _open_contest,
    Screen.NAME_ELDER: _name_elder,
    Screen.OTHER_POLL: _other_poll,
    Screen.HANDS: _recorded,
    Screen.PAPERS: _recorded,
    Screen.REGISTER: _recorded,
    Screen.NOTES: _notes,
    Screen.NOTE: _note,
    Screen.INCIDENTS: _incidents,
    Screen.INCIDENT: _incidents,
    Screen.EXCHANGE: _exchange,
    Screen.WRITE: _write,
}
