"""The thresholds of the law, in whole numbers: 77 → 39, 26 for a third, 52 for two thirds."""

from voting.domain.standing_orders import MORE_THAN_HALF, Threshold

HALF = Threshold(numerator=1, denominator=2)
THIRD = Threshold(numerator=1, denominator=3)
TWO_THIRDS = Threshold(numerator=2, denominator=3)
SIXTH = Threshold(numerator=1, denominator=6)


def more_than_half(seats: int) -> int:
    """The smallest number that is more than half: 77 → 39, 25 → 13, 6 → 4."""
    return MORE_THAN_HALF.of(seats)
