from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from flowlight.errors import NotSupported
from flowlight.store.errors import StoreError
from flowlight.variables import Variable


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_variable_outlives_its_process() -> None:
    script = "from flowlight.variables import Variable; Variable.set('kept', {'a': 1}, tags=['t'])"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert Variable.get("kept") == {"a": 1}
    with pytest.raises(ValueError, match="already exists"):
        Variable.set("kept", 2)


def test_a_json_file_may_hold_the_variables(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "variables.json"
    file.write_text('{"a": 1}')
    monkeypatch.setenv("FLOWLIGHT_VARIABLES", str(file))
    assert Variable.get("a") == 1
    Variable.set("b", [2])
    assert Variable.unset("a")
    assert json.loads(file.read_text()) == {"b": [2]}
    with pytest.raises(NotSupported, match="keeps no tags"):
        Variable.set("c", 1, tags=["t"])
    assert not home.exists()


def test_two_processes_may_set_the_same_variables() -> None:
    script = (
        "import sys\n"
        "from flowlight.variables import Variable\n"
        "sys.stdin.read()\n"
        "won = 0\n"
        "for n in range(50):\n"
        "    try: Variable.set(f'v{n}', sys.argv[1]); won += 1\n"
        "    except ValueError: pass\n"
        "print(won)\n"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    won = [int(child.communicate(timeout=120)[0]) for child in children]
    values = [Variable.get(f"v{n}") for n in range(50)]
    assert [values.count("a"), values.count("b")] == won
    assert sum(won) == 50


def test_a_file_that_is_no_database_is_said(home: Path) -> None:
    home.mkdir()
    (home / "flowlight.db").write_text("this is not a database, and long enough to be read as one")
    with pytest.raises(StoreError, match=r"flowlight\.db: file is not a database; move it away"):
        Variable.get("a")


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff"])
def test_a_file_of_variables_that_is_none_is_said(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "variables.json"
    file.write_bytes(content)
    monkeypatch.setenv("FLOWLIGHT_VARIABLES", str(file))
    with pytest.raises(StoreError, match=r"variables\.json: expected a JSON object of names"):
        Variable.get("a")
    with pytest.raises(StoreError, match=r"variables\.json: expected a JSON object of names"):
        Variable.set("a", 1)
    assert file.read_bytes() == content


def test_a_file_of_a_newer_flowlight_is_said(home: Path) -> None:
    import sqlite3
    from contextlib import closing

    Variable.set("a", 1)
    with closing(sqlite3.connect(home / "flowlight.db")) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="written by a newer flowlight"):
        Variable.get("a")
