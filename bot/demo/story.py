"""The story that the demonstration tells, as data: twelve minutes of a sitting in which everything happens once."""

from bot.simulation.script import Act, Deed, Scene, Script, Split, Where
from voting.domain.assembly import ItemKind
from voting.domain.tally import Choice

MINUTES = 12.0
"""How long the story is at speed 1, whatever the agenda: a longer one is told faster."""

BEFORE = (
    Act(who="absentee", deed=Deed.GIVE_PROXY, to="holder"),
    Act(who="holder", deed=Deed.ACCEPT_PROXY),
    Act(who="traveller", deed=Deed.GIVE_PROXY, to="friend"),
    Act(who="friend", deed=Deed.ACCEPT_PROXY),
)

FIRST_VOTE = Scene(chapter="first_vote", split=Split.AGREED)

TIE = Scene(
    chapter="tie",
    where=Where(kind=ItemKind.AMENDMENT, share=0.27),
    debate=(Act(who="opponent_two", deed=Deed.ASK_FLOOR, says="demo.words.tie"),),
    split=Split.TIED,
    voices=4,
)

DEFEAT = Scene(
    chapter="defeat",
    where=Where(kind=ItemKind.AMENDMENT, share=0.2, only=True),
    debate=(
        Act(who="opponent", deed=Deed.ASK_FLOOR, says="demo.words.amendment"),
        Act(who="orator", deed=Deed.ASK_FLOOR, says="demo.words.against_amendment"),
    ),
    split=Split.DEFEATED,
)

CHANGE = Scene(
    chapter="change",
    where=Where(kind=ItemKind.REPORT, share=0.31),
    between=(Act(who="late", deed=Deed.ARRIVE),),
    during=(Act(who="waverer", deed=Deed.CHANGE_VOTE),),
    split=Split.DIVIDED,
)

DEBATE = Scene(
    chapter="debate",
    where=Where(kind=ItemKind.REPORT, share=0.06),
    between=(Act(who="latecomer", deed=Deed.ARRIVE),),
    debate=(
        Act(who="orator", deed=Deed.ASK_FLOOR, says="demo.words.report"),
        Act(who="shy", deed=Deed.ASK_FLOOR),
        Act(who="opponent", deed=Deed.ASK_FLOOR),
        Act(who="orator_two", deed=Deed.ASK_FLOOR),
        Act(who="shy", deed=Deed.WITHDRAW),
    ),
    split=Split.DIVIDED,
)

RECUSAL = Scene(
    chapter="recusal",
    where=Where(kind=ItemKind.REPORT, share=0.65),
    debate=(Act(who="interested", deed=Deed.RECUSE),),
    split=Split.AGREED,
)

SECRET = Scene(
    chapter="secret",
    where=Where(kind=ItemKind.REPORT, share=0.75),
    debate=(Act(who="opponent_two", deed=Deed.ASK_SECRET),),
    split=Split.DIVIDED,
)

DIVIDED = Scene(
    chapter="divided",
    where=Where(kind=ItemKind.MOTION, share=0.9),
    debate=(Act(who="orator_two", deed=Deed.ASK_FLOOR, says="demo.words.motion"),),
    split=Split.DIVIDED,
    choices=(("doubtful", Choice.ABSTENTION), ("aloof", Choice.NOT_TAKING_PART)),
    silent=("dreamer",),
)

PROXY_BACK = Scene(
    chapter="proxy_back",
    where=Where(kind=ItemKind.REPORT, share=0.45),
    between=(
        Act(who="traveller", deed=Deed.TAKE_PROXY_BACK),
        Act(who="traveller", deed=Deed.ARRIVE),
    ),
)

ORDER = Scene(
    chapter="order",
    where=Where(kind=ItemKind.REPORT, share=0.38),
    debate=(
        Act(who="orator", deed=Deed.ASK_FLOOR),
        Act(who="stickler", deed=Deed.POINT_OF_ORDER, says="demo.words.order"),
    ),
)

VOICE = Scene(
    chapter="voice",
    where=Where(kind=ItemKind.AWARD, share=0.8),
    debate=(Act(who="offline", deed=Deed.LOSE_NETWORK),),
    during=(Act(who="clerk", deed=Deed.TAKE_VOICE, to="offline", after=4.0),),
    split=Split.AGREED,
)

RECESS = Scene(
    chapter="recess",
    where=Where(kind=ItemKind.REPORT, share=0.55),
    between=(Act(who="chair", deed=Deed.SUSPEND, says="demo.reason.recess"),),
)

SCRIPT = Script(
    before=BEFORE,
    absent=("absentee", "latecomer", "traveller", "late"),
    scenes=(
        FIRST_VOTE,
        TIE,
        DEFEAT,
        CHANGE,
        DEBATE,
        RECUSAL,
        SECRET,
        DIVIDED,
        PROXY_BACK,
        ORDER,
        VOICE,
        RECESS,
    ),
    words=8,
)

APPROVAL = Script(scenes=(Scene(chapter="", split=Split.AGREED),), opening="approval", ending="")
"""The next sitting, where the minutes of this one are approved."""

AWARD = Scene(
    chapter="award",
    where=Where(kind=ItemKind.AWARD),
    options=("demo.offer.1", "demo.offer.2", "demo.offer.3"),
    debate=(
        Act(who="orator", deed=Deed.ASK_FLOOR),
        Act(who="opponent", deed=Deed.ASK_FLOOR),
    ),
    split=Split.AGREED,
    choices=(("doubtful", Choice.ABSTENTION),),
)

SCRIPT_CAO = Script(
    opening="cao",
    absent=("absentee",),
    scenes=(AWARD, Scene(chapter="", split=Split.AGREED)),
    words=8,
)
"""A tender committee: no proxies but a substitute, no casting vote, nothing public."""
