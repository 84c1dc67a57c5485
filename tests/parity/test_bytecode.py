"""The bundled engines are compiled once, unless the caller wants no bytecode."""

from __future__ import annotations

import sys

from dagferry.parity import bytecode


def engine(tmp_path, monkeypatch):
    folder = tmp_path / "engine"
    folder.mkdir()
    (folder / "one.py").write_text("x = 1\n")
    monkeypatch.setattr(bytecode, "_folders", lambda: iter([folder]))
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return folder / "__pycache__" / f"one.{sys.implementation.cache_tag}.pyc"


def test_what_is_not_compiled_is_compiled(tmp_path, monkeypatch):
    compiled = engine(tmp_path, monkeypatch)
    bytecode.compile_engines({})
    assert compiled.exists()


def test_what_is_compiled_is_left_alone(tmp_path, monkeypatch):
    compiled = engine(tmp_path, monkeypatch)
    compiled.parent.mkdir()
    compiled.write_bytes(b"as it was")
    bytecode.compile_engines({})
    assert compiled.read_bytes() == b"as it was"


def test_a_caller_who_wants_no_bytecode_gets_none(tmp_path, monkeypatch):
    compiled = engine(tmp_path, monkeypatch)
    bytecode.compile_engines({"PYTHONDONTWRITEBYTECODE": "1"})
    assert not compiled.exists()


def test_the_bundled_engines_and_the_guard_are_found():
    assert [folder.name for folder in bytecode._folders()] == ["guard", "daglight", "flowlight"]
