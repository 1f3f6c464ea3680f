"""What a button carries. A payload comes back from the client: it is a hint, checked again against the state.

Never a name, a role or a weight: who presses is known from the verified token alone.
"""

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_ID = Field(default=None, max_length=128)


class Payload(BaseModel):
    """Typed content of ``Action.Execute`` (and of its ``Action.Submit`` fallback, which also carries ``verb``).

    Unknown keys are dropped: Teams and old cards add their own.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    sitting: str | None = _ID
    poll: str | None = _ID
    member: str | None = _ID
    """Whose voice; absent = the presser's own."""
    revision: int | None = Field(default=None, ge=0, le=10_000)
    """State of the ballot that the presser saw (0 = not voted yet)."""
    option: str | None = _ID
    """For whom or for what, in a choice among several; ``abstention`` and ``not_taking_part`` for nobody."""
    person: str | None = _ID
    """Somebody else: the holder of a proxy, the speaker, the secretary. Also the id of the ``Input.ChoiceSet``s."""
    item: str | None = _ID
    before: str | None = _ID
    """The item that one is moved before; absent: it is moved to the end."""
    request: str | None = _ID
    text: str | None = Field(default=None, max_length=4_000)
    """What was typed in an ``Input.Text`` of that id."""
    said: str | None = Field(default=None, max_length=4_000)
    """What was said in a speaking turn."""
    note: str | None = Field(default=None, max_length=1_000)
    """What whoever helped writes of it."""
    kind: str | None = Field(default=None, max_length=20)
    """Of a sitting to convene, with what stands below; or what is stated of the sitting."""
    day: str | None = Field(default=None, max_length=10)
    hour: str | None = Field(default=None, max_length=5)
    since: str | None = Field(default=None, max_length=5)
    """From that hour on, of a proxy; ``until`` likewise."""
    until: str | None = Field(default=None, max_length=5)
    proxy: str | None = Field(default=None, max_length=40)
    """Which one of that person's: the instant at which it begins, or ``EVERY``."""
    remote: str | None = Field(default=None, max_length=5)
    """``true``: the summons that went out says that one may take part from afar (R14)."""
    mode: str | None = Field(default=None, max_length=10)
    """Where its members are; ``summoned`` is the day on which the summons went out."""
    summoned: str | None = Field(default=None, max_length=10)
    urgent: str | None = Field(default=None, max_length=5)
    """``true``: convened in an emergency, with the shorter delay (R31)."""
    orders: str | None = Field(default=None, max_length=100_000)
    """Its standing orders, pasted; absent: nothing beyond the law."""
    members: str | None = Field(default=None, max_length=100_000)
    """The lines of the members file, pasted; ``agenda`` likewise."""
    agenda: str | None = Field(default=None, max_length=100_000)
    way: str | None = Field(default=None, max_length=20)
    """How a poll is held; also says that a form of that way was filled in."""
    lasts: str | None = Field(default=None, max_length=8)
    """How long a poll is to last, in seconds; ``usual``: as the standing orders say."""
    choice: str | None = Field(default=None, max_length=20)
    """The answer of whoever is called by name, recorded by the staff."""
    majority: str | None = Field(default=None, max_length=60)
    article: str | None = Field(default=None, max_length=1_000)
    letter: str | None = Field(default=None, max_length=2)
    against: str | None = Field(default=None, max_length=8_000)
    """Of a show of hands: ids or names, parted by commas; the two below and ``marked`` likewise."""
    abstention: str | None = Field(default=None, max_length=8_000)
    not_taking_part: str | None = Field(default=None, max_length=8_000)
    marked: str | None = Field(default=None, max_length=8_000)
    envelopes: int | None = Field(default=None, ge=0, le=10_000)
    """Of a secret ballot; the four below are its papers."""
    votes_for: int | None = Field(default=None, ge=0, le=10_000)
    votes_against: int | None = Field(default=None, ge=0, le=10_000)
    blank: int | None = Field(default=None, ge=0, le=10_000)
    invalid: int | None = Field(default=None, ge=0, le=10_000)
    paper: str | None = Field(default=None, max_length=20)
    """Which paper of the sitting is wanted as a file."""
    page: int | None = Field(default=None, ge=1, le=1_000)
    """Which page of a long list."""
    screen: str | None = Field(default=None, max_length=20)
    """The card that the button is on, where that same card goes on afterwards: ``cues``, the chair's."""


EVERY = "all"
"""In ``proxy``: all of that person's."""
_FIELDS = frozenset(Payload.model_fields)


class BadPayload(Exception):
    """The payload is not one of ours."""


def read(data: object) -> Payload:
    """The payload of a press. Raises ``BadPayload``."""
    try:
        return Payload.model_validate(data if isinstance(data, dict) else {})
    except ValidationError as error:
        raise BadPayload(str(error)) from error


def write(**fields: str | int | None) -> dict[str, str | int]:
    """The ``data`` of a button: only what is set. Raises ``BadPayload`` for a field that no payload has."""
    unknown = fields.keys() - _FIELDS
    if unknown:
        raise BadPayload(f"unknown fields {sorted(unknown)}")
    return {name: value for name, value in fields.items() if value is not None}
