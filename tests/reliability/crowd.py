"""Members who press without rest, and press again when nothing comes back; what they were told is kept."""

import asyncio
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
import orjson

from tests.bench.hall import ADDRESS
from tests.bench.world import World
from voting.domain.ids import PersonId, PollId
from voting.domain.tally import Choice

PATIENCE = 8.0
"""Longer than the bot takes to say that it does not know."""
AGAIN_AFTER = 0.02
BETWEEN = (0.01, 0.05)
"""Seconds in which a member reads his receipt before he changes his mind."""
DOUBLE = 0.15
"""How often a button is pressed twice in a row."""
SEQ = re.compile(r"ligne (\d+) du journal")
LEAF = re.compile(r'"text":"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Press:
    """One wish: pressing it twice, or again, is still the same."""

    poll: PollId
    voter: PersonId
    member: PersonId
    revision: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the card in the answer says."""

    seq: int
    leaf: str


class Unexpected(Exception):
    """An answer that is neither a receipt nor a plea to press again."""


@dataclass(slots=True)
class Crowd:
    """Everybody who votes, and everything that was said to them."""

    world: World
    port: int
    session: aiohttp.ClientSession
    chance: random.Random
    others: list[int] = field(default_factory=list)
    """Where else the same sitting is served: each press goes anywhere."""
    refused: int = 0
    """Presses that found the door closed: whoever stands in front goes to another one."""
    cut: int = 0
    """Presses that were let in, and then not answered at all."""
    sent: set[Press] = field(default_factory=set)
    told: dict[Press, Receipt] = field(default_factory=dict)
    posts: int = 0
    retries: int = 0
    lost: set[Press] = field(default_factory=set)
    """Presses that the death of the process left without an answer at least once."""
    sent_again: dict[Press, float] = field(default_factory=dict)
    """When those were sent for the time that was answered."""
    in_flight: int = 0
    _stopping: bool = False

    def begin(self) -> None:
        """A new poll."""
        self._stopping = False

    def stop(self) -> None:
        """Let everybody finish the press that he is at."""
        self._stopping = True

    async def vote(self, poll: PollId, voter: PersonId, member: PersonId) -> None:
        """Give that member's voice in that poll, and change one's mind until `stop`."""
        revision = 0
        while not self._stopping:
            press = Press(poll, voter, member, revision, self.chance.choice(list(Choice)))
            self.sent.add(press)
            times = 2 if self.chance.random() < DOUBLE else 1
            async with asyncio.TaskGroup() as presses:
                answers = [presses.create_task(self._until_told(press)) for _ in range(times)]
            receipts = {answer.result() for answer in answers}
            if len(receipts) != 1:
                raise Unexpected(receipts)
            self.told[press] = receipts.pop()
            revision += 1
            await asyncio.sleep(self.chance.uniform(*BETWEEN))

    async def _until_told(self, press: Press) -> Receipt:
        while True:
            self.posts += 1
            self.in_flight += 1
            began = time.time()
            try:
                card = await self._post(press)
            except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                self.lost.add(press)
                is_refused = isinstance(error, aiohttp.ClientConnectorError)
                self.refused += is_refused
                self.cut += not is_refused
                card = None
            finally:
                self.in_flight -= 1
            if card is not None:
                if press in self.lost:
                    self.sent_again.setdefault(press, began)
                return _receipt(card, int(press.member != press.voter))
            self.retries += 1
            await asyncio.sleep(AGAIN_AFTER)

    async def _post(self, press: Press) -> Mapping[str, object] | None:
        """The card that answers; None when one is asked to press again."""
        data: dict[str, str | int] = {"poll": press.poll, "revision": press.revision}
        if press.member != press.voter:
            data["member"] = press.member
        body = orjson.dumps(self.world.press(press.voter, press.choice.value, **data))
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.world.token()}"}
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        url = f"http://127.0.0.1:{self.chance.choice([self.port, *self.others])}{ADDRESS}"
        async with self.session.post(url, data=body, headers=headers, timeout=timeout) as response:
            if response.status != 200:
                raise Unexpected(response.status)
            answer = orjson.loads(await response.read())
        match answer:
            case {"type": "application/vnd.microsoft.card.adaptive", "value": dict(card)}:
                return card
            case {"type": "application/vnd.microsoft.error"}:
                return None
            case _:
                raise Unexpected(answer)


def _receipt(card: Mapping[str, object], place: int) -> Receipt:
    """The receipt of the voice at that place on the card: one's own comes first."""
    body = card["body"]
    voices = [box for box in body if box["type"] == "Container"] if isinstance(body, list) else []
    said = orjson.dumps(voices[place]).decode() if place < len(voices) else ""
    seqs, leaves = SEQ.findall(said), LEAF.findall(said)
    if len(seqs) != 1 or len(leaves) != 1:
        raise Unexpected(card)
    return Receipt(int(seqs[0]), leaves[0])
