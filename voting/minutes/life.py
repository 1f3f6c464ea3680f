"""What the document says of itself: what was put right after the sitting, and the vote that approved it."""

from collections.abc import Iterator

from voting.domain import events as e
from voting.minutes.blocks import Block, Paragraph, Section
from voting.minutes.scribe import Scribe
from voting.wording.sentences import approval_figures


def life(s: Scribe) -> Iterator[Section]:
    """One section; none where nothing was corrected and nothing approved."""
    blocks = tuple(_blocks(s))
    if blocks:
        yield Section(level=1, title=s.texts("minutes.section.life"), blocks=blocks)


def _blocks(s: Scribe) -> Iterator[Block]:
    for event in s.minutes.life:
        match event:
            case e.MinutesCorrected():
                day = s.calendar.day(s.calendar.local(event.at).date())
                name = s.people.full(event.by)
                yield Paragraph(text=s.texts("minutes.life.corrected", date=day, name=name), style="about")
                yield from (Paragraph(text=text) for text in event.text.split("\n"))
            case e.MinutesApproved():
                yield Paragraph(text=_approved(s, event), style="verdict")
            case _:
                pass


def _approved(s: Scribe, event: e.MinutesApproved) -> str:
    vote = event.approval
    return s.texts(
        "minutes.life.approved",
        date=s.calendar.day(s.calendar.local(vote.proclaimed_at).date()),
        item=vote.item,
        poll=vote.poll,
        figures=approval_figures(s.texts, vote),
        sitting=vote.sitting,
        line=vote.line,
    )
