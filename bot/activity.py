"""One incoming turn: who speaks, in which sitting, what they want, what becomes of it, what they see.

No outbound call happens in here: a vote is one turn, one command, one commit, one answer. Cards are ``bot.screens``'
work, sentences for refusals and faults ``bot.edge``'s.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot import edge, screens
from bot.cards import payloads
from bot.cards.buttons import staying
from bot.cards.marks import marked
from bot.commands import COMMANDS
from bot.commands.base import Act, Ask, Errand, Intent, Misunderstood, Moment, Run, Say, Screen, Show
from bot.commands.words import Vocabulary
from bot.directory import Directory
from bot.hints import Hints
from bot.places import LastPlace
from bot.ports import Accounts, Conversations
from bot.receipts import Receipts
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import CardReply, ConversationKind, ErrorReply, Reply, TextReply, Turn, TurnKind
from bot.witness import Traces, Witness
from voting.domain.commands import ClosePoll
from voting.domain.events import SittingEvent
from voting.domain.ids import PRACTICE, PersonId, SittingId, is_rehearsal
from voting.domain.refusals import AlreadyVoted, Refusal, SittingUnknown
from voting.domain.sitting import Phase, Sitting
from voting.journal.codec import Codec
from voting.service.families import Recorder
from voting.service.helping import HelpReport
from voting.service.live import Snapshot
from voting.wording import catalogue as shared_catalogue

RunErrand = Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]

_BEGINNERS = {
    "sitting": Errand.BIND_MEETING,
    "new_sitting": Errand.NEW_SITTING,
    "rehearsal": Errand.REHEARSAL,
}
"""What makes sense in a chat where no sitting is held."""

_SPOKEN = (TurnKind.PRESS, TurnKind.SUBMIT, TurnKind.REFRESH, TurnKind.TEXT)
_ROSTER_MOVED = (TurnKind.INSTALLED, TurnKind.MEMBERS_CHANGED, TurnKind.MEETING_STARTED)


class _Stranger(Exception):
    """Whoever speaks has no place in this sitting: the code of the sentence that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Activity:
    """Answers turns. Built once by the composition root."""

    def __init__(
        self,
        *,
        writer: Recorder,
        codec: Codec[SittingEvent],
        accounts: Accounts,
        conversations: Conversations,
        directory: Directory,
        hints: Hints,
        vocabulary: Vocabulary,
        receipts: Receipts,
        errands: Mapping[Errand, RunErrand],
        now: Callable[[], datetime],
        witness: Witness,
        traces: Traces,
        closing: Callable[[Turn, Moment, Ask], Awaitable[Reply]],
        helped: Callable[[Moment], Awaitable[HelpReport | None]],
        guides: str = "",
        heard: Callable[[Turn], None] = lambda turn: None,
    ) -> None:
        """``closing``: what the staff should see before a poll is closed; None when there is nothing.
        ``helped``: what they are told of the help that was given, once the sitting is lifted.

        ``guides``: the address of this server, where the guides are; empty where it has none. ``heard`` hears of each
        turn before anything is done.
        """
        self._writer = writer
        self._codec = codec
        self._accounts = accounts
        self._conversations = conversations
        self._directory = directory
        self._hints = hints
        self._vocabulary = vocabulary
        self._receipts = receipts
        self._errands = errands
        self._last = LastPlace(now)
        self._witness = witness
        self._traces = traces
        self._closing = closing
        self._helped = helped
        self._guides = guides
        self._heard = heard

    async def on_turn(self, turn: Turn) -> Reply:
        """The reply to that turn; None when nobody waits for one. Never raises: faults become an incident."""
        texts = _texts(turn)
        try:
            await self._remember(turn)
            self._heard(turn)
            self._hints.calls.heard(turn)
            if turn.kind in _ROSTER_MOVED:
                self._look_around(turn)
            if turn.kind is TurnKind.INSTALLED:
                return await self._welcome(turn)
            if turn.kind is TurnKind.FILE_CONSENT:
                return await self._errands[Errand.CONSENT](turn, None, Ask())
            if turn.kind not in _SPOKEN:
                return None
            return await self._speak(turn)
        except _Stranger as stranger:
            return TextReply(texts(stranger.code), private=True, is_no=True)
        except Misunderstood as unclear:
            return TextReply(texts(unclear.code, **unclear.fields), private=True, is_no=True)
        except Exception as error:
            fault = edge.fault(error, texts, {"activity": turn.activity_id, "verb": turn.verb})
            return ErrorReply(code=fault.incident, message=fault.sentence)

    async def _welcome(self, turn: Turn) -> Reply:
        """The first word in a chat: what one can do here now."""
        if turn.verb.endswith("upgrade"):
            return None  # a new version of the app: people have been welcomed
        sitting = await self._sitting_of(turn, Ask())
        if turn.conversation.kind is not ConversationKind.PERSONAL:
            return None if sitting is not None else TextReply(_texts(turn)("said.welcome_meeting"))
        identity = turn.sender.identity
        if sitting is None or identity is None or self._accounts.person(sitting, *identity) is None:
            return screens.welcome(_texts(turn))
        return screens.draw(await self._moment(turn, sitting), Show(screen=Screen.CONSOLE), _texts(turn))

    async def _speak(self, turn: Turn) -> Reply:
        if turn.files and turn.conversation.kind is ConversationKind.PERSONAL:
            return await self._errands[Errand.FILES](turn, None, Ask())
        name, ask = self._understood(turn)
        sitting = await self._sitting_of(turn, ask)
        if sitting is None or (name in _BEGINNERS and ask.payload.sitting is None and await self._is_over(sitting)):
            return await self._outside_any_sitting(turn, name, ask)
        self._last.note(turn, sitting)
        return _said_to_be_a_rehearsal(sitting, await self._in(turn, sitting, name, ask), _texts(turn))

    async def _in(self, turn: Turn, sitting: SittingId, name: str | None, ask: Ask) -> Reply:
        moment = await self._moment(turn, sitting)
        if name is None:
            await self._stumbled(turn, moment, None, "misunderstood.unknown")
            return screens.unknown(moment, turn.text, self._vocabulary.nearest(turn.text), _texts(turn))
        try:
            intent = COMMANDS[name].run(moment, ask)
            if turn.kind is TurnKind.REFRESH and not isinstance(intent, Show):
                return None  # a client that refreshes has pressed nothing
            if name != "need_help":
                self._traces.did(turn, moment, name)
            return await self._carry_out(turn, moment, ask, intent)
        except Misunderstood as unclear:
            await self._stumbled(turn, moment, None, unclear.code)
            raise
        except _Stranger:
            raise
        except Exception:
            await self._stumbled(turn, moment, None, "fault")
            raise

    async def _stumbled(self, turn: Turn, moment: Moment, act: Act | None, problem: str) -> None:
        """Remember what went wrong, for whoever is asked for help."""
        self._traces.failed(turn, moment, self._traces.of(moment).doing, problem)
        if is_rehearsal(moment.snapshot.id):
            await self._witness.stumbled(turn, moment, act, problem)

    async def _carry_out(self, turn: Turn, moment: Moment, ask: Ask, intent: Intent) -> Reply:
        intent = _going_on(intent, ask)
        match intent:
            case Show():
                shown = await self._show(turn, moment, intent)
                shown = shown if intent.screen is Screen.CUES else _going_back(shown, ask)
                if is_rehearsal(moment.snapshot.id) and isinstance(shown, CardReply):
                    return await self._witness.shown(turn, moment, shown)
                return shown
            case Say():
                return TextReply(_texts(turn)(intent.code, **intent.fields), private=True)
            case Run():
                return await self._errands[intent.errand](turn, moment, ask)
            case Act():
                warning = await self._closing(turn, moment, ask) if isinstance(intent.command, ClosePoll) else None
                return _going_back(warning, ask) or await self._act(turn, moment, intent)

    async def _act(self, turn: Turn, moment: Moment, act: Act) -> Reply:
        texts = _texts(turn)
        try:
            done = await self._writer.submit(moment.snapshot.id, act.command, act.key)
        except Refusal as refusal:
            await self._stumbled(turn, moment, act, refusal.code)
            if turn.is_invoke and isinstance(refusal, AlreadyVoted):  # an old card, a second press: show what stands
                snapshot = await self._writer.snapshot(moment.snapshot.id)
                then = act.then if isinstance(act.then, Screen) else Screen.BALLOT
                return self._draw(replace(moment, snapshot=snapshot), Show(screen=then), texts)
            shared = shared_catalogue(texts.language)
            said = edge.refusal_sentence(refusal, moment.snapshot.sitting, texts, shared)
            return TextReply(said, private=True, is_no=True)
        if is_rehearsal(done.snapshot.id):
            lesson = await self._witness.acted(turn, moment, act, done)
            if lesson is not None:
                return lesson
        if done.repeated:
            self._receipts.repeated(done.snapshot, done.recorded)
        if isinstance(act.then, Say):
            return TextReply(texts(act.then.code, **act.then.fields), private=True)
        return self._draw(replace(moment, snapshot=done.snapshot), Show(screen=act.then), texts)

    async def _show(self, turn: Turn, moment: Moment, show: Show) -> Reply:
        if show.screen is Screen.MY_VOTES:
            history = await self._writer.history(moment.snapshot.id)
            return screens.own_votes(moment, history, self._codec, show.page, _texts(turn))
        if show.screen is Screen.STATE:
            moment = replace(moment, helped=await self._helped(moment))
        return self._draw(moment, show, _texts(turn))

    def _draw(self, moment: Moment, show: Show, texts: Catalogue) -> CardReply:
        poll = moment.snapshot.sitting.polls.current()
        receipts = self._receipts.of(moment.snapshot.id, poll, moment.person)
        return screens.draw(moment, show, texts, receipts)

    # --- who, where ---------------------------------------------------------------------------------------------------

    async def _remember(self, turn: Turn) -> None:
        """Where to reach that person, learnt from messages; presses come from chats that are known already."""
        if turn.kind in (TurnKind.TEXT, TurnKind.INSTALLED) and turn.sitting is None:
            personal = turn.conversation.kind is ConversationKind.PERSONAL
            account = turn.sender.account if personal else None
            await self._conversations.remember(turn.conversation, turn.tenant_id, account)

    def _look_around(self, turn: Turn) -> None:
        """Who is in the chat of a sitting has changed, or is about to matter."""
        sitting = self._conversations.sitting_of(turn.conversation.id)
        if sitting is not None and (turn.joined or turn.kind is not TurnKind.MEMBERS_CHANGED):
            self._directory.look_around(turn.conversation, sitting)

    async def _own_sittings(self, turn: Turn, identity: tuple[str, str]) -> Sequence[SittingId]:
        """Where that account is on the roll; one that is on none may be there under its address."""
        if not (found := self._accounts.sittings(*identity)):
            await self._directory.recognise(turn)
            found = self._accounts.sittings(*identity)
        return found

    def _understood(self, turn: Turn) -> tuple[str | None, Ask]:
        if turn.kind is TurnKind.TEXT:
            heard = self._vocabulary.hear(turn.text)
            if heard is None:
                return None, Ask()
            return heard.name, Ask(argument=heard.argument)
        verb = turn.verb or str(turn.data.get("verb", ""))
        try:
            payload = payloads.read(dict(turn.data))
        except payloads.BadPayload:
            raise Misunderstood("misunderstood.stale") from None
        if verb not in COMMANDS:
            raise Misunderstood("misunderstood.stale")
        return verb, Ask(payload=payload, is_press=True)

    async def _sitting_of(self, turn: Turn, ask: Ask) -> SittingId | None:
        """The sitting that the card names, else the one of that page or chat, else the person's own present one."""
        bound = (
            self._conversations.sitting_of(turn.conversation.id) if turn.sitting is None else SittingId(turn.sitting)
        )
        personal = turn.sitting is None and turn.conversation.kind is ConversationKind.PERSONAL
        if ask.payload.sitting is not None:
            named = SittingId(ask.payload.sitting)
            if bound is not None and named != bound and not personal and not self._was_held(turn, named):
                raise _Stranger("door.elsewhere")
            return named
        if not personal or not turn.sender.identity:
            return bound
        return await self._present_sitting(turn, await self._own_sittings(turn, turn.sender.identity)) or bound

    def _was_held(self, turn: Turn, sitting: SittingId) -> bool:
        """A card of a sitting that this chat had before, or of somebody's own exercises."""
        chat = self._conversations.meeting_of(sitting)
        return chat.id == turn.conversation.id if chat is not None else is_rehearsal(sitting)

    async def _present_sitting(self, turn: Turn, sittings: Sequence[SittingId]) -> SittingId | None:
        """Of a person's sittings, newest first: the real one that runs, the exercise he is at, a rehearsal of today…

        …then the next to come, else the last one held.
        """
        found = [snapshot for s in sittings if (snapshot := await self._known(s)) is not None]
        real = [s for s in found if not is_rehearsal(s.id)]
        trial = [s for s in found if is_rehearsal(s.id) and s.sitting.course.phase is not Phase.CLOSED]
        running = [s.id for s in real if s.sitting.course.phase in (Phase.OPEN, Phase.SUSPENDED)]
        at_hand = [s.id for s in trial if self._last.is_at(turn, s.id)]
        today = [s.id for s in trial if not s.id.startswith(PRACTICE) and self._last.is_fresh(s.sitting)]
        coming = [s.id for s in real if s.sitting.course.phase is Phase.CONVENED]
        rest = [s.id for s in (*real, *trial)]
        return next(iter([*running, *at_hand, *today, *coming, *rest]), None)

    async def _known(self, sitting: SittingId) -> Snapshot | None:
        try:
            return await self._writer.snapshot(sitting)
        except SittingUnknown:  # a rehearsal that was purged
            return None

    async def _is_over(self, sitting: SittingId) -> bool:
        """A rehearsal that has ended holds a chat no longer: something new may begin there."""
        if not is_rehearsal(sitting):
            return False
        snapshot = await self._known(sitting)
        return snapshot is None or snapshot.sitting.course.phase is Phase.CLOSED

    async def _moment(self, turn: Turn, sitting: SittingId) -> Moment:
        identity = turn.sender.identity
        if identity is None:
            raise _Stranger("door.no_account")
        person = self._accounts.person(sitting, *identity)
        if person is None:
            await self._directory.recognise(turn)
            person = self._accounts.person(sitting, *identity)
        if person is None and is_rehearsal(sitting) and await self._known(sitting) is None:
            raise _Stranger("refusal.sitting_unknown")  # purged, and its people with it
        if person is None:
            raise _Stranger("door.not_on_the_roll" if identity[0] == turn.tenant_id else "door.other_tenant")
        self._directory.met(sitting, person, turn.sender.user_id)
        try:
            snapshot = await self._writer.snapshot(sitting)
        except SittingUnknown:
            raise _Stranger("refusal.sitting_unknown") from None
        return Moment(
            person=PersonId(person),
            snapshot=snapshot,
            personal=turn.conversation.kind is ConversationKind.PERSONAL,
            stamp=_stamp(turn),
            connected=self._connected(snapshot.sitting, person),
            guides=self._guides,
        )

    def _connected(self, sitting: Sitting, person: PersonId) -> int:
        """A hint for those who run the sitting alone."""
        return len(self._hints.of(sitting).unanswered) if sitting.is_staff(person) else 0

    async def _outside_any_sitting(self, turn: Turn, name: str | None, ask: Ask) -> Reply:
        """A chat where no sitting is held yet: only the errands that begin one make sense."""
        intent_errand = _BEGINNERS.get(name or "")
        if turn.sender.identity is None:
            raise _Stranger("door.no_account")
        await self._own_sittings(turn, turn.sender.identity)  # the errands ask where that person is staff
        if name in ("help", "home"):
            return screens.help_outside(_texts(turn))
        if intent_errand is None:
            raise _Stranger("refusal.sitting_unknown")
        return await self._errands[intent_errand](turn, None, ask)


