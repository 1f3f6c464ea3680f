"""From typed words to commands, in both languages."""

import pytest

from bot.commands import COMMANDS, vocabulary
from bot.commands.words import Heard, fold

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("typed", "name", "argument"),
    [
        ("présent", "present", ""),
        ("PRESENT", "present", ""),
        ("  présente ! ", "present", ""),
        ("parole", "floor", ""),
        ("rappel", "point_of_order", ""),
        ("retirer", "withdraw", ""),
        ("retirer pouvoir", "revoke", ""),
        ("pour", "for", ""),
        ("contre pour Martin", "against", "pour Martin"),
        ("abstention", "abstention", ""),
        ("nppv", "not_taking_part", ""),
        ("pouvoir à Le Goff", "proxy", "Le Goff"),
        ("accepter", "accept", ""),
        ("refuser", "decline", ""),
        ("déport", "recuse", ""),
        ("mes votes", "my_votes", ""),
        ("aide", "help", ""),
        ("besoin d’aide", "need_help", ""),
        ("séance", "sitting", ""),
        ("nouvelle séance", "new_sitting", ""),
        ("membres", "members", ""),
        ("ordre du jour", "agenda", ""),
        ("ouvrir", "open", ""),
        ("appel", "roll_call", ""),
        ("quorum", "quorum", ""),
        ("secrétaire Dupont", "secretary", "Dupont"),
        ("point 12", "item", "12"),
        ("suivant", "next", ""),
        ("donner Dupont", "give", "Dupont"),
        ("fin", "end", ""),
        ("clore la liste", "close_list", ""),
        ("vote", "vote", ""),
        ("vote secret", "secret_ballot", ""),
        ("voter", "ballot", ""),
        ("clore", "close", ""),
        ("proclamer", "proclaim", ""),
        ("annuler le vote carte erronée", "annul", "carte erronée"),
        ("suspendre", "suspend", ""),
        ("reprendre", "resume", ""),
        ("reporter dossier incomplet", "postpone", "dossier incomplet"),
        ("lever", "lift", ""),
        ("pv", "minutes", ""),
        ("exports", "exports", ""),
        ("état", "state", ""),
        ("quitter", "leave", ""),
        ("présent Dupont", "present", "Dupont"),
        ("absent Dupont", "absent", "Dupont"),
        ("voix Dupont contre", "voice", "Dupont contre"),
        ("présidence Dupont", "chair", "Dupont"),
        ("my ballot", "ballot", ""),
        ("for for Martin", "for", "for Martin"),
        ("abstain", "abstention", ""),
        ("not voting", "not_taking_part", ""),
        ("decline", "decline", ""),
        ("revoke proxy", "revoke", ""),
        ("leave", "leave", ""),
        ("secret ballot", "secret_ballot", ""),
        ("voice Dupont against", "voice", "Dupont against"),
    ],
)
def test_a_command_is_heard(typed: str, name: str, argument: str) -> None:
    assert WORDS.hear(typed) == Heard(name=name, argument=argument)


@pytest.mark.parametrize("typed", ["", "bonjour à tous", "je suis pour ce rapport", "présenter", "suivant svp"])
def test_ordinary_talk_is_not_a_command(typed: str) -> None:
    assert WORDS.hear(typed) is None


@pytest.mark.parametrize(
    ("typed", "name"), [("abstansion", "abstention"), ("presant", "present"), ("cloturer la liste", "close_list")]
)
def test_a_slip_finds_its_command(typed: str, name: str) -> None:
    assert name in WORDS.nearest(typed)


def test_no_two_commands_share_a_form() -> None:
    from bot.texts import catalogue

    for language in ("fr", "en"):
        forms = [fold(f) for name in COMMANDS for f in catalogue(language)(f"words.{name}").split("|")]
        assert len(forms) == len(set(forms))
