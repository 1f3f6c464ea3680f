"""What no rehearsal can have: minutes to sign, an export, a publication. Asked at the door of each of them."""

from voting.domain.ids import SittingId, is_rehearsal


class NotOfficial(ValueError):
    """A rehearsal was brought where only a real sitting may come."""

    def __init__(self, sitting: SittingId) -> None:
        """Nothing was made."""
        super().__init__(f"{sitting} is a rehearsal")
        self.sitting = sitting


def require_official(sitting: SittingId) -> None:
    """Raises ``NotOfficial`` for a rehearsal."""
    if is_rehearsal(sitting):
        raise NotOfficial(sitting)
