"""The hour at which a vote was announced to end stands in the minutes, beside the one at which it was closed."""

from tests.kit import journals
from tests.kit.journals import CLERK
from voting.domain import commands as c
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.sheet import Proof, compose
from voting.wording import catalogue

PROOF = Proof(origin="hemicycle/3f1c9a52e07b4d68", size=61, root="a root")


def test_the_course_of_the_poll_names_the_announced_hour() -> None:
    story = journals.convened(journals.roll(5), journals.agenda(2))
    story.attend("m001", "m002", "m003", "m004", "c1")
    story.do(c.OpenSitting(by=CLERK))
    for seconds in (120, None):
        story.call()
        story.open_poll(seconds=seconds)
        story.vote()
        story.proclaim()
    story.do(c.CloseSitting(by=CLERK))
    for language, words in (("fr", "annoncé jusqu’à "), ("en", "announced until ")):
        text = reading(compose(draw_up(story.events), catalogue(language), PROOF))
        assert text.count(words) == 1
