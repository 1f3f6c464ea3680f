"""When it is said that Teams does not answer: not for one lost call, whichever process meets it, and not for ever."""

from datetime import timedelta

import pytest

from bot.silence import TOPIC, Outage, Silence
from tests.kit import sittings as kit
from tests.kit.waiting import until

NOW = kit.Clock().now()


class Said:
    """How often somebody may have to be told, and the word that is left for others."""

    def __init__(self) -> None:
        self.times = 0
        self.words: list[str] = []

    def changed(self) -> None:
        self.times += 1


def silence(said: Said, *, after: float = 0.0, stale: float = 60.0, back: float = 60.0) -> Silence:
    one = Silence(kit.Clock().now, said.changed, after=after, stale=stale, back=back)
    one.share(said.words.append)
    return one


async def test_one_lost_call_is_nothing() -> None:
    said = Said()
    one = silence(said, after=3600.0)
    for _ in range(3):
        one.heard(is_answer=False)
    one.heard(is_answer=True)
    assert (one.outage, one.seconds(), said.times, said.words) == (None, 0.0, 0, [])


async def test_a_silence_is_said_once_and_so_is_its_end() -> None:
    said = Said()
    one = silence(said)
    for _ in range(4):
        one.heard(is_answer=False)
    assert one.outage is not None
    assert (one.outage.until, said.times) == (None, 1)
    one.heard(is_answer=True)
    one.heard(is_answer=True)
    assert one.outage.until is not None
    assert said.times == 2
    assert one.seconds() == 0.0
    assert [word.split("/")[2] for word in said.words] == ["silent"] * 3 + ["back"], "each failure renews the word"
    one.close()


async def test_a_call_that_succeeds_in_between_begins_anew() -> None:
    said = Said()
    one = silence(said)
    one.heard(is_answer=False)
    one.heard(is_answer=True)
    one.heard(is_answer=False)
    assert one.outage is None


async def test_the_end_is_not_spoken_of_for_ever() -> None:
    said = Said()
    one = silence(said, back=0.01)
    one.heard(is_answer=False)
    one.heard(is_answer=False)
    one.heard(is_answer=True)
    await until(lambda: one.outage is None)
    assert said.times == 3


async def test_the_word_of_another_process_counts() -> None:
    said = Said()
    one = silence(said)
    one.told("journal_event/s1")
    assert said.times == 0
    one.told(f"{TOPIC}silent/{(NOW - timedelta(minutes=2)).isoformat()}")
    assert one.outage is not None
    assert one.seconds() == pytest.approx(120, abs=1)
    one.told(f"{TOPIC}back/{NOW.isoformat()}")
    assert one.outage == Outage(since=NOW - timedelta(minutes=2), until=NOW)
    assert said.words == [], "what others said is not said again"
    one.close()


async def test_a_word_that_is_not_renewed_is_forgotten() -> None:
    """The process that met the silence died, or its last word was lost."""
    said = Said()
    one = silence(said, stale=0.01)
    one.told(f"{TOPIC}silent/{NOW.isoformat()}")
    await until(lambda: one.outage is None)
    assert said.times == 2
    one.told(f"{TOPIC}back/{NOW.isoformat()}")
    assert said.times == 2
