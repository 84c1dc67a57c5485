from __future__ import annotations

import re
from pathlib import Path

import pytest
import real_prefect
from real_prefect import ROOT, Job, run_on_prefect

pytestmark = pytest.mark.prefect

FLOW = """
from datetime import datetime, timezone
from prefect import flow, task
from helper import WORD

@task(retries=1, retry_delay_seconds=0.1, timeout_seconds=60)
def shaky(a, *rest, **more):
    print("try of", WORD)
    raise ValueError(WORD)

@task
def fine(found, when):
    print("no line end", end="")
    return {"found": found, "when": when, 3: {"b", "a"}}

@flow(log_prints=True)
def one(number: int = 0):
    print("flow", number)
    first = shaky.submit(number, 1, key=2)
    second = shaky.with_options(name="after").submit(first)
    done = fine("x", datetime(2024, 1, 1, tzinfo=timezone.utc))
    return [second]
"""


def write(folder: Path, word: str) -> Path:
    folder.mkdir()
    (folder / "helper.py").write_text(f"WORD = {word!r}\n")
    (folder / "made.py").write_text(FLOW)
    return folder / "made.py"


@pytest.fixture(scope="module")
def traces(tmp_path_factory):
    folder = tmp_path_factory.mktemp("harness")
    first, second = write(folder / "a", "ant"), write(folder / "b", "bee")
    return run_on_prefect([Job(first, "one", {"number": 7}), Job(second, cwd=folder)])


def test_a_trace_says_how_flow_and_tasks_ended(traces):
    run = traces[0]["run"]
    assert (run["state"], run["name"], run["type"]) == ("failed", "Failed", "FAILED")
    found = [(t["task_id"], t["outcome"], t["state"], t["tries"]) for t in traces[0]["tasks"]]
    assert found == [
        ("shaky", "failed", "Failed", 2),
        ("after", "upstream_failed", "NotReady", 0),
        ("fine", "success", "Completed", 1),
    ]
    assert [t["upstream"] for t in traces[0]["tasks"]] == [[], [0], []]


def test_a_trace_holds_values_prints_errors_and_options(traces):
    shaky, after, fine = traces[0]["tasks"]
    assert run_prints(traces[0]) == ["flow 7"]
    assert shaky["prints"] == ["try of ant"] * 2
    assert fine["prints"] == ["no line end"]
    assert shaky["parameters"] == {"a": 7, "rest": [1], "key": 2}
    assert shaky["error"] == "ValueError: ant"
    assert shaky["delays"] == [0.1]
    assert shaky["options"] == {
        "retries": 1,
        "retry_delay": 0.1,
        "timeout": 60.0,
        "trigger_rule": None,
    }
    when = {"$type": "datetime", "value": "2024-01-01T00:00:00+00:00"}
    letters = {"$type": "set", "items": ["a", "b"]}
    pairs = [["found", "x"], ["when", when], [3, letters]]
    assert fine["result"] == {"value": {"$type": "dict", "items": pairs}}
    assert shaky["result"] is after["result"] is None
    assert shaky["started"] < shaky["ended"]
    assert after["started"] is None


def run_prints(trace):
    return trace["run"]["prints"]


def test_jobs_share_a_process_but_no_modules(traces):
    assert traces[1]["tasks"][0]["error"] == "ValueError: bee"
    assert run_prints(traces[1]) == ["flow 0"]


def test_the_trace_has_the_keys_of_its_reference_page(traces):
    page = (ROOT / "docs/reference/trace.md").read_text()
    table = page.partition("| key | shape | meaning |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*?`) \| (.*?) \|", table, re.MULTILINE)
    cells = [name for name, shape in rows if "optional" not in shape]
    assert set(traces[0]["tasks"][0]) == set(re.findall(r"\w+", " ".join(cells)))


def test_a_job_that_cannot_run_says_why(tmp_path):
    empty = tmp_path / "empty.py"
    empty.write_text("x = 1\n")
    with pytest.raises(RuntimeError, match=r"empty\.py:: LookupError: empty holds 0 flows"):
        run_on_prefect([Job(empty)])


def test_without_the_environment_the_test_fails_and_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(real_prefect, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(real_prefect, "_session", real_prefect._session.__wrapped__)
    with pytest.raises(AssertionError, match="run `make prefect-env`"):
        run_on_prefect([])
