"""Makes minutes again from the journal that they carry, for the verifier: same journal, same bytes."""

from voting.domain.events import SittingEvent
from voting.journal.canonical import split_lines
from voting.journal.codec import Codec
from voting.journal.faults import JournalFault
from voting.journal.wire import WIRE
from voting.minutes.document import draw_up
from voting.minutes.render import render, toolchain
from voting.verify import CannotRebuild, Rebuilt
from voting.wording.catalogue import LANGUAGES


def rebuild(journal: bytes, checkpoint: bytes, language: str) -> Rebuilt:
    """The document as it was before anybody signed. ``CannotRebuild`` when that journal is not one that we can set."""
    if language not in LANGUAGES:
        raise CannotRebuild(language)
    codec: Codec[SittingEvent] = Codec(WIRE)
    try:
        minutes = draw_up(codec.decode(line).event for line in split_lines(journal))
        pdf = render(minutes, journal, checkpoint, language=language)
    except (JournalFault, LookupError, ValueError, RuntimeError) as error:  # a journal may be well written and absurd
        raise CannotRebuild(str(error)) from error
    return Rebuilt(pdf=pdf, toolchain=toolchain())
