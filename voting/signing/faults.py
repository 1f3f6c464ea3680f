"""Why nothing was signed. Each fault has its sentence in the catalogue, under ``signing.<code>``."""

from typing import TYPE_CHECKING

from voting.wording import Catalogue

if TYPE_CHECKING:  # the verifier is heavy, and every command knows these faults
    from voting.verify.report import Fields, Finding


class SigningFault(Exception):
    """Nothing was signed, and no file was changed."""

    def __init__(self, code: str, **fields: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.fields: Fields = fields

    def sentence(self, texts: Catalogue) -> str:
        """What it is, and what to do next."""
        return texts(f"signing.{self.code}", **self.fields)


class Unusable(SigningFault):
    """A file or a key that cannot be used for what was asked: wrong usage."""


class CannotSign(SigningFault):
    """The file and the key can be read, and yet may not make this signature."""


class UnreadablePdf(Unusable):
    """The verifier cannot open the file, and says why."""

    def __init__(self, finding: "Finding") -> None:
        super().__init__("unreadable")
        self.finding = finding

    def sentence(self, texts: Catalogue) -> str:
        """The verifier's own words."""
        return texts(f"verify.file.{self.finding.code}", **self.finding.fields)


class Unsound(CannotSign):
    """The verifier finds something false in the file: nobody should put his name under it."""

    def __init__(self, question: str, finding: "Finding") -> None:
        super().__init__("unsound")
        self.question = question
        self.finding = finding

    def sentence(self, texts: Catalogue) -> str:
        """The verifier's own words, in ours."""
        found = texts(f"verify.{self.question}.{self.finding.code}", **self.finding.fields)
        return texts("signing.unsound", found=found)
