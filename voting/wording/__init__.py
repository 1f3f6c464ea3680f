"""The sentences that cards, minutes and verify share, made from codes and figures.

Answers for: finding them. Leaves what only the bot says to `bot.texts`.
"""

from functools import cache
from pathlib import Path

from voting.wording.catalogue import Catalogue, load

__all__ = ["Catalogue", "catalogue"]


@cache
def catalogue(language: str = "fr") -> Catalogue:
    """The shared sentences of a language, read once."""
    return load(Path(__file__).parent, language)
