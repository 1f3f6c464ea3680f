"""Performs a staged story in one meeting: lets its people in, has them listen, follows the chair to the end."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.simulation import deeds
from bot.simulation.chair import SimulatedChair, StoryStuck
from bot.simulation.company import Company
from bot.simulation.dice import dice
from bot.simulation.hall import Hall
from bot.simulation.staging import Staging
from voting.domain.ids import PersonId

__all__ = ["Outcome", "StoryStuck", "perform"]

ARRIVING = 8.0
"""Seconds of the story over which people arrive."""
CARD_SECONDS = 5.0
"""Real seconds that somebody looks for a card before he types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a performance."""

    answers: Mapping[str, int]
    """How many presses were answered by a card, a notice or an error, how many had to be made again or were lost."""


async def perform(hall: Hall, staging: Staging, chapter: Callable[[str], None] = lambda code: None) -> Outcome:
    """Play the whole sitting. Raises ``StoryStuck`` when the bot keeps refusing the next step."""
    company = Company(hall, staging)
    chair = SimulatedChair(company, lambda: _everybody_in(company), chapter)
    listening = [asyncio.create_task(m.listen(), name=f"member-{p}") for p, m in company.members.items()]
    leading = asyncio.create_task(chair.lead(), name="chair")
    try:
        await asyncio.wait([leading, *listening], return_when=asyncio.FIRST_COMPLETED)
        failed = next((task for task in listening if task.done()), None)
        if failed is not None:
            await failed  # raises what broke it: nobody stops listening by himself
        await leading
    finally:
        for task in (leading, *listening):
            task.cancel()
        await asyncio.gather(leading, *listening, return_exceptions=True)
    return Outcome(answers=Counter(hall.answers))


async def _everybody_in(company: Company) -> None:
    """Those who answer the roll call do so one by one, while the others settle their proxies from where they are."""
    hall = company.hall
    chair = company.part("chair")
    await hall.client.meeting(chair.person, hall.meeting, "Start")
    coming = [person for person in company.staging.arrivals if person not in company.staging.real]
    await hall.client.connect(hall.meeting, [hall.people[p] for p in coming])
    arriving = (_arrive(company, person) for person in coming)
    await asyncio.gather(deeds.play(company, company.staging.before), *arriving)


async def _arrive(company: Company, person: PersonId) -> None:
    actor = company.actor(person)
    await company.hall.pace.wait(dice(company.staging.seed, "arrival", person).uniform(0, ARRIVING))
    await actor.until(lambda: actor.button("present", company.hall.meeting), CARD_SECONDS)
    await actor.use("present")
