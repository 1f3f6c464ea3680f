"""The words of a script file, folded (no case, no accents), in French and English. Data alone."""

from collections.abc import Mapping

from bot.simulation.casting import CHAIR, CLERK, SECRETARY
from bot.simulation.script import Deed, Split
from bot.simulation.tempers import Temper
from voting.domain.tally import Choice

HEADS: Mapping[str, str] = {
    "graine": "seed",
    "seed": "seed",
    "roles": "roles",
    "absents": "absent",
    "absent": "absent",
    "avant": "before",
    "before": "before",
    "point": "item",
    "item": "item",
    "resultat": "result",
    "result": "result",
}
"""The first word of a heading: what the reader does with the rest of its line."""

PARTS: Mapping[str, str] = {
    "presidence": CHAIR,
    "chair": CHAIR,
    "service": CLERK,
    "clerk": CLERK,
    "secretaire": SECRETARY,
    "secretary": SECRETARY,
}

TEMPERS: Mapping[str, Temper] = {temper.value: temper for temper in Temper}

CHOICES: Mapping[str, str] = {
    "pour": Choice.FOR.value,
    "for": Choice.FOR.value,
    "contre": Choice.AGAINST.value,
    "against": Choice.AGAINST.value,
    "abstention": Choice.ABSTENTION.value,
    "nppv": Choice.NOT_TAKING_PART.value,
    "not taking part": Choice.NOT_TAKING_PART.value,
}

SPLITS: Mapping[str, Split] = {
    "unanime": Split.AGREED,
    "agreed": Split.AGREED,
    "divise": Split.DIVIDED,
    "divided": Split.DIVIDED,
    "rejet": Split.DEFEATED,
    "defeated": Split.DEFEATED,
    "partage": Split.TIED,
    "tied": Split.TIED,
}

PHRASES: Mapping[str, str] = {
    "arrive": Deed.ARRIVE.value,
    "arrives": Deed.ARRIVE.value,
    "quitte": Deed.LEAVE.value,
    "leaves": Deed.LEAVE.value,
    "donne pouvoir a": Deed.GIVE_PROXY.value,
    "gives a proxy to": Deed.GIVE_PROXY.value,
    "accepte": Deed.ACCEPT_PROXY.value,
    "accepts": Deed.ACCEPT_PROXY.value,
    "reprend son pouvoir": Deed.TAKE_PROXY_BACK.value,
    "takes the proxy back": Deed.TAKE_PROXY_BACK.value,
    "se deporte": Deed.RECUSE.value,
    "withdraws from the item": Deed.RECUSE.value,
    "demande la parole": Deed.ASK_FLOOR.value,
    "asks for the floor": Deed.ASK_FLOOR.value,
    "parle trop longtemps": Deed.SPEAK_TOO_LONG.value,
    "speaks too long": Deed.SPEAK_TOO_LONG.value,
    "retire sa demande": Deed.WITHDRAW.value,
    "withdraws the request": Deed.WITHDRAW.value,
    "rappelle au reglement": Deed.POINT_OF_ORDER.value,
    "raises a point of order": Deed.POINT_OF_ORDER.value,
    "demande un vote secret": Deed.ASK_SECRET.value,
    "asks for a secret ballot": Deed.ASK_SECRET.value,
    "change son vote": Deed.CHANGE_VOTE.value,
    "changes the vote": Deed.CHANGE_VOTE.value,
    "perd le reseau": Deed.LOSE_NETWORK.value,
    "loses the network": Deed.LOSE_NETWORK.value,
    "demande de l'aide": Deed.ASK_HELP.value,
    "asks for help": Deed.ASK_HELP.value,
    "suspend": Deed.SUSPEND.value,
    "suspends": Deed.SUSPEND.value,
    "dit": Deed.SAY.value,
    "says": Deed.SAY.value,
    "vote": "choice",
    "votes": "choice",
    "se tait": "silent",
    "stays silent": "silent",
    "tarde": Temper.SLOW.value,
    "is slow": Temper.SLOW.value,
    "hesite": Temper.HESITANT.value,
    "hesitates": Temper.HESITANT.value,
    "vote deux fois": Temper.CLICKER.value,
    "votes twice": Temper.CLICKER.value,
    "ecrit son vote": Temper.TYPIST.value,
    "types the vote": Temper.TYPIST.value,
    "presse une ancienne carte": Temper.CONFUSED.value,
    "presses an old card": Temper.CONFUSED.value,
}
"""What somebody does, after his name: a deed, a way with cards, or how he votes."""

_BETWEEN = (Deed.ARRIVE, Deed.LEAVE, Deed.GIVE_PROXY, Deed.ACCEPT_PROXY, Deed.TAKE_PROXY_BACK, Deed.SUSPEND)
_DURING = (Deed.CHANGE_VOTE, Deed.TAKE_VOICE, Deed.ASK_HELP)

MOMENTS: Mapping[Deed, str] = {
    deed: "between" if deed in _BETWEEN else "during" if deed in _DURING else "debate" for deed in Deed
}
"""Before the item is called, while it is discussed, or while it is voted."""
