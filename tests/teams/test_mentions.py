"""The words of a message, without the bot's own mention and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.mentions import plain_text
from tests.kit import teams
from tests.kit.teams import BOT, DURAND, MARTIN, mention


def plain(text: str, *entities: dict[str, Any], name: str = teams.BOT_NAME) -> str:
    return plain_text(text, list(entities), teams.BOT_ID, name)


@pytest.mark.parametrize(
    "text",
    [
        "<at>Hémicycle</at> pour",
        "<at>Hémicycle</at>&nbsp;pour",
        "<at>Hémicycle</at>\u00a0pour\n",
        "pour <at>Hémicycle</at>",
        '<at id="0">Hémicycle</at> pour',
        "<AT>hémicycle</AT>  pour",
        "<at>Hémicycle</at><at>Hémicycle</at> pour",
        "\u200b<at>Hémicycle</at> \ufeffpour",
    ],
)
def test_the_own_mention_goes(text: str) -> None:
    assert plain(text, mention(BOT)) == "pour"


def test_the_name_stays_where_it_is_not_a_mention() -> None:
    assert plain("<at>Robot</at> Robot vote", mention({"id": teams.BOT_ID, "name": "Robot"}), name="Robot") == (
        "Robot vote"
    )


def test_other_people_are_left_as_names() -> None:
    text = "<at>Hémicycle</at> donner <at>Jeanne Martin</at>, puis <at>Hugues Durand</at>"
    assert plain(text, mention(BOT), mention(MARTIN), mention(DURAND)) == "donner Jeanne Martin, puis Hugues Durand"


def test_a_person_who_bears_the_name_of_the_bot_is_kept() -> None:
    namesake = {"id": "29:1person", "name": teams.BOT_NAME}
    text = "<at>Hémicycle</at> donner <at>Hémicycle</at>"
    assert plain(text, mention(BOT), mention(namesake)) == "donner Hémicycle"


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("<at>Région &amp; Co</at> vote", "Région &amp; Co", "Région & Co"),
        ("<at>Région &amp; Co</at> vote", "Région & Co", "Région & Co"),
        ("<at>Région & Co</at> vote", "Région &amp; Co", "Région &amp; Co"),
        ("<at>Région&nbsp;Centre</at> vote", "Région Centre", "Région Centre"),
    ],
)
def test_escaped_names(text: str, written: str, name: str) -> None:
    assert plain(text, mention({"id": teams.BOT_ID, "name": name}, written=written), name=name) == "vote"


def test_a_shortened_mention_is_known_by_its_entity() -> None:
    assert plain("<at>Hémi</at> aide", mention(BOT, written="Hémi")) == "aide"


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "mention"},
        {"type": "mention", "mentioned": None},
        {"type": "mention", "mentioned": "28:x", "text": 3},
        {"type": "mention", "mentioned": {"id": None, "name": 7}, "text": "<at>"},
        {"type": "clientInfo", "locale": "fr-FR"},
        {},
    ],
)
def test_odd_entities_do_no_harm(entity: dict[str, Any]) -> None:
    assert plain("<at>Hémicycle</at> quorum", entity, mention(BOT)) == "quorum"


def test_a_mention_without_entity_is_known_by_the_name_of_the_bot() -> None:
    assert plain("<at>Hémicycle</at> état") == "état"
    assert plain("donner <at>Jeanne Martin</at>") == "donner Jeanne Martin"


def test_entities_and_spaces_are_made_plain() -> None:
    assert plain("annuler  le&nbsp;vote   R&amp;D &lt;1&gt;\r\n  motif ") == "annuler le vote R&D <1>\nmotif"


def test_characters_that_hide_or_reverse_go() -> None:
    assert plain("po\u202eur\u200b\u2066 x\u0007") == "pour x"


@given(st.text(max_size=80))
def test_any_text_comes_out_trimmed_and_without_own_mention(text: str) -> None:
    got = plain(f"<at>Hémicycle</at> {text}", mention(BOT))
    assert got == got.strip()
