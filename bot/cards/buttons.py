"""Buttons by verb: the title from the catalogue, the payload typed, the fallback for clients of before 2021."""

from collections.abc import Sequence

from bot.cards import payloads
from bot.cards.about import About
from bot.cards.elements import NAME, Element, clean
from bot.texts import Catalogue
from voting.domain.ids import PersonId, PollId
from voting.domain.tally import Choice
from voting.service.views.member import VoiceView

CHOICES = (Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART)
"""In the order of the buttons and of the results."""


def execute(verb: str, title: str, *, skips_form: bool = False, **data: str | int | None) -> Element:
    """A button with that title. One that skips the form beside it works while that form is still empty."""
    payload = payloads.write(**data)
    shown = clean(title, 2 * NAME)
    button: Element = {"type": "Action.Execute", "title": shown, "verb": verb, "data": payload}
    fallback: Element = {"type": "Action.Submit", "title": shown, "data": {"verb": verb, **payload}}
    if skips_form:
        button["associatedInputs"] = fallback["associatedInputs"] = "none"
    return {**button, "fallback": fallback}


def press(
    verb: str, about: About | None, texts: Catalogue, *, skips_form: bool = False, **data: str | int | None
) -> Element:
    """The button of that verb with its usual title, for that sitting."""
    sitting = about.sitting if about is not None else None
    return execute(verb, texts(f"card.button.{verb}"), skips_form=skips_form, sitting=sitting, **data)


def staying(screen: str, element: Element) -> Element:
    """The same element; once a button in it is pressed, that screen goes on in the place of its card."""
    kept = dict(element)
    for part in ("body", "items"):
        held = element.get(part)
        if isinstance(held, list):
            kept[part] = [staying(screen, one) for one in held]
    rows = element.get("actions")
    if isinstance(rows, list):
        kept["actions"] = [_staying(screen, button) if "verb" in button else button for button in rows]
    return kept


def _staying(screen: str, button: Element) -> Element:
    payload = payloads.write(screen=screen)
    data, fallback = button["data"], button["fallback"]
    if not isinstance(data, dict) or not isinstance(fallback, dict):
        raise TypeError("no button of execute()")
    return {
        **button,
        "data": {**data, **payload},
        "fallback": {**fallback, "data": {**fallback["data"], **payload}},
    }


def own_choices(about: About, poll: PollId, revision: int, texts: Catalogue) -> list[Element]:
    """The four answers, for the voice of whoever presses."""
    return [press(choice.value, about, texts, poll=poll, revision=revision) for choice in CHOICES]


def proxy_choices(about: About, poll: PollId, voice: VoiceView, name: str, texts: Catalogue) -> list[Element]:
    """The four answers, for a voice held by proxy."""
    return [
        execute(
            choice.value,
            texts("card.button.by_proxy", title=texts(f"card.button.{choice.value}"), name=name),
            sitting=about.sitting,
            poll=poll,
            member=voice.member.id,
            revision=voice.next_revision,
        )
        for choice in CHOICES
    ]


def short_names(voices: Sequence[VoiceView]) -> dict[PersonId, str]:
    """The last name of each member; with the first name where two share it."""
    last = [voice.member.last_name.casefold() for voice in voices]
    return {
        voice.member.id: clean(
            voice.member.name
            if last.count(voice.member.last_name.casefold()) > 1
            else voice.member.last_name or voice.member.name,
            NAME,
        )
        for voice in voices
    }
