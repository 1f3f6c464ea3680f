"""What can come of a call to Teams besides success.

Answers for: telling apart "never again", "later" and "nobody knows". Leaves what to do about it to the outbox.
"""


class DeliveryError(Exception):
    """A call to Teams did not succeed. `status` is None when no answer came."""

    def __init__(self, code: str, status: int | None = None) -> None:
        super().__init__(code if status is None else f"{status} {code}")
        self.code = code
        self.status = status


class Rejected(DeliveryError):
    """Teams will never accept it as it is: blocked, uninstalled, unknown, too big. Do not send it again."""

    @property
    def is_gone(self) -> bool:
        """The conversation, message or person is no longer within the bot's reach."""
        return self.status in (403, 404, 410)


class Unavailable(DeliveryError):
    """Nothing was done, in spite of retries: try later, with what is then the newest state."""

    def __init__(self, code: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(code, status)
        self.retry_after = retry_after


class Uncertain(DeliveryError):
    """A message may or may not have been posted. Posting it again could show it twice."""
