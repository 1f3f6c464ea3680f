"""The signed head of the journal, shown to the whole meeting so that each attendee is a witness."""

from bot.cards.elements import Element, code, group, line, run
from bot.texts import Catalogue


def checkpoint_lines(note: str, texts: Catalogue) -> list[Element]:
    """The note line by line, after one sentence that says what it is for; nothing when there is none."""
    lines = [text for text in note.splitlines() if text.strip()]
    if not lines:
        return []
    return [
        group(
            line(run(texts("card.checkpoint"), subtle=True, size="Small")),
            *(code(text) for text in lines),
            separator=True,
            spacing="Medium",
        )
    ]
