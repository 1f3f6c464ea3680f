"""Makes a picture of every card, and the page that shows them: ``guides/cards.md``.

    .venv/bin/python -m tests.tools.card_pictures [folder]

Drawn from the golden files by the library and the styles of the local room, at the width of a telephone. Only what has
changed is drawn again. To be run by hand after a change of a card, and looked at before it is committed.
"""

import argparse
import asyncio
import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright

from bot.web.pages import STATIC
from bot.web.room import CARDS as LIBRARY
from tests.tools.pictures import CHROMIUM, FOLDER, LARGEST, SHOWN, TooLarge

GOLDEN = Path(__file__).parents[1] / "golden" / "cards"
PICTURES = FOLDER / "cards"
PAGE = FOLDER.parent / "cards.md"
COLOURS = 24
WIDTH = 412
"""Points: a telephone's."""
STYLES = ("board.css", "room.css", "room-cards.css")
HEAD = """# Toutes les cartes

Chaque carte du bot, telle que la dessine la bibliothèque de Microsoft à la largeur d’un téléphone, avec des personnes
et des votes inventés. Dans Teams, les couleurs et les polices sont celles de votre thème ; les mots, les boutons et
leur ordre sont ceux-ci.
"""
FAMILIES = {
    "accounts": "Comptes reconnus",
    "agenda": "Ordre du jour",
    "amended": "Vote sur un point amendé",
    "annulled": "Scrutin annulé",
    "attendance": "Appel",
    "ballot": "Bulletin d’un membre",
    "choose": "Choisir une personne",
    "closed": "Scrutin clos",
    "closing": "Séance levée",
    "confirm": "Annuler un scrutin",
    "connected": "Connectés sans réponse",
    "console": "Conduite de la séance",
    "contest": "Choix entre plusieurs",
    "cue": "Conducteur de la présidence",
    "documents": "Documents",
    "exchange": "Échange d’écrits",
    "exercise": "Exercices",
    "grouped": "Vote groupé",
    "hands": "Vote à main levée",
    "help": "Aide",
    "home": "Ma séance",
    "incident": "Demande d’aide d’une personne",
    "incidents": "Demandes d’aide",
    "item": "Point en discussion",
    "live": "Chiffres en direct",
    "members": "Membres",
    "minutes": "Procès-verbal",
    "my": "Mes votes",
    "new": "Convoquer une séance",
    "note": "Note d’une intervention",
    "notes": "Notes des interventions",
    "notice": "Avis",
    "opening": "Séance convoquée",
    "order": "Ordre des points",
    "other": "Autre scrutin",
    "papers": "Bulletins de papier",
    "postpone": "Reporter un point",
    "proxy": "Pouvoir proposé",
    "quorum": "Quorum",
    "readiness": "Qui est prêt ?",
    "register": "Présence à plusieurs heures",
    "rehearsal": "Séance à blanc",
    "result": "Résultat",
    "resumption": "Reprise",
    "same": "Même vote",
    "spoken": "Voix donnée oralement",
    "state": "État de la séance",
    "suspension": "Suspension",
    "times": "Temps de parole",
    "turn": "Votre tour vient",
    "unknown": "Mot inconnu",
    "voting": "Carte du vote",
    "welcome": "Bienvenue",
    "which": "Choisir un pouvoir",
    "write": "Écrire aux membres",
}
"""By the first word of a card's name; a family without a line here bears that word."""


def cards() -> dict[str, str]:
    """Every card as it is drawn now, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(GOLDEN.glob("*.json"))}


def fingerprints(drawn: Mapping[str, str]) -> dict[str, str]:
    """Of each card, so that a test sees which picture is out of date."""
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in drawn.items()}


def page(drawn: Mapping[str, str]) -> str:
    """The page: a heading for each family, a picture for each card with what it says aloud."""
    lines = [HEAD]
    for family, names in groupby(drawn, key=lambda name: name.partition("_")[0]):
        lines.append(f"## {FAMILIES.get(family, family)}\n")
        for name in names:
            lines.append(f"![{_spoken(drawn[name])}](images/cards/{name}.png)\n")
    return "\n".join(lines)


def _spoken(text: str) -> str:
    """What a screen reader says of that card, without what markdown would read."""
    return "".join(sign for sign in str(json.loads(text)["speak"]) if sign not in "[]()*_`<>\\\n")


async def make(folder: Path, program: str, drawn: Mapping[str, str]) -> list[Path]:
    """The pictures that are missing or out of date; those of no card are taken away. Raises ``TooLarge``."""
    kept = _kept(folder)
    now = fingerprints(drawn)
    wanted = [name for name in drawn if kept.get(name) != now[name] or not (folder / f"{name}.png").is_file()]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        sheet = await browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light", locale="fr-FR")
        await _prepare(sheet)
        made = [await _draw(sheet, json.loads(drawn[name]), folder / f"{name}.png") for name in wanted]
        await browser.close()
    for path in folder.glob("*.png"):
        if path.stem not in drawn:
            path.unlink()
    (folder / SHOWN).write_text(f"{json.dumps(now, indent=1)}\n", "utf-8")
    heavy = [path.name for path in made if path.stat().st_size > LARGEST]
    if heavy:
        raise TooLarge(", ".join(heavy))
    return made


def _kept(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    shown = folder / SHOWN
    return dict(json.loads(shown.read_text("utf-8"))) if shown.is_file() else {}


async def _prepare(sheet: Page) -> None:
    await sheet.set_content(
        '<!doctype html><html lang="fr"><body style="margin:0"><main id="card"></main></body></html>'
    )
    for name in STYLES:
        await sheet.add_style_tag(path=STATIC / name)
    await sheet.add_style_tag(content="main { padding: 6px } .card-box { padding: 14px }")
    await sheet.add_script_tag(path=LIBRARY)
    await sheet.add_script_tag(path=STATIC / "room-cards.js")


async def _draw(sheet: Page, card: object, path: Path) -> Path:
    await sheet.evaluate(
        """(json) => {
          const box = Object.assign(document.createElement("div"), { className: "card-box" });
          box.append(window.cards.draw(json, () => {}));
          document.getElementById("card").replaceChildren(box);
        }""",
        card,
    )
    _save(await sheet.locator(".card-box").screenshot(), path)
    return path


def _save(photographed: bytes, path: Path) -> None:
    """With the few colours that a card has: a quarter of the weight."""
    with Image.open(BytesIO(photographed)) as whole:
        flat = whole.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat.save(path, "PNG", optimize=True)


def main() -> None:
    """Make them, and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    folder = parser.parse_args().folder
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        parser.error("chromium is not on this machine: apt-get install chromium")
    drawn = cards()
    for path in asyncio.run(make(folder, program, drawn)):
        sys.stdout.write(f"{path} {path.stat().st_size}\n")
    if folder == PICTURES:
        PAGE.write_text(page(drawn), "utf-8")


if __name__ == "__main__":
    main()
