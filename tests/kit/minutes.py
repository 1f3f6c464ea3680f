"""Signed minutes to verify and to attack. Making keys is slow: each kind of sitting is signed once in a run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from tests.kit import journals
from voting.minutes.demo_keys import DemoKeys, make_demo_keys
from voting.minutes.document import draw_up
from voting.minutes.facts import Minutes
from voting.minutes.render import render
from voting.minutes.sign import sign
from voting.minutes.signatories import signatories
from voting.wording import catalogue

SITTINGS: dict[str, Callable[[], journals.Story]] = {
    "small": journals.small,
    "tender": journals.tender_committee,
    "middle": lambda: journals.large(25, 6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedMinutes:
    """A finished document with everything that a verifier may be given."""

    minutes: Minutes
    sealed: journals.Sealed
    prepared: bytes
    pdf: bytes
    keys: DemoKeys

    @property
    def trust(self) -> list[bytes]:
        return [self.keys.ca_pem]

    @property
    def vkeys(self) -> list[str]:
        return [self.sealed.vkey]


@cache
def signed(name: str = "small") -> SignedMinutes:
    """The minutes of that sitting, signed by demonstration keys five minutes after its close."""
    story = SITTINGS[name]()
    return sign_story(story, journals.sealed(story.events))


def sign_story(story: journals.Story, sealed: journals.Sealed) -> SignedMinutes:
    """The minutes of that sitting with whatever journal is given, signed by fresh demonstration keys."""
    minutes = draw_up(story.events)
    assert minutes.closed is not None
    prepared = render(minutes, sealed.journal, sealed.checkpoint)
    at = minutes.closed.at + timedelta(minutes=5)
    people = {s.person: minutes.roll[s.person].full_name for s in signatories(minutes)}
    keys = make_demo_keys(people, at, catalogue("fr"))
    pdf = sign(prepared, minutes, keys.signers, keys.authority, at)
    return SignedMinutes(minutes=minutes, sealed=sealed, prepared=prepared, pdf=pdf, keys=keys)
