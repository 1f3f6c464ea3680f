"""Simulated people: they see what a Teams client shows them and act by pressing its buttons and typing in its chats.

For the demo, rehearsals and load. ``script`` is the story as data, ``staging`` fits it to a roll and an agenda,
``play`` performs it. Nothing here reaches the core: every act is an activity posted to ``/api/messages``.
"""

from bot.simulation.play import Outcome, StoryStuck, perform
from bot.simulation.staging import Staging, stage

__all__ = ["Outcome", "Staging", "StoryStuck", "perform", "stage"]
