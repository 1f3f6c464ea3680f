"""The arithmetic of thresholds, in whole numbers."""


def more_than_half(seats: int) -> int:
    """The smallest number that is more than half: 77 → 39, 25 → 13, 6 → 4."""
    return seats // 2 + 1
