"""``/seances/…/recus``: one person's own votes, each with a receipt that his browser checks by itself.

Answers for: who is let in. What a receipt is made of is ``bot.proofs``'s; it is checked by ``static/verify.js`` alone.
"""

from collections.abc import Mapping

import orjson
from aiohttp import web

from bot.proofs import Proofs, VoiceReceipt
from bot.web import says
from bot.web.board import SITTING
from bot.web.pages import STATIC, Assets, framed, page
from bot.web.signed import Desk
from bot.web.words import Words, visible, wanted
from voting.domain.ids import is_rehearsal
from voting.domain.tally import Choice

OURS = ("board-panels.css", "room.css", "member.css", "verify.js", "receipts.js")
SAID = ("yes", "no", "unknown", "holds", "half", "fails", "unreadable", "included", "here", "signed", "says", "root",
        "option", "head.same", "head.newest", "head.elsewhere", "head.split", "head.forged", "head.unknown",
        "head.unreadable", "head.broken")  # fmt: skip
"""What the script says, by the end of its code."""


class ReceiptPages:
    """For those on the roll of each sitting, each his own."""

    def __init__(self, desk: Desk, proofs: Proofs) -> None:
        self._desk, self._proofs = desk, proofs
        self._assets = Assets("/static/receipts", {name: STATIC / name for name in OURS})

    def routes(self) -> list[web.RouteDef]:
        """One page."""
        return [web.get(f"/seances/{SITTING}/recus", self._html), self._assets.route()]

    async def _html(self, request: web.Request) -> web.Response:
        said, seat = wanted(request), await self._desk.seat(request)
        if seat is None:
            return self._desk.outside(request, self._assets)
        receipts = await self._proofs.of(seat.sitting, seat.person)
        heads = await self._proofs.heads(seat.sitting)
        return page(
            "receipts.html",
            said,
            csp=framed(),
            asset=self._assets.url,
            seat=seat,
            is_rehearsal=is_rehearsal(seat.sitting),
            key=self._proofs.key(seat.sitting),
            spoken=_json(_words(said)),
            people=_json({r.member.id: visible(r.member.formal) for r in receipts}),
            options=_json({f"{r.poll.id}/{r.option}": visible(r.choice) for r in receipts if r.option}),
            receipts=[_shown(receipt, said) for receipt in receipts],
            heads=_json(heads),
            published=[_published(str(head["note"]), said) for head in heads],
        )


def _shown(receipt: VoiceReceipt, said: Words) -> Mapping[str, object]:
    choice = receipt.choice if receipt.option else said.texts(f"card.button.{receipt.choice}")
    return {
        "title": says.poll_title(said, receipt.poll),
        "texts": [item.title for item in receipt.poll.items],
        "choice": choice,
        "member": receipt.member.formal,
        "is_own": receipt.is_own,
        "number": receipt.number,
        "name": f"hemicycle-{receipt.poll.number}-{receipt.member.id}.json",
        "json": _json(receipt.file),
    }


def _published(note: str, said: Words) -> Mapping[str, str]:
    """How many lines, and their root, as the chat and the minutes print it."""
    _, size, root, *_ = note.split("\n")
    return {"lines": said.texts.plural("receipts.heads.lines", int(size), n=size), "root": root}


def _words(said: Words) -> Mapping[str, object]:
    choices = {choice.value: said.texts(f"card.button.{choice.value}") for choice in Choice}
    return {word: said.texts(f"receipts.said.{word}", **_HOLES) for word in SAID} | {"choices": choices}


_HOLES = {name: f"{{{name}}}" for name in ("number", "size", "latest", "key", "choice", "member", "time", "root")}
"""Filled in by the script."""


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
