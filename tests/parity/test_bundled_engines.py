"""The bundled engines are imported once for a batch, and each run is as in a process of its own."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from dagferry.parity import EngineError, VerifyOptions
from dagferry.parity.opening import started
from dagferry.parity.side import Recorded, Side, run_side
from mishaps import dag_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")


def runs(folder: Path, *files: str) -> list[Recorded]:
    with started(VerifyOptions()) as ready:
        engine, _ = ready.engines()
        return [
            run_side(Side(engine, folder, file, None, {}, ready.environment, 60)) for file in files
        ]


def result(recorded: Recorded) -> object:
    assert recorded.trace is not None, recorded.reason
    return recorded.trace.tasks[0].xcoms["return_value"]


def put(folder: Path, name: str, top: str, body: str) -> str:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(dag_file("one", top, body))
    return name


def test_no_run_sees_what_another_did_to_python(tmp_path):
    body = "json.count = getattr(json, 'count', 0) + 1\nreturn json.count"
    name = put(tmp_path, "one.py", "import json", body)
    assert [result(one) for one in runs(tmp_path, name, name)] == [1, 1]


def test_what_is_registered_for_the_end_is_done_at_the_end(tmp_path):
    body = "atexit.register(lambda: open('left', 'w').close())"
    (recorded,) = runs(tmp_path, put(tmp_path, "one.py", "import atexit", body))
    assert list(recorded.files or ()) == ["left"]


def test_modules_of_the_folder_are_found_by_files_in_a_folder_below(tmp_path):
    (tmp_path / "shared.py").write_text("VALUE = 7\n")
    name = put(tmp_path, "below/one.py", "from shared import VALUE", "return VALUE")
    assert [result(one) for one in runs(tmp_path, name)] == [7]


def test_the_command_line_and_the_warnings_are_the_engines(tmp_path):
    body = "return [sys.argv[0].rpartition('/')[2], sys.argv[1], sys.warnoptions]"
    (recorded,) = runs(tmp_path, put(tmp_path, "one.py", "import sys", body))
    assert result(recorded) == ["trace.py", "one.py", []]


def test_a_python_that_is_none_makes_every_run_incomplete(tmp_path):
    engine = tmp_path / "python"
    engine.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    engine.chmod(0o755)
    name = put(tmp_path, "one.py", "", "return 1")
    with started(VerifyOptions(python=str(engine))) as ready:
        side = Side(ready.engines()[0], tmp_path, name, None, {}, ready.environment, 60)
        assert "broken" in run_side(side).reason


def test_a_bundled_engine_does_not_stand_in_for_a_real_one_that_is_asked_for():
    with started(VerifyOptions()) as ready:
        asked = replace(ready, airflow=sys.executable)
        with pytest.raises(EngineError, match=r"ModuleNotFoundError: .*'airflow'"), started(asked):
            pass
