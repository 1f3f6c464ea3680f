"""Chance that can be told again: the same seed, the same story."""

import random


def dice(*seed: str | int) -> random.Random:
    """A generator of its own for whatever these words name."""
    return random.Random("/".join(map(str, seed)))  # noqa: S311  behaviour, not secrets
