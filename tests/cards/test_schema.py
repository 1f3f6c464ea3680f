"""Microsoft's own parser reads every card without a remark. Needs Node and the front end's packages."""

import json
import subprocess
from pathlib import Path

import pytest

import bot
from bot.texts import catalogue
from tests.cards import gallery, immense

PACKAGE = Path(bot.__file__).parent / "web" / "node_modules" / "adaptivecards"


def _remarks(node: str, cards: object) -> dict[str, list[str]]:
    if not PACKAGE.is_dir():
        pytest.skip("no bot/web/node_modules/adaptivecards: run `make venv` to fetch the front end's packages")
    script = str(Path(__file__).with_name("schema.cjs"))
    done = subprocess.run([node, script, str(PACKAGE)], input=json.dumps(cards), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_the_parser_has_nothing_to_say(node: str) -> None:
    texts = catalogue("fr")
    cards = {**gallery.golden(texts), **{f"worst_{n}": c for n, c in immense.extreme(texts).items()}}
    assert {name: said for name, said in _remarks(node, cards).items() if said} == {}


def test_the_parser_would_have_spoken(node: str) -> None:
    nameless = {"type": "Input.Text", "label": "?"}
    broken = {"type": "AdaptiveCard", "version": "1.5", "body": [nameless, {"type": "Blink", "text": "x"}]}
    assert len(_remarks(node, {"broken": broken})["broken"]) >= 2
