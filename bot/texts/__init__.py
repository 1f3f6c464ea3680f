"""Every sentence that only the bot says, in French and in English.

Answers for: finding them, and which of our languages a Teams locale gets. Leaves shared sentences to `voting.wording`.
"""

from functools import cache
from pathlib import Path

from voting.wording.catalogue import LANGUAGES, Catalogue, load

__all__ = ["Catalogue", "catalogue", "language_of"]


@cache
def catalogue(language: str = "fr") -> Catalogue:
    """The bot's sentences of a language, read once."""
    return load(Path(__file__).parent, language)


def language_of(locale: str | None) -> str:
    """Our language for a Teams locale such as `en-GB`: French when it is absent or none of ours."""
    primary = (locale or "").replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else "fr"
