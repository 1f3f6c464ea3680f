"""A file ready to be handed over, and why one could not be made."""

from dataclasses import dataclass

from voting.domain.assembly import Body
from voting.minutes.facts import Minutes
from voting.wording import Catalogue

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file: its name, its media type, its bytes."""

    name: str
    kind: str
    content: bytes


class ExportBlocked(Exception):
    """Something is missing for that one paper, or it may not be made of this sitting.

    Its sentence is ``papers.blocked.<code>``, and says what to fill in.
    """

    def __init__(self, code: str, **fields: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def sentence(self, texts: Catalogue) -> str:
        """What is missing, by its name."""
        return texts(f"papers.blocked.{self.code}", **self.fields)


def must_be_public(minutes: Minutes) -> None:
    """A tender committee publishes nothing (R47): its tenders are secret."""
    if minutes.convened.body is Body.TENDER_COMMITTEE:
        raise ExportBlocked("tender")