def _stays(ask: Ask) -> bool:
    """Pressed on the chair's cue sheet, or on what was opened from there."""
    return ask.payload.screen == Screen.CUES


def _going_on(intent: Intent, ask: Ask) -> Intent:
    """From a button of the chair's cue sheet, the cue sheet goes on where the console would come."""
    if not _stays(ask):
        return intent
    match intent:
        case Act(then=Screen.CONSOLE):
            return replace(intent, then=Screen.CUES)
        case Show(screen=Screen.CONSOLE) | Run(errand=Errand.BIND_MEETING):
            return Show(screen=Screen.CUES)
        case _:
            return intent


def _going_back(shown: Reply, ask: Ask) -> Reply:
    """A form or a warning that was opened from the cue sheet leads back to it."""
    if not _stays(ask) or not isinstance(shown, CardReply):
        return shown
    return replace(shown, card=staying(Screen.CUES, dict(shown.card)))


def _said_to_be_a_rehearsal(sitting: SittingId, reply: Reply, texts: Catalogue) -> Reply:
    """Every card of a rehearsal says so, whoever drew it."""
    if not is_rehearsal(sitting) or not isinstance(reply, CardReply):
        return reply
    card = marked(reply.card, texts)
    return replace(reply, card=card, summary=str(card["speak"]))


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))


def _stamp(turn: Turn) -> str:
    written = turn.raw.get("localTimestamp") or turn.raw.get("timestamp")
    return str(written) if written else turn.activity_id
