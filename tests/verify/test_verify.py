"""The verdict on honest files, on files that are none, and on trust that is given, missing or misplaced."""

import io
import json
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest

from tests.kit import journals
from tests.kit.minutes import SITTINGS, signed
from voting.domain.ids import PersonId
from voting.journal.keys import SigningKey
from voting.minutes.demo_keys import make_demo_keys
from voting.rebuild import rebuild
from voting.verify import NAMES, BadAnchor, CannotRebuild, Rebuilt, Report, verify
from voting.verify.container import LARGEST
from voting.wording import catalogue

NOW = datetime(2026, 12, 1, tzinfo=UTC)
FR = catalogue("fr")


def trusting(pdf: bytes, name: str = "small") -> Report:
    return verify(pdf, now=NOW, trust=signed(name).trust, vkeys=signed(name).vkeys)


@pytest.mark.parametrize("name", SITTINGS)
def test_honest_minutes_are_verified_and_rebuilt(name: str) -> None:
    document = signed(name)
    report = verify(document.pdf, now=NOW, trust=document.trust, vkeys=document.vkeys, rebuild=rebuild)
    assert [(question, answer.ok) for question, answer in report.answers()] == [(n, True) for n in NAMES]
    assert report.is_verified


def test_years_later_the_archival_timestamp_still_carries_the_signatures() -> None:
    document = signed()
    report = verify(document.pdf, now=NOW + timedelta(days=3000), trust=document.trust, vkeys=document.vkeys)
    assert report.is_verified


def test_without_anchors_a_file_is_intact_and_never_verified() -> None:
    report = verify(signed().pdf, now=NOW)
    assert (report.is_intact, report.is_verified) == (True, False)
    assert (report.signatures.ok, report.timestamps.ok, report.checkpoint.ok) == (None, None, None)
    assert report.rebuild.ok is None
    assert "--trust" in report.summary(FR)


@pytest.mark.parametrize("anchored", ["trust", "vkeys"])
def test_one_anchor_alone_is_not_enough(anchored: str) -> None:
    document = signed()
    if anchored == "trust":
        report = verify(document.pdf, now=NOW, trust=document.trust)
    else:
        report = verify(document.pdf, now=NOW, vkeys=document.vkeys)
    assert (report.is_intact, report.is_verified) == (True, False)


def test_another_authority_does_not_vouch_for_the_signers() -> None:
    other = make_demo_keys({PersonId("m001"): "Somebody"}, NOW, FR).ca_pem
    report = verify(signed().pdf, now=NOW, trust=[other], vkeys=signed().vkeys)
    assert (report.signatures.code, report.timestamps.code) == ("untrusted", "untrusted")
    assert not report.is_intact


def test_another_journal_key_does_not_vouch_for_the_checkpoint() -> None:
    other = str(SigningKey.generate("elsewhere.example").vkey)
    assert verify(signed().pdf, now=NOW, vkeys=[other]).checkpoint.code == "other_key"


@pytest.mark.parametrize(
    ("trust", "vkeys", "code", "place"),
    [
        ([b"no certificate"], [], "certificate", 1),
        ([b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"], [], "certificate", 1),
        ([], ["no key"], "vkey", 1),
        ([], [journals.sealed(journals.small().events).vkey, "a+00000000+AQ=="], "vkey", 2),
    ],
)
def test_an_anchor_that_is_none_is_the_callers_mistake(
    trust: list[bytes], vkeys: list[str], code: str, place: int
) -> None:
    with pytest.raises(BadAnchor) as refused:
        verify(signed().pdf, now=NOW, trust=trust, vkeys=vkeys)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert FR(f"verify.anchor.{code}", place=place)


def _encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(signed().prepared)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"%PDF", "not_pdf"),
        (b"PK\x03\x04 a spreadsheet", "not_pdf"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
        (b"%PDF-1.7\n" + b"0" * LARGEST, "too_large"),
    ],
)
def test_what_is_no_readable_pdf_gets_one_clear_answer(raw: bytes, code: str) -> None:
    _check_unreadable(verify(raw, now=NOW), code)


def test_an_encrypted_file_says_so() -> None:
    _check_unreadable(verify(_encrypted(), now=NOW), "encrypted")


def _check_unreadable(report: Report, code: str) -> None:
    assert report.unreadable is not None and report.unreadable.code == code
    assert report.summary(FR) == FR(f"verify.file.{code}", **report.unreadable.fields)
    assert not report.is_verified and not report.is_intact
    assert all(answer.ok is not True for _, answer in report.answers())
    assert set(report.as_json(FR)) == set(NAMES)


def test_somebody_elses_pdf_has_no_signature_and_no_journal() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    report = verify(out.getvalue(), now=NOW)
    assert (report.signatures.code, report.journal.code, report.checkpoint.code) == ("unsigned", "missing", "missing")
    assert (report.recount.ok, report.mandates.ok, report.quorum.ok) == (None, None, None)
    assert not report.is_intact


def test_minutes_that_nobody_signed_are_read_and_not_verified() -> None:
    report = trusting(signed().prepared)
    assert (report.signatures.code, report.timestamps.code, report.updates.code) == ("unsigned", "missing", "unsigned")
    assert report.recount.ok and report.checkpoint.ok


@pytest.mark.parametrize("share", [0.1, 0.5, 0.7, 0.9, 0.999])
def test_a_half_downloaded_file_is_refused(share: float) -> None:
    pdf = signed().pdf
    assert not trusting(pdf[: int(len(pdf) * share)]).is_intact


def test_the_answers_for_scripts_are_plain_json_in_both_languages() -> None:
    report = trusting(signed().pdf)
    for language in ("fr", "en"):
        said = json.loads(json.dumps(report.as_json(catalogue(language))))
        assert list(said) == list(NAMES)
        assert all(set(answer) == {"ok", "detail"} and answer["detail"] for answer in said.values())


def test_rebuild_says_when_it_cannot_judge() -> None:
    document = signed()

    def with_other_versions(journal: bytes, checkpoint: bytes, language: str) -> Rebuilt:
        return Rebuilt(pdf=b"%PDF-1.7 something else", toolchain="hemicycle/9.9.9")

    def with_these_versions(journal: bytes, checkpoint: bytes, language: str) -> Rebuilt:
        made = rebuild(journal, checkpoint, language)
        return Rebuilt(pdf=made.pdf[:-1] + b"!", toolchain=made.toolchain)

    def not_at_all(journal: bytes, checkpoint: bytes, language: str) -> Rebuilt:
        raise CannotRebuild("no")

    for tool, ok, code in (
        (with_other_versions, None, "other_versions"),
        (with_these_versions, False, "differs"),
        (not_at_all, False, "impossible"),
    ):
        report = verify(document.pdf, now=NOW, trust=document.trust, vkeys=document.vkeys, rebuild=tool)
        assert (report.rebuild.ok, report.rebuild.code) == (ok, code)
        assert not report.is_verified
