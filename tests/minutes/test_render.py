"""The PDF: archival and accessible, the same bytes everywhere, its journal inside."""

import hashlib
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.kit import archival, journals
from voting.domain.assembly import AgendaItem
from voting.domain.ids import item_id
from voting.minutes.document import draw_up
from voting.minutes.render import BadCheckpoint, render

ROOT = Path(__file__).parents[2]
_DIGEST = """
import hashlib
from tests.kit import journals
from voting.minutes.document import draw_up
from voting.minutes.render import render
story = journals.small()
sealed = journals.sealed(story.events)
print(hashlib.sha256(render(draw_up(story.events), sealed.journal, sealed.checkpoint)).hexdigest())
"""


@pytest.fixture(scope="module")
def prepared() -> bytes:
    story = journals.small()
    sealed = journals.sealed(story.events)
    return render(draw_up(story.events), sealed.journal, sealed.checkpoint)


def test_it_conforms_to_pdf_a_3a_and_pdf_ua_1(prepared: bytes) -> None:
    assert archival.faults(prepared) == []


def test_the_gate_sees_a_fault(prepared: bytes) -> None:
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        del pdf.Root.Lang
        broken = io.BytesIO()
        pdf.save(broken)
    assert archival.faults(broken.getvalue())


def test_the_bytes_are_the_same_in_another_process_zone_and_language(prepared: bytes, tmp_path: Path) -> None:
    for surroundings in (
        {"TZ": "Pacific/Auckland", "LANG": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Lima", "LANG": "fr_FR.UTF-8", "PYTHONHASHSEED": "2"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={**surroundings, "PYTHONPATH": str(ROOT), "PATH": ""},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == hashlib.sha256(prepared).hexdigest()


_UPGRADED = """
import sys
from pathlib import Path
from tests.kit import journals
from voting.minutes.document import draw_up
from voting.minutes.render import TEMPLATES, render, toolchain
assert Path(sys.argv[1]) in TEMPLATES.parents
story = journals.small()
sealed = journals.sealed(story.events)
before = render(draw_up(story.events), sealed.journal, sealed.checkpoint), toolchain()
template = TEMPLATES / "minutes.typ"
template.write_text(template.read_text().replace("40pt", "38pt"))
after = render(draw_up(story.events), sealed.journal, sealed.checkpoint), toolchain()
print(before[0] != after[0] and before[1] != after[1])
"""


def test_a_process_that_outlives_an_upgrade_prints_as_it_says(tmp_path: Path) -> None:
    """The fingerprint is of the template that was used: other bytes, another fingerprint."""
    shutil.copytree(ROOT / "voting", tmp_path / "voting", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "kit", tmp_path / "tests" / "kit", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", _UPGRADED, str(tmp_path)],
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("True", 0), done.stderr


def test_the_journal_and_its_checkpoint_are_attached_byte_for_byte(prepared: bytes) -> None:
    sealed = journals.sealed(journals.small().events)
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        relations = [str(spec.AFRelationship) for spec in pdf.Root.AF]
    assert attached == {"journal.jsonl": sealed.journal, "checkpoint.txt": sealed.checkpoint}
    assert sorted(relations) == ["/Source", "/Supplement"]


def test_the_fields_wait_for_the_chair_the_secretary_and_the_seal(prepared: bytes) -> None:
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
        assert list(fields) == ["Signature_chair_m001", "Signature_secretary_m004", "Horodatage_1"]
        assert all("/V" not in f and int(f.StructParent) >= 0 for f in fields.values())
        assert "Castaing" in str(fields["Signature_chair_m001"].TU)
        assert list(map(str, fields["Signature_secretary_m004"].Lock.Fields)) == ["Horodatage_1"]


def test_a_draft_says_so_and_has_nothing_to_sign() -> None:
    story = journals.small()
    sealed = journals.sealed(story.events)
    draft = render(draw_up(story.events), sealed.journal, sealed.checkpoint, watermark="draft")
    with pikepdf.open(io.BytesIO(draft)) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_what_a_person_typed_is_printed_and_never_run() -> None:
    story = journals.convened(
        journals.roll(8),
        [AgendaItem(id=item_id(1), number="#1", title='#eval("1+1") *gras* @renvoi \\ $x$ <b> //')],
    )
    sealed = journals.sealed(story.events)
    assert render(draw_up(story.events), sealed.journal, sealed.checkpoint)


@pytest.mark.parametrize("checkpoint", [b"", b"one line\n", b"origin\nmany\nroot\n", b"\xff\xfe\n-1\nx\n"])
def test_a_checkpoint_that_is_none_is_refused(checkpoint: bytes) -> None:
    with pytest.raises(BadCheckpoint):
        render(draw_up(journals.small().events), b"{}\n", checkpoint)
