from __future__ import annotations

import hashlib
import os
import tempfile

import pytest
from dagferry.parity import scratch
from dagferry.parity.scratch import CopyError, copy_folder, effects, snapshot


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_created_changed_and_deleted_files_are_effects(tmp_path):
    for name in ("kept", "changed", "deleted"):
        (tmp_path / name).write_text(name)
    before = snapshot(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "new.csv").write_text("1")
    (tmp_path / "changed").write_text("2")
    (tmp_path / "deleted").unlink()
    assert effects(before, snapshot(tmp_path)) == {
        "out/new.csv": sha("1"),
        "changed": sha("2"),
        "deleted": None,
    }


def test_a_file_written_again_with_the_same_content_is_no_effect(tmp_path):
    (tmp_path / "a").write_text("1")
    before = snapshot(tmp_path)
    (tmp_path / "a").write_text("1")
    assert effects(before, snapshot(tmp_path)) == {}


def test_caches_are_no_effects(tmp_path):
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("1")
    (tmp_path / "a.pyc").write_text("1")
    assert snapshot(tmp_path) == {}


def test_the_name_of_the_scratch_folder_does_not_count(tmp_path):
    left, right = tmp_path / "left", tmp_path / "right"
    for folder in (left, right):
        folder.mkdir()
        (folder / "log").write_text(f"wrote {folder}/x")
    assert snapshot(left, str(left)) == snapshot(right, str(right))
    assert snapshot(left) != snapshot(right)


def test_a_copy_leaves_the_folder_alone_and_caches_out(tmp_path):
    source = tmp_path / "dags"
    (source / "__pycache__").mkdir(parents=True)
    (source / "etl.py").write_text("x = 1")
    copy_folder(source, tmp_path / "copy")
    (tmp_path / "copy" / "etl.py").write_text("x = 2")
    assert (source / "etl.py").read_text() == "x = 1"
    assert not (tmp_path / "copy" / "__pycache__").exists()


def test_a_folder_that_holds_the_temporary_one_is_not_copied_into_itself(tmp_path, monkeypatch):
    temporary = tmp_path / "tmp"
    target = temporary / "dagferry-1" / "scratch"
    target.parent.mkdir(parents=True)
    (temporary / "dagferry-2").mkdir()
    (temporary / "kept").write_text("1")
    (tmp_path / "dagferry-notes").write_text("1")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    copy_folder(tmp_path, target)
    assert set(snapshot(target)) == {"dagferry-notes", "tmp/kept"}


def test_a_folder_that_is_too_large_is_refused(tmp_path, monkeypatch):
    (tmp_path / "dags").mkdir()
    for name in ("one.csv", "two.csv"):
        (tmp_path / "dags" / name).write_text("12345678")
    monkeypatch.setattr(scratch, "LARGEST", 15)
    with pytest.raises(CopyError, match="a folder of their own"):
        copy_folder(tmp_path / "dags", tmp_path / "copy")


def test_pipes_are_left_out(tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "etl.py").write_text("1")
    os.mkfifo(tmp_path / "dags" / "pipe")
    copy_folder(tmp_path / "dags", tmp_path / "copy")
    assert set(snapshot(tmp_path / "copy")) == {"etl.py"}
