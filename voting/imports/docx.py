"""The paragraphs of a DOCX file, streamed from its main part.

Answers for: text as it would be printed with every revision accepted. Leaves sizes and hostile XML to `archive`.
"""

from voting.imports import archive

MAX_XML_BYTES = 20_000_000
_MAIN_PART = "word/document.xml"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The namespace that everybody writes, and that of the strict form of the standard."""
_SKIPPED = frozenset({"Fallback", "del", "moveFrom"})
"""Said elsewhere or struck out: a drawing's second version, a deletion, the old place of what was moved."""
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def paragraphs(content: bytes) -> list[str]:
    """Their texts in order; a line break inside one is kept. Raises `BadPackage`."""
    reader = _Reader()
    parser = archive.xml_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    archive.feed(parser, archive.part(content, _MAIN_PART, MAX_XML_BYTES))
    return reader.done


class _Reader:
    """Follows the elements as they open and close; a text box nests paragraphs in one another."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._open: list[list[str]] = []
        self._in_text = False
        self._skipping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        namespace, _, local = name.rpartition(" ")
        if self._skipping or local in _SKIPPED:
            self._skipping += 1
        elif namespace in _WORD:
            self._start_word(local)

    def end(self, name: str) -> None:
        """An element closes."""
        namespace, _, local = name.rpartition(" ")
        if self._skipping:
            self._skipping -= 1
        elif namespace in _WORD and local == "t":
            self._in_text = False
        elif namespace in _WORD and local == "p":
            self.done.append("".join(self._open.pop()))

    def characters(self, data: str) -> None:
        """Text, or the blanks between elements."""
        if self._in_text and self._open and not self._skipping:
            self._open[-1].append(data)

    def _start_word(self, local: str) -> None:
        if local == "p":
            self._open.append([])
        elif local == "t":
            self._in_text = True
        elif local in _SIGNS and self._open:
            self._open[-1].append(_SIGNS[local])
