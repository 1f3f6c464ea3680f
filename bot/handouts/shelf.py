"""Where the guides are: beside the sources in a checkout, inside the wheel once installed."""

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_SHIPPED = _HERE / "pages"
FOLDER = _SHIPPED if _SHIPPED.is_dir() else _HERE.parents[1] / "guides"
TEMPLATES = _HERE / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One guide for one kind of reader, in one language."""

    name: str
    language: str

    @property
    def path(self) -> Path:
        """Its file."""
        return FOLDER / (f"{self.name}.md" if self.language == "fr" else f"{self.language}/{self.name}.md")

    def read(self) -> str:
        """Its text."""
        return self.path.read_text("utf-8")


READERS = ("member", "chair", "clerk", "support", "administrator")
"""For whom there is a guide."""
IN_ENGLISH = ("member", "clerk")


def guides(language: str) -> tuple[Guide, ...]:
    """Those that there are in that language."""
    names = READERS if language == "fr" else IN_ENGLISH
    return tuple(Guide(name=name, language=language) for name in names)


def guide(name: str, language: str) -> Guide | None:
    """That guide, in French where it is not translated; None when there is none of that name."""
    if name not in READERS:
        return None
    return Guide(name=name, language=language if language == "fr" or name in IN_ENGLISH else "fr")
