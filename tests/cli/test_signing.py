"""``hemicycle minutes``: from a closed sitting to a signed file, and every wrong way to ask for it."""

import asyncio
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from bot.cli.signing import PASSWORD as VARIABLE
from bot.installation import open_sql_core
from bot.rim import journal_key
from tests.cli.conftest import Run
from tests.domain.test_life import APPROVE
from tests.kit import journals
from tests.kit import sittings as kit
from tests.kit.minutes import signed
from tests.kit.pki import Pki, authority
from tests.signing.test_elsewhere import service
from voting.domain import commands as c
from voting.domain.tally import Choice
from voting.minutes.document import draw_up
from voting.minutes.render import render

SECRET = "un mot de passe"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    with authority(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, pki: Pki, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the prepared minutes of the small sitting, two keys and the authority."""
    (tmp_path / "pv.pdf").write_bytes(signed().prepared)
    (tmp_path / "root.pem").write_bytes(pki.trust)
    (tmp_path / "journal.vkey").write_text("\n".join(signed().vkeys))
    for file, name in (("chair.p12", "Hélène Castaing"), ("secretary.p12", "Rémi Durand")):
        (tmp_path / file).write_bytes(pki.signer(name).pkcs12(SECRET, pki.issuing.certificate))
    monkeypatch.setenv(VARIABLE, SECRET)
    return tmp_path


def test_from_a_closed_sitting_to_the_page_of_the_signature_book(run: Run, tmp_path: Path) -> None:
    async def hold() -> None:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        convocation = kit.standing_committee()
        steps = (*kit.polled(convocation, kit.first(20)), *kit.votes(Choice.FOR, range(1, 15)), *kit.settled())
        for step in (*steps, c.CloseSitting(by=kit.CLERK)):
            await core.writer.submit(kit.SITTING, step)
        await core.close()

    asyncio.run(hold())
    code, said, err = run("minutes", "prepare", kit.SITTING, "--out", "pv.pdf")
    assert (code, "se signe une fois arrêté" in err, (tmp_path / "pv.pdf").exists()) == (1, True, False)
    assert run("minutes", "submit", kit.SITTING)[0] == 0
    approve(tmp_path)
    code, said, err = run("minutes", "prepare", kit.SITTING, "--out", "pv.pdf")
    assert (code, (tmp_path / "pv.pdf").is_file()) == (0, True)
    assert "Empreinte SHA-256" in said
    assert "à signer maintenant" in said
    assert run("minutes", "show", "pv.pdf")[1] == said
    before = (tmp_path / "pv.pdf").read_bytes()
    code, _, err = run("minutes", "prepare", kit.SITTING, "--out", "pv.pdf")
    assert (code, (tmp_path / "pv.pdf").read_bytes()) == (1, before)
    assert "existe déjà" in err
    assert run("minutes", kit.SITTING, "--out", "projet.pdf")[0] == run("minutes", "draft", kit.SITTING)[0] == 0
    code, _, err = run("minutes", "show", "projet.pdf")
    assert code == 2
    assert "projet ou une répétition" in err


def approve(folder: Path) -> None:
    """As if the next sitting had voted it."""

    async def settle() -> None:
        key = journal_key(folder / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{folder / 'data' / 'h.sqlite3'}", key)
        await core.writer.submit(kit.SITTING, APPROVE)
        await core.close()

    asyncio.run(settle())


def test_two_signatures_and_a_verdict(run: Run, desk: Path, pki: Pki, monkeypatch: pytest.MonkeyPatch) -> None:
    anchors = ("--trust", "root.pem", "--tsa", pki.tsa)
    code, said, _ = run("minutes", "sign", "pv.pdf", "--pkcs12", "chair.p12", "--role", "chair", *anchors)
    assert code == 0
    assert "M. Rémi Durand, Le secrétaire de séance – à signer maintenant" in said.replace("\u00a0", " ")
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("HEMICYCLE_TSA_URL", pki.tsa)
    (desk / "password").write_text(f"{SECRET}\n")
    words = ("sign", "pv-signe-1.pdf", "--pkcs12", "secretary.p12", "--password-file", "password")
    code, said, _ = run("minutes", *words, "--trust", "root.pem")
    assert code == 0
    assert "Tout est signé" in said
    code, said, _ = run("verify", "pv-signe-2.pdf", "--trust", "root.pem", "--vkey", "journal.vkey", "--rebuild")
    assert code == 0


def test_a_service_elsewhere_then_the_timestamp(run: Run, desk: Path, pki: Pki) -> None:
    code, said, _ = run("minutes", "digest", "pv.pdf")
    assert code == 0
    digest = bytes.fromhex(said.splitlines()[0].rpartition(" ")[2])
    (desk / "chair.p7s").write_bytes(service(pki, "Hélène Castaing", digest))
    code, said, _ = run("minutes", "embed", "pv-attente.pdf", "chair.p7s")
    assert code == 0
    assert "ne porte pas d’horodatage" in said
    code, _, _ = run("minutes", "sign", "pv-signe-1.pdf", "--pkcs12", "secretary.p12", "--out", "all.pdf")
    assert code == 0
    code, _, err = run("minutes", "seal", "all.pdf")
    assert code == 1
    assert "--tsa" in err
    assert run("minutes", "seal", "all.pdf", "--trust", "root.pem", "--tsa", pki.tsa)[0] == 0
    assert run("verify", "all-signe-3.pdf", "--trust", "root.pem", "--vkey", "journal.vkey")[0] == 0


def test_a_parapheur_gives_the_file_back(run: Run, desk: Path, pki: Pki) -> None:
    run("minutes", "sign", "pv.pdf", "--pkcs12", "chair.p12", "--out", "back.pdf")
    code, said, _ = run("minutes", "accept-return", "pv.pdf", "back.pdf", "--trust", "root.pem", "--out", "kept.pdf")
    assert code == 0
    assert "Hélène Castaing" in said
    assert "mènent à celle que vous reconnaissez" in said
    assert (desk / "kept.pdf").read_bytes() == (desk / "back.pdf").read_bytes()
    run("minutes", "sign", "kept.pdf", "--pkcs12", "secretary.p12", "--out", "both.pdf")
    anchors = ("--trust", "root.pem", "--tsa", pki.tsa)
    code, said, _ = run("minutes", "accept-return", "kept.pdf", "both.pdf", *anchors)
    assert (code, (desk / "both-signe-3.pdf").is_file()) == (0, True)
    code, _, err = run("minutes", "accept-return", "both.pdf", "back.pdf")
    assert code == 1
    assert "réécrit" in err
    code, said, _ = run("minutes", "accept-return", "kept.pdf", "both.pdf")
    assert (code, "Autorités non jugées" in said) == (0, True)
    assert "hemicycle verify both.pdf --trust" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("sign", "pv.pdf"), 2, "Donnez une seule clé"),
        (("sign", "pv.pdf", "--pkcs12", "chair.p12", "--pkcs11", "x.so"), 2, "Donnez une seule clé"),
        (("sign", "pv.pdf", "--pkcs11", "x.so", "--token", "t"), 2, "Donnez une seule clé"),
        (("sign", "pv.pdf", "--pkcs11", "x.so", "--token", "t", "--label", "l"), 2, "n’existe pas"),
        (("sign", "none.pdf", "--pkcs12", "chair.p12"), 2, "n’existe pas ou ne peut pas être lu"),
        (("sign", "chair.p12", "--pkcs12", "chair.p12"), 2, "Ce n’est pas un fichier PDF"),
        (("sign", "pv.pdf", "--pkcs12", "pv.pdf"), 2, "n’est pas une clé PKCS#12"),
        (("sign", "pv.pdf", "--pkcs12", "secretary.p12"), 1, "la signature attendue est celle de Hélène Castaing"),
        (("sign", "pv.pdf", "--pkcs12", "chair.p12", "--role", "secretary"), 1, "Hélène Castaing doit signer d’abord"),
        (("sign", "pv.pdf", "--pkcs12", "chair.p12", "--role", "roi"), 2, "incorrecte"),
        (("sign", "pv.pdf", "--pkcs12", "chair.p12", "--tsa", "ici"), 2, "n’est pas l’adresse"),
        (("sign", "pv.pdf", "--pkcs12", "chair.p12", "--trust", "pv.pdf"), 2, "n’en est pas un"),
        (("sign", "pv.pdf", "--pkcs12", "chair.p12", "--password", "x"), 2, "incorrecte"),
        (("embed", "pv.pdf", "pv.pdf"), 2, "n’attend pas une signature"),
        (("seal", "pv.pdf", "--tsa", "http://127.0.0.1:9/"), 1, "manque encore"),
        (("accept-return", "pv.pdf", "pv.pdf"), 1, "Rien n’a été signé"),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_changes_nothing(
    run: Run, desk: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = {path.name: path.read_bytes() for path in desk.iterdir() if path.is_file()}
    got, out, err = run("minutes", *words)
    assert (got, out) == (code, "")
    assert said in err
    assert SECRET not in err
    assert {path.name: path.read_bytes() for path in desk.iterdir() if path.is_file()} == before


def test_a_wrong_password_and_none_at_all(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "faux")
    code, _, err = run("minutes", "sign", "pv.pdf", "--pkcs12", "chair.p12")
    assert (code, "mot de passe de la clé est faux" in err) == (2, True)
    monkeypatch.delenv(VARIABLE)
    code, _, err = run("minutes", "sign", "pv.pdf", "--pkcs12", "chair.p12")
    assert (code, VARIABLE in err) == (2, True)
    assert sorted(path.name for path in desk.glob("*.pdf")) == ["pv.pdf"]


def foreign_pdf() -> bytes:
    """A sound file that somebody else made."""
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def of_a_newer_version() -> bytes:
    """Minutes whose journal holds an event that this program does not know."""
    lines = journals.sealed(journals.small().events).journal.splitlines()
    place = next(n for n, line in enumerate(lines) if b'"floor.ended/1"' in line)
    lines[place] = lines[place].replace(b'"floor.ended/1"', b'"floor.ended/9"')
    sealed = journals.sealed_lines(lines)
    return render(draw_up(journals.small().events), sealed.journal, sealed.checkpoint)


@pytest.mark.parametrize(
    ("file", "key", "said"),
    [
        ("foreign.pdf", "chair.p12", "n’est pas un procès-verbal d’Hémicycle"),
        ("half.pdf", "chair.p12", "incomplet"),
        ("newer.pdf", "chair.p12", "plus ancien que le journal"),
        ("pv.pdf", "expired.p12", "est périmé depuis le"),
    ],
)
def test_a_file_or_a_certificate_of_no_use_is_named_and_nothing_changes(
    run: Run, desk: Path, pki: Pki, file: str, key: str, said: str
) -> None:
    (desk / "foreign.pdf").write_bytes(foreign_pdf())
    (desk / "half.pdf").write_bytes(signed().pdf[: len(signed().pdf) // 2])
    (desk / "newer.pdf").write_bytes(of_a_newer_version())
    long_ago = pki.now - timedelta(days=30)
    expired = pki.signer("Hélène Castaing", since=long_ago, until=pki.now - timedelta(days=1))
    (desk / "expired.p12").write_bytes(expired.pkcs12(SECRET, pki.issuing.certificate))
    before = {path.name: path.read_bytes() for path in desk.iterdir() if path.is_file()}
    code, out, err = run("minutes", "sign", file, "--pkcs12", key)
    assert (out, said in err) == ("", True), err
    assert code in (1, 2)
    assert {path.name: path.read_bytes() for path in desk.iterdir() if path.is_file()} == before
