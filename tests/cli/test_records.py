"""Convening, listing and exporting from the command line, and every wrong way to ask for it."""

import asyncio
import json
from pathlib import Path

import pytest

from bot import samples
from bot.installation import open_sql_core
from bot.rim import journal_key
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from voting.domain import commands as c
from voting.domain.tally import Choice

FILES = ("--members", str(samples.MEMBERS), "--agenda", str(samples.AGENDA))


def test_a_sitting_is_convened_and_listed(run: Run) -> None:
    assert run("sittings", "list") == (0, "Aucune séance.\n", "")
    code, said, _ = run("sittings", "convene", *FILES, "--date", "2026-11-24T09:30", "--summoned", "2026-11-10")
    assert code == 0
    assert "60 personnes dont 25 votent, 29 points" in said
    code, listed, _ = run("sittings", "list", "--json")
    (row,) = json.loads(listed)
    assert (row["title"], row["phase"]) == ("Commission permanente du 24 novembre 2026", "convened")
    assert row["scheduled_for"] == "2026-11-24T08:30+00:00", "the hour typed is that of the assembly"
    code, text, _ = run("sittings", "list")
    assert row["sitting"] in text


def test_the_whole_sitting_as_json(run: Run, tmp_path: Path) -> None:
    async def hold() -> None:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        convocation = kit.standing_committee()
        steps = (*kit.polled(convocation, kit.first(20)), *kit.votes(Choice.FOR, range(1, 15)), *kit.settled())
        for step in steps:
            await core.writer.submit(kit.SITTING, step)
        await core.close()

    asyncio.run(hold())
    code, said, _ = run("export", kit.SITTING, "--format", "json")
    whole = json.loads(said)
    assert code == 0
    (poll,) = whole["polls"]
    assert poll["votes"] == {f"m{n:03}": "for" for n in range(1, 15)}
    assert poll["totals"]["no_answer"] == 6
    assert (poll["outcome"], whole["items"][0]["state"]) == ("adopted", "adopted")
    code, _, _ = run("export", kit.SITTING, "--out", str(tmp_path / "x.json"))
    assert code == 0
    assert json.loads((tmp_path / "x.json").read_text()) == whole


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("export", "nothing"), 1, "Aucune séance ne porte l’identifiant « nothing »"),
        (("export", "nothing", "--format", "doc"), 2, "« doc » n’est pas un format"),
        (("export", "nothing", "--format", "csv"), 1, "Aucune séance ne porte l’identifiant « nothing »"),
        (("minutes", "nothing"), 1, "Aucune séance ne porte l’identifiant"),
        (("sittings", "convene"), 2, "Commande ou option incorrecte"),
        (("sittings", "convene", *FILES, "--kind", "commune"), 2, "« commune » n’est pas un genre de séance"),
        (("sittings", "convene", *FILES, "--mode", "phone"), 2, "« phone » n’est pas une façon de se réunir"),
        (("sittings", "convene", *FILES, "--regime", "martial"), 2, "n’est pas un régime proposé"),
        (("sittings", "convene", *FILES, "--date", "demain"), 2, "« demain » n’est pas une date"),
        (("sittings", "convene", "--members", "none.csv", "--agenda", "none.csv"), 2, "n’existe pas"),
        (("serve",), 2, "HEMICYCLE_APP_ID, HEMICYCLE_TENANT_ID"),
        (("serve", "--local", "--host", "0.0.0.0"), 2, "seule l’adresse de cette machine"),  # noqa: S104
        (("serve", "--port", "99999999"), 2, "Commande ou option incorrecte"),
        (("verify", "none.pdf"), 2, "n’existe pas ou ne peut pas être lu"),
        (("demo", "--kind", "commune"), 2, "« commune »"),
        (("demo", "--speed", "0"), 2, "La vitesse doit être"),
        (("frobnicate",), 2, "hemicycle --help"),
    ],
)
def test_a_wrong_call_gets_one_sentence(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    got, out, err = run(*words)
    assert (got, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_every_problem_of_a_file_at_once_and_nothing_convened(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "members.csv"
    bad.write_text("id;civility;first_name;last_name;role;votes\nm1;M.;Paul;Petit;roi;1\nm2;M.;Luc;Long;member;oui!\n")
    code, _, err = run("sittings", "convene", "--members", str(bad), "--agenda", str(samples.AGENDA))
    assert code == 2
    assert "Ligne 2, colonne « role »" in err
    assert "Ligne 3, colonne « votes »" in err
    assert run("sittings", "list")[1] == "Aucune séance.\n"


def test_a_council_that_sits_is_exported_beside_the_server(run: Run) -> None:
    assert run("sittings", "convene", *FILES, "--kind", "council")[0] == 0
    assert "council" in run("sittings", "list", "--json")[1]


def test_english_is_spoken_to_english_people(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMICYCLE_LANGUAGE", "en")
    assert run("sittings", "list")[1] == "No sitting.\n"
    assert "No sitting has the identifier" in run("export", "nothing")[2]


def test_the_database_is_brought_up_to_date(run: Run) -> None:
    code, said, _ = run("migrate")
    assert code == 0
    assert "vide" in said


def test_doctor_says_what_is_missing(run: Run) -> None:
    code, said, _ = run("doctor", "--json")
    assert code in (0, 1)
    assert {f["state"] for f in json.loads(said)} <= {"ok", "warning", "problem"}


def test_a_setting_that_cannot_be_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMICYCLE_APP_TYPE", "x")
    code, _, err = run("migrate")
    assert code == 2
    assert "HEMICYCLE_APP_TYPE" in err


def test_a_database_address_that_cannot_be_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMICYCLE_DATABASE_URL", "mysql://nowhere/x")
    code, _, err = run("sittings", "list")
    assert code == 2
    assert "sqlite+aiosqlite:///" in err


def test_every_fault_of_the_record_has_its_sentence() -> None:
    from bot.texts import catalogue
    from voting.journal.faults import codes

    for language in ("fr", "en"):
        assert {f"journal.{code}" for code in codes()} <= set(catalogue(language).codes)


BODIES = ("council", "cpr", "cao", "department", "department_committee", "epci", "association")


@pytest.mark.parametrize("mode", ["room", "hybrid", "remote"])
@pytest.mark.parametrize("kind", BODIES)
def test_every_body_is_convened_wherever_its_members_are(run: Run, kind: str, mode: str) -> None:
    files = ("--members", str(samples.MEMBERS_CAO), "--agenda", str(samples.AGENDA_CAO)) if kind == "cao" else FILES
    asked = (*files, "--kind", kind, "--mode", mode, "--date", "2026-11-24T09:30", "--summoned", "2026-11-02")
    code, said, err = run("sittings", "convene", *asked)
    if (kind, mode) == ("epci", "room"):
        assert (code, said) == (1, "")
        assert "Aucune règle n’est écrite" in err
        return
    assert (code, err) == (0, "")
    assert "convoquée" in said


def test_the_law_of_2020_is_for_a_sitting_of_its_time(run: Run) -> None:
    asked = ("sittings", "convene", *FILES, "--regime", "emergency_2020", "--date")
    assert run(*asked, "2020-04-24T09:30")[0] == 0
    code, _, err = run(*asked, "2026-11-24T09:30")
    assert code == 1
    assert "a pris fin le 31 juillet 2022" in err
    assert "référence à confirmer" in err


def test_R50_a_tender_committee_may_deliberate_in_writing_and_no_other_body(run: Run) -> None:
    asked = ("sittings", "convene", *FILES, "--date", "2026-11-24T09:30", "--regime", "written_exchange")
    assert run(*asked, "--kind", "cao")[0] == 0
    for kind, mode in (("cpr", "remote"), ("council", "hybrid"), ("cao", "room")):
        code, _, err = run(*asked, "--kind", kind, "--mode", mode)
        assert code == 1
        assert "Aucune règle n’est écrite" in err


def test_standing_orders_come_from_a_file_or_are_refused_whole(run: Run, tmp_path: Path) -> None:
    orders = tmp_path / "ri.toml"
    orders.write_text('body = "cpr"\n[quorum]\nbase = "present"\n', "utf-8")
    asked = ("sittings", "convene", *FILES, "--date", "2026-11-24T09:30", "--standing-orders", str(orders))
    assert run(*asked)[0] == 0
    orders.write_text('body = "cpr"\n[proxies]\nper_holder = 3\n[quorom]\nbase = "present"\n', "utf-8")
    code, said, err = run(*asked)
    assert (code, said) == (2, "")
    assert "per_holder" in err
    assert "quorom" in err


def test_a_sitting_without_quorum_is_convened_again_from_the_server(run: Run, tmp_path: Path) -> None:
    async def fail() -> None:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        steps: list[c.SittingCommand] = [kit.standing_committee(), *kit.arrivals(kit.first(3))]
        for step in (*steps, c.RecordNoQuorum(by=kit.CLERK)):
            await core.writer.submit(kit.SITTING, step)
        await core.close()

    asyncio.run(fail())
    code, _, err = run("sittings", "reconvene", kit.SITTING, "--date", "2026-11-21T10:00")
    assert code == 1
    assert "avant le 23 novembre 2026" in err
    code, said, err = run("sittings", "reconvene", kit.SITTING)
    assert (code, err) == (0, "")
    assert "seconde convocation le 2026-11-23T11:00+01:00" in said
    assert run("sittings", "reconvene", "nothing")[0] == 1
    listed = json.loads(run("sittings", "list", "--json")[1])
    (second,) = [row["sitting"] for row in listed if row["sitting"] != kit.SITTING]
    code, _, err = run("sittings", "reconvene", second)
    assert code == 1
    assert "Seule une séance" in err
