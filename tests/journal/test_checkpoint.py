"""Signed notes, checkpoints and keys, against published notes and against every way to spoil them."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.journal.checkpoint import (
    MAX_NOTE,
    Checkpoint,
    open_checkpoint,
    open_note,
    origin_of,
    sign_checkpoint,
    sign_note,
    split_note,
)
from voting.journal.faults import KeyFault, NotCanonical
from voting.journal.keys import SigningKey, VerificationKey, from_base64, to_base64
from voting.journal.merkle import EMPTY_ROOT, leaf_hash

# The example of Go's golang.org/x/mod/sumdb/note, signed by another implementation than ours.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
GO_NOTE = f"{GO_TEXT}\n— PeterNeumann {GO_SIGNATURE}\n"

KEY = SigningKey.generate("hemicycle/test")
OTHER = SigningKey.generate("hemicycle/other")
HEAD = Checkpoint(origin_of("s1"), 42, leaf_hash(b"root"))
NOTE = sign_checkpoint(HEAD, KEY)


def test_opens_and_makes_the_published_note() -> None:
    status = open_note(GO_NOTE, [VerificationKey.parse(GO_VKEY)])
    assert status.holds
    assert status.signers == ("PeterNeumann",)
    key = SigningKey.parse(GO_SKEY)
    assert str(key.vkey) == GO_VKEY
    assert key.private_text() == GO_SKEY
    assert sign_note(GO_TEXT, key) == GO_NOTE


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    assert HEAD.text() == f"hemicycle/s1\n42\n{to_base64(HEAD.root)}\n"
    lines = NOTE.split("\n")
    assert lines[3] == ""
    assert lines[4].startswith("— hemicycle/test ")
    assert lines[5:] == [""]
    status = open_checkpoint(NOTE, [KEY.vkey], origin_of("s1"))
    assert status.holds
    assert status.claimed == HEAD


def test_the_empty_journal_has_a_checkpoint() -> None:
    empty = Checkpoint("hemicycle/s1", 0, EMPTY_ROOT)
    assert open_checkpoint(sign_checkpoint(empty, KEY), [KEY.vkey]).claimed == empty


def test_each_answer_is_given_apart() -> None:
    unknown = open_checkpoint(NOTE, [OTHER.vkey])
    assert (unknown.note.well_formed, unknown.note.known_key, unknown.holds) == (True, False, False)
    assert unknown.claimed == HEAD
    elsewhere = open_checkpoint(NOTE, [KEY.vkey], origin_of("s2"))
    assert (elsewhere.note.holds, elsewhere.origin_matches, elsewhere.holds) == (True, False, False)
    altered = open_checkpoint(NOTE.replace("\n42\n", "\n43\n"), [KEY.vkey])
    assert (altered.note.known_key, altered.note.signatures_match, altered.holds) == (True, False, False)
    prose = open_checkpoint(GO_NOTE, [VerificationKey.parse(GO_VKEY)])
    assert (prose.note.holds, prose.well_formed, prose.holds) == (True, False, False)
    assert not open_checkpoint("nothing", [KEY.vkey]).note.well_formed


def test_signatures_of_unknown_keys_are_ignored_and_a_spoilt_known_one_is_not() -> None:
    both = sign_checkpoint(HEAD, OTHER, KEY)
    assert open_note(both, [KEY.vkey]).signers == ("hemicycle/test",)
    assert open_note(both, [KEY.vkey, OTHER.vkey]).signers == ("hemicycle/other", "hemicycle/test")
    wrong = to_base64(KEY.vkey.key_id + OTHER.sign(HEAD.text().encode()))
    mixed = both + f"— {KEY.name} {wrong}\n"
    status = open_note(mixed, [KEY.vkey])
    assert (status.known_key, status.signatures_match, status.holds) == (True, False, False)
    same_name = SigningKey.generate(KEY.name)
    assert not open_note(NOTE, [same_name.vkey]).known_key


@given(st.integers(0, len(NOTE) - 1), st.integers(0, 0x2FF))
def test_no_other_character_will_do(position: int, codepoint: int) -> None:
    spoilt = NOTE[:position] + chr(codepoint) + NOTE[position + 1 :]
    status = open_checkpoint(spoilt, [KEY.vkey], origin_of("s1"))
    assert status.holds == (spoilt == NOTE)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert not open_checkpoint(text, [KEY.vkey]).holds


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        HEAD.text(),
        HEAD.text() + "\n",
        NOTE.rstrip("\n"),
        NOTE + "\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—  "),
        NOTE + "— name AAA=\n",
        NOTE + "— name AAAA\n",
        NOTE + "— name =\n",
        NOTE + "— name AAAAAAAB==\n",
        NOTE + "— name AB==\n",
        NOTE + "— na+me AAAAAAAA\n",
        NOTE + "— name AAAAAAAB\r\n",
        "\x00" + NOTE,
        "\ud800" + NOTE,
        HEAD.text() + "\n" + "— name AAAAAAAA\n" * 101,
        "x" * MAX_NOTE + NOTE,
    ],
)
def test_refuses_what_is_not_a_note(note: str) -> None:
    assert not open_note(note, [KEY.vkey]).well_formed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hemicycle/s1\n42\n",
        f"hemicycle/s1\n42\n{to_base64(HEAD.root)}",
        f"\n42\n{to_base64(HEAD.root)}\n",
        f"hemicycle/s1\n042\n{to_base64(HEAD.root)}\n",
        f"hemicycle/s1\n-1\n{to_base64(HEAD.root)}\n",
        f"hemicycle/s1\n٤٢\n{to_base64(HEAD.root)}\n",
        "hemicycle/s1\n42\nnothing\n",
        "hemicycle/s1\n42\nAAAA\n",
        f"hemicycle/s1\n42\n{to_base64(HEAD.root)}\n\n",
    ],
)
def test_refuses_what_is_not_a_checkpoint(text: str) -> None:
    with pytest.raises(NotCanonical, match="checkpoint"):
        Checkpoint.parse(text)


def test_extension_lines_of_others_are_kept() -> None:
    text = HEAD.text() + "witnessed\n"
    assert Checkpoint.parse(text).extensions == ("witnessed",)
    assert Checkpoint.parse(text).text() == text


@pytest.mark.parametrize("text", ["", "no line feed", "bell\x07\n", "carriage\r\n"])
def test_refuses_to_sign_what_a_note_cannot_hold(text: str) -> None:
    with pytest.raises(NotCanonical, match="note"):
        sign_note(text, KEY)


def test_a_note_splits_at_its_last_empty_line() -> None:
    note = sign_note("one\n\ntwo\n", KEY)
    assert split_note(note)[0] == "one\n\ntwo\n"
    assert open_note(note, [KEY.vkey]).holds


def test_a_vkey_survives_its_text() -> None:
    assert VerificationKey.parse(str(KEY.vkey) + "\n") == KEY.vkey


@pytest.mark.parametrize(
    ("vkey", "problem"),
    [
        ("", "format"),
        ("name+00000000", "format"),
        (GO_VKEY.replace("c74f", "c74e"), "key_id"),
        (GO_VKEY.replace("Peter", "Paul"), "key_id"),
        (GO_VKEY[:-4], "format"),
        (GO_VKEY[:-1] + "!", "format"),
        ("name+00000000+" + to_base64(b"\x02" + bytes(32)), "type"),
        ("+00000000+" + to_base64(b"\x01" + bytes(32)), "name"),
        ("na me+00000000+" + to_base64(b"\x01" + bytes(32)), "name"),
    ],
)
def test_refuses_a_bad_vkey(vkey: str, problem: str) -> None:
    with pytest.raises(KeyFault) as caught:
        VerificationKey.parse(vkey)
    assert caught.value.problem == problem


def test_refuses_a_bad_name_or_key_at_once() -> None:
    with pytest.raises(KeyFault, match="name"):
        SigningKey.generate("two words")
    with pytest.raises(KeyFault, match="format"):
        VerificationKey("name", b"short")


def test_a_private_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.key"
    KEY.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert SigningKey.load(path).vkey == KEY.vkey
    assert KEY.private_text() not in repr(KEY)
    with pytest.raises(KeyFault, match="exists"):
        OTHER.save(path)
    assert SigningKey.load(path).vkey == KEY.vkey


def test_refuses_a_private_key_that_others_may_have_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.key"
    KEY.save(path)
    os.chmod(path, 0o640)
    with pytest.raises(KeyFault) as caught:
        SigningKey.load(path)
    assert (caught.value.problem, caught.value.path) == ("permissions", str(path))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (GO_VKEY, "format"),
        (GO_SKEY.replace("c74f", "c74e"), "key_id"),
        ("PRIVATE+KEY+name", "format"),
        ("é", "format"),
    ],
)
def test_refuses_a_bad_private_key_file(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "journal.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(KeyFault) as caught:
        SigningKey.load(path)
    assert (caught.value.problem, caught.value.path) == (problem, str(path))


def test_says_that_there_is_no_private_key(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="unreadable"):
        SigningKey.load(tmp_path / "journal.key")


@given(st.binary())
def test_base64_has_one_spelling(data: bytes) -> None:
    assert from_base64(to_base64(data)) == data


@pytest.mark.parametrize("text", ["A", "AB==", "AA=", "AA==\n", "A A=", "é"])
def test_refuses_another_spelling(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64|ASCII"):
        from_base64(text)
