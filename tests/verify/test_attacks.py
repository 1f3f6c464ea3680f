"""What somebody would try: each attack makes at least one answer false, and the right one."""

import io
import re
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from tests.kit import journals
from tests.kit.minutes import SignedMinutes, sign_prepared, sign_story, signed, signing_time
from tests.verify.test_verify import NOW
from voting.journal.keys import SigningKey
from voting.minutes.document import draw_up
from voting.minutes.render import render
from voting.minutes.sign import seal
from voting.minutes.signatories import signatories
from voting.rebuild import rebuild
from voting.verify import Report, verify
from voting.wording import catalogue


def judged(pdf: bytes, document: SignedMinutes | None = None) -> Report:
    known = document or signed()
    return verify(pdf, now=NOW, trust=known.trust, vkeys=signed().vkeys)


def says_no(report: Report) -> set[str]:
    """What is false, each with its sentence in both languages."""
    assert not report.is_verified
    assert all(report.as_json(catalogue(language)) for language in ("fr", "en"))
    return {f"{name}.{answer.code}" for name, answer in report.answers() if answer.ok is False}


def revision_ends(pdf: bytes) -> list[int]:
    return [found.end() for found in re.finditer(rb"%%EOF\r?\n?", pdf)]


def update(pdf: bytes, change: str) -> bytes:
    """An incremental update that anybody can append."""
    target = io.BytesIO(pdf)
    writer: Any = IncrementalPdfFileWriter(target)
    alter(writer, change)
    writer.write_in_place()
    return target.getvalue()


def alter(writer: Any, change: str) -> None:
    """That change, in whatever revision the writer makes."""
    if change == "page":
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        while "/Kids" in page:
            page = page["/Kids"][0].get_object()
        stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Rejected) Tj ET")
        page["/Contents"] = writer.add_object(stream)
        writer.update_container(page)
    elif change == "journal":
        names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        spec = next(names[i + 1].get_object() for i in range(0, len(names), 2) if str(names[i]) == "journal.jsonl")
        spec["/EF"]["/F"] = writer.add_object(generic.StreamObject(stream_data=signed("middle").sealed.journal))
        writer.update_container(spec)
    else:
        writer.root["/Lang"] = generic.TextStringObject("en")
        writer.update_container(writer.root)


@pytest.mark.parametrize("change", ["page", "journal", "language"])
def test_an_update_appended_after_the_signatures(change: str) -> None:
    assert "updates.tail" in says_no(judged(update(signed().pdf, change)))


@pytest.mark.parametrize("change", ["page", "journal"])
def test_a_page_or_the_journal_replaced_between_two_signatures(change: str) -> None:
    """The chair has signed; what the secretary and the timestamp then cover is another document."""
    document = signed()
    certified = document.pdf[: revision_ends(document.pdf)[1]]
    changed = update(certified, change)
    report = judged(sign_prepared(changed, document.minutes, keys=document.keys, skip=1), document)
    assert "updates.changed_after" in says_no(report)


@pytest.mark.parametrize("change", ["page", "journal", "language"])
def test_the_document_changed_before_anybody_signs(change: str) -> None:
    """In a revision of its own, or hidden in that of the chair's signature: every signature then covers the lie."""
    document = signed()
    apart = update(document.prepared, change)
    for pdf in (sign_prepared(apart, document.minutes, keys=document.keys), _hidden_in_the_first(document, change)):
        report = verify(pdf, now=NOW, trust=document.trust, vkeys=document.vkeys, rebuild=rebuild)
        assert "updates.changed_before" in says_no(report)


