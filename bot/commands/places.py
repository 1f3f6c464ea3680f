"""Where somebody says that he is: the words that follow a presence, and what is meant when nothing follows it."""

from bot.commands.base import Ask, Moment, Screen
from bot.commands.words import fold
from voting.domain.assembly import Mode
from voting.domain.attendance import Presence

_WORDS = {
    Presence.IN_ROOM: ("en salle", "dans la salle", "salle", "sur place", "in the room", "room", "on site"),
    Presence.REMOTE: ("a distance", "en visio", "visio", "remote", "by video", "video"),
    Presence.AUDIO_ONLY: ("par telephone", "telephone", "audio", "son seul", "by phone", "phone"),
}


def after_answer(moment: Moment, ask: Ask) -> Screen:
    """What the staff see once they recorded where somebody is: while the call runs, the next name."""
    calls = moment.snapshot.sitting.course.roll_call_open and ask.is_press
    return Screen.CALLING if calls else Screen.CONSOLE


def placed(moment: Moment, typed: str) -> tuple[Presence, str]:
    """The place that the typed words end with, or the usual one of this sitting; then the words before it."""
    said = typed.split()
    for length in (3, 2, 1):
        end = fold(" ".join(said[-length:])) if len(said) >= length else ""
        place = next((presence for presence, words in _WORDS.items() if end in words), None)
        if place is not None:
            return place, " ".join(said[:-length])
    in_room = moment.snapshot.sitting.facts.mode is Mode.ROOM
    return (Presence.IN_ROOM if in_room else Presence.REMOTE), typed
