"""Signed minutes to verify and to attack. Making keys is slow: each kind of sitting is signed once in a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from tests.kit import journals
from voting.domain.ids import PersonId
from voting.minutes.demo_keys import DemoKeys, DemoSigner, make_demo_keys
from voting.minutes.document import draw_up
from voting.minutes.facts import Minutes
from voting.minutes.render import render
from voting.minutes.scribe import scribe
from voting.minutes.sign import add_signature, seal
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


def sign_story(story: journals.Story, sealed: journals.Sealed, *, forger: str = "") -> SignedMinutes:
    """The minutes of that sitting with whatever journal is given; another ``forger`` has other keys."""
    minutes = draw_up(story.events)
    prepared = render(minutes, sealed.journal, sealed.checkpoint)
    people = tuple((s.person, minutes.roll[s.person].full_name) for s in signatories(minutes))
    keys = _keys(people, signing_time(minutes), forger)
    pdf = sign_prepared(prepared, minutes, keys=keys)
    return SignedMinutes(minutes=minutes, sealed=sealed, prepared=prepared, pdf=pdf, keys=keys)


@cache
def _keys(people: tuple[tuple[PersonId, str], ...], at: datetime, forger: str) -> DemoKeys:
    return make_demo_keys(dict(people), at, catalogue("fr"))


def sign_prepared(
    prepared: bytes,
    minutes: Minutes,
    *,
    keys: DemoKeys,
    signers: Mapping[PersonId, DemoSigner] | None = None,
    skip: int = 0,
) -> bytes:
    """That document signed by all but the first ``skip``, who have signed already, then sealed."""
    at, writer = signing_time(minutes), scribe(minutes, catalogue("fr"))
    pdf = prepared
    for signatory in signatories(minutes)[skip:]:
        signer = (signers or keys.signers)[signatory.person]
        pdf = add_signature(pdf, signatory, signer, keys.authority, at, writer)
    return seal(pdf, keys.authority, at)


def signing_time(minutes: Minutes) -> datetime:
    """Five minutes after the close."""
    assert minutes.closed is not None
    return minutes.closed.at + timedelta(minutes=5)