def _hidden_in_the_first(document: SignedMinutes, change: str) -> bytes:
    chair = signatories(document.minutes)[0]
    writer = IncrementalPdfFileWriter(io.BytesIO(document.prepared))
    alter(writer, change)
    metadata = PdfSignatureMetadata(
        field_name=chair.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = document.keys.signers[chair.person].cms_signer()
    certified = PdfSigner(metadata, signer).sign_pdf(writer, existing_fields_only=True).getvalue()
    return sign_prepared(certified, document.minutes, keys=document.keys, skip=1)


def test_another_document_behind_the_one_that_is_made_again() -> None:
    """The bytes of the journal's own document come first, and no table leads to them."""
    document = signed()
    with pikepdf.open(io.BytesIO(document.prepared)) as pdf:
        pdf.pages[0].contents_add(b"BT /F1 12 Tf 72 700 Td (Rejected) Tj ET")
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    ahead = len(document.prepared)
    head, mark, table = out.getvalue().rpartition(b"\nxref\n")
    moved = re.sub(rb"(\d{10})(?= \d{5} n)", lambda found: b"%010d" % (int(found[1]) + ahead), table)
    moved = re.sub(rb"(?<=startxref\n)\d+", lambda found: b"%d" % (int(found[0]) + ahead), moved)
    buried = sign_prepared(document.prepared + head + mark + moved, document.minutes, keys=document.keys)
    report = verify(buried, now=NOW, trust=document.trust, vkeys=document.vkeys, rebuild=rebuild)
    assert says_no(report) == {"rebuild.buried"}


def test_the_second_signature_stripped() -> None:
    pdf = signed().pdf
    assert {"signatures.missing", "timestamps.missing"} <= says_no(judged(pdf[: revision_ends(pdf)[1]]))


def test_the_timestamp_stripped() -> None:
    pdf = signed().pdf
    assert says_no(judged(pdf[: revision_ends(pdf)[2]])) == {"timestamps.missing"}


@pytest.mark.parametrize("garbage", [b"\n", b" ", b"\0", b"%%EOF\n", b"<html>", b"%PDF-1.7\n%%EOF\n"])
def test_garbage_appended(garbage: bytes) -> None:
    assert not judged(signed().pdf + garbage).is_intact


def test_bytes_put_before_the_file() -> None:
    assert not judged(b"%PDF-1.7\n" + signed().pdf).is_intact


def test_a_whole_document_made_again_by_somebody_without_any_key() -> None:
    story = journals.small()
    forged = journals.sealed(story.events, key=SigningKey.generate(journals.KEY.name))
    document = sign_story(story, forged, forger="somebody else")
    report = verify(document.pdf, now=NOW, trust=signed().trust, vkeys=signed().vkeys)
    assert says_no(report) == {"signatures.untrusted", "timestamps.untrusted", "checkpoint.other_key"}


def test_a_vote_moved_with_the_tree_made_again_without_the_key() -> None:
    """Chair and secretary sign it all the same: the journal key, which they do not have, gives it away."""
    lines = journals.sealed(journals.small().events).journal.splitlines()
    votes = [place for place, line in enumerate(lines) if b'"vote.cast/1"' in line]
    lines[votes[0]], lines[votes[1]] = (
        lines[votes[0]].replace(b'"choice":"against"', b'"choice":"for"'),
        lines[votes[1]].replace(b'"choice":"against"', b'"choice":"abstention"'),
    )
    for key in (SigningKey.generate(journals.KEY.name), SigningKey.generate("other.example")):
        document = sign_story(journals.small(), journals.sealed_lines(lines, key=key))
        assert {"checkpoint.other_key", "recount.count.votes_for"} <= says_no(judged(document.pdf, document))


def test_the_ballots_of_two_polls_swapped_under_the_old_checkpoint() -> None:
    honest = journals.sealed(journals.small().events)
    other = {b'"p4"': b'"p5"', b'"p5"': b'"p4"'}
    lines = [
        re.sub(rb'"p[45]"', lambda found: other[found[0]], line) if b'"vote.cast/1"' in line else line
        for line in honest.journal.splitlines(keepends=True)
    ]
    document = sign_story(journals.small(), journals.Sealed(b"".join(lines), honest.checkpoint, honest.vkey))
    found = says_no(judged(document.pdf, document))
    assert found == {"checkpoint.other_root", "recount.malformed", "mandates.malformed"}


@pytest.mark.parametrize("kept", [1, 20, -1])
def test_a_truncated_journal(kept: int) -> None:
    honest = journals.sealed(journals.small().events)
    short = b"".join(honest.journal.splitlines(keepends=True)[:kept])
    document = sign_story(journals.small(), journals.Sealed(short, honest.checkpoint, honest.vkey))
    assert {"journal.no_end", "checkpoint.other_size"} <= says_no(judged(document.pdf, document))


def test_a_journal_cut_in_the_middle_of_a_line() -> None:
    honest = journals.sealed(journals.small().events)
    document = sign_story(journals.small(), journals.Sealed(honest.journal[:-10], honest.checkpoint, honest.vkey))
    assert "journal.malformed" in says_no(judged(document.pdf, document))


def test_a_journal_of_a_newer_version_says_so() -> None:
    """Everything is signed and sealed in order; this program does not know one of the events."""
    lines = journals.sealed(journals.small().events).journal.splitlines()
    place = next(n for n, line in enumerate(lines) if b'"floor.ended/1"' in line)
    lines[place] = lines[place].replace(b'"floor.ended/1"', b'"floor.ended/9"')
    document = sign_story(journals.small(), journals.sealed_lines(lines))
    report = judged(document.pdf, document)
    assert "journal.newer" in says_no(report)
    assert "plus ancien que le journal" in report.detail("journal", catalogue("fr"))
    assert report.signatures.ok and report.checkpoint.ok


def test_the_checkpoint_of_another_sitting() -> None:
    honest = journals.sealed(journals.small().events)
    other = journals.sealed_lines(honest.journal.splitlines(), sitting="another")
    document = sign_story(journals.small(), journals.Sealed(honest.journal, other.checkpoint, honest.vkey))
    assert says_no(judged(document.pdf, document)) == {"checkpoint.other_sitting"}


@pytest.mark.parametrize("name", ["journal.jsonl", "checkpoint.txt", "annex.txt"])
def test_an_attachment_doubled_or_added_before_signing(name: str) -> None:
    document = signed()
    with pikepdf.open(io.BytesIO(document.prepared)) as pdf:
        spec = pikepdf.AttachedFileSpec(
            pdf, b"{}\n", filename=name, description="", mime_type="", creation_date="", mod_date=""
        )
        names = pdf.Root.Names.EmbeddedFiles
        while "/Kids" in names:
            names = names.Kids[0]
        names.Names.extend([pikepdf.String(name), spec.obj])
        out = io.BytesIO()
        pdf.save(out)
    report = judged(sign_prepared(out.getvalue(), document.minutes, keys=document.keys), document)
    assert says_no(report) == {"journal.strange" if name == "annex.txt" else "journal.doubled"}


def test_a_text_that_is_not_the_journals() -> None:
    """Everybody signs a document whose pages tell another sitting than the journal inside: only rebuilding shows it."""
    honest = journals.sealed(journals.small().events)
    told = draw_up(journals.small().events)
    lie = journals.small()
    poll = next(place for place, e in enumerate(lie.events) if type(e).__name__ == "PollClosed")
    printed = draw_up([*lie.events[: poll - 1], *lie.events[poll:]])
    prepared = render(printed, honest.journal, honest.checkpoint)
    document = signed()
    pdf = sign_prepared(prepared, told, keys=document.keys)
    report = verify(pdf, now=NOW, trust=document.trust, vkeys=document.vkeys, rebuild=rebuild)
    assert says_no(report) == {"rebuild.differs"}


def test_somebody_else_signs_in_the_secretarys_place() -> None:
    document = signed()
    keys = dict(document.keys.signers)
    people = list(keys)
    swapped = {people[0]: keys[people[0]], people[1]: keys[people[0]]}
    pdf = sign_prepared(document.prepared, document.minutes, keys=document.keys, signers=swapped)
    report = judged(pdf, document)
    assert (report.signatures.ok, report.signatures.code) == (None, "other_name")
    assert not report.is_verified


def test_a_chair_who_certifies_nothing_or_lets_the_pages_be_annotated() -> None:
    document = signed()
    for permission in (MDPPerm.ANNOTATE, None):
        pdf = _signed_with(document, permission)
        assert "signatures.not_certified" in says_no(judged(pdf, document))


def _signed_with(document: SignedMinutes, permission: MDPPerm | None) -> bytes:
    """Signed by both in order, the chair with another policy than ours."""
    pdf = document.prepared
    for place, who in enumerate(signatories(document.minutes)):
        metadata = PdfSignatureMetadata(
            field_name=who.field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=place == 0 and permission is not None,
            docmdp_permissions=permission or MDPPerm.FILL_FORMS,
        )
        signer = document.keys.signers[who.person].cms_signer()
        target = IncrementalPdfFileWriter(io.BytesIO(pdf))
        pdf = PdfSigner(metadata, signer).sign_pdf(target, existing_fields_only=True).getvalue()
    return seal(pdf, document.keys.authority, signing_time(document.minutes))
