"""What `convert` writes, when it writes nothing, and what it never does."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess

import pytest
from cli_drive import CONVERTED, GOOD, MANUAL, command, dagferry, tree


def test_it_writes_flows_deployments_and_the_manifest(good):
    result = dagferry("convert", good.dags, "-o", good.out)
    assert result.code == 0
    assert set(tree(good.out)) == {"good.py", "prefect.yaml", "dagferry.json"}
    assert (good.out / "good.py").read_text() == CONVERTED
    assert (good.out / "prefect.yaml").read_text() == (
        "deployments:\n  - name: good\n    entrypoint: good.py:good\n    work_pool: {name: default}\n"
    )


def test_a_second_run_changes_nothing(good):
    dagferry("convert", good.dags, "-o", good.out)
    before = tree(good.out)
    times = {path: (good.out / path).stat().st_mtime_ns for path in before}
    result = dagferry("convert", good.dags, "-o", good.out)
    assert result.code == 0
    assert tree(good.out) == before
    assert {path: (good.out / path).stat().st_mtime_ns for path in before} == times


def test_the_records_of_a_second_run_are_those_of_the_first(good):
    first = dagferry("convert", good.dags, "-o", good.out, "--format", "json")
    second = dagferry("convert", good.dags, "-o", good.out, "--format", "json")
    assert json.loads(first.out) == json.loads(second.out)


def test_a_changed_dag_changes_its_flow(good):
    dagferry("convert", good.dags, "-o", good.out)
    good.write("good.py", GOOD.replace("return 1", "return 2"))
    assert dagferry("convert", good.dags, "-o", good.out).code == 0
    assert (good.out / "good.py").read_text() == CONVERTED.replace("return 1", "return 2")


def test_a_file_that_was_edited_is_left_alone_and_the_rest_goes_on(good):
    good.write("more.py", GOOD.replace("good", "more"))
    dagferry("convert", good.dags, "-o", good.out)
    (good.out / "good.py").write_text("mine\n")
    good.write("good.py", GOOD.replace("return 1", "return 2"))
    good.write("more.py", GOOD.replace("good", "more").replace("return 1", "return 3"))
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (1, True)
    assert str(good.out / "good.py") in result.err
    assert "edited" in result.err
    assert (good.out / "good.py").read_text() == "mine\n"
    assert "return 3" in (good.out / "more.py").read_text()
    # Nor does a third run forget that it was edited.
    assert dagferry("convert", good.dags, "-o", good.out).code == 1
    assert (good.out / "good.py").read_text() == "mine\n"


def test_force_overwrites_an_edited_file(good):
    dagferry("convert", good.dags, "-o", good.out)
    (good.out / "good.py").write_text("mine\n")
    assert dagferry("convert", good.dags, "-o", good.out, "--force").code == 0
    assert (good.out / "good.py").read_text() == CONVERTED


def test_a_file_of_somebody_else_is_left_alone(good):
    good.out.mkdir()
    (good.out / "good.py").write_text("somebody else's\n")
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (1, True)
    assert (good.out / "good.py").read_text() == "somebody else's\n"


def test_a_manifest_that_cannot_be_read_is_no_traceback(good):
    dagferry("convert", good.dags, "-o", good.out)
    for text in ("{", "[]", '{"version": 1}', '{"version": 99}'):
        (good.out / "dagferry.json").write_text(text)
        result = dagferry("convert", good.dags, "-o", good.out)
        assert (result.code, result.calm) == (0, True), text
        assert (good.out / "good.py").read_text() == CONVERTED


def test_check_writes_nothing_and_says_whether_it_would(good):
    assert dagferry("convert", good.dags, "-o", good.out, "--check").code == 1
    assert not good.out.exists()
    dagferry("convert", good.dags, "-o", good.out)
    before = tree(good.out)
    assert dagferry("convert", good.dags, "-o", good.out, "--check").code == 0
    good.write("good.py", GOOD.replace("return 1", "return 2"))
    assert dagferry("convert", good.dags, "-o", good.out, "--check").code == 1
    assert tree(good.out) == before


def test_diff_writes_nothing_and_shows_the_change(good):
    dagferry("convert", good.dags, "-o", good.out)
    before = tree(good.out)
    good.write("good.py", GOOD.replace("return 1", "return 2"))
    result = dagferry("convert", good.dags, "-o", good.out, "--diff")
    assert "-    return 1\n+    return 2\n" in result.out
    assert tree(good.out) == before


def test_an_unknown_dag_is_said(good):
    result = dagferry("convert", good.dags, "-o", good.out, "--dag", "goot")
    assert (result.code, result.calm) == (2, True)
    assert "goot" in result.err
    assert "good" in result.err


@pytest.mark.parametrize("more", [[], ["--jobs", "2"], ["--jobs", "5"]])
def test_the_order_of_the_arguments_and_the_jobs_change_nothing(place, more):
    names = ["a", "b", "c", "d", "e", "f"]
    files = [place.write(f"{n}.py", GOOD.replace("good", f"dag_{n}")) for n in names]
    results = []
    for number, order in enumerate([files, files[::-1], [place.dags]]):
        out = place.out / str(number)
        result = dagferry("convert", *order, "-o", out, "--format", "json", *more)
        written = tree(out)
        manifest = json.loads(written.pop("dagferry.json"))
        results.append((result.code, result.out, written, manifest["files"], manifest["outputs"]))
    assert results[0][0] == 0
    assert results[0] == results[1] == results[2]
    plain = dagferry("convert", place.dags, "-o", place.out / "plain", "--format", "json")
    assert plain.out == results[0][1]


def test_the_same_bytes_under_every_hash_seed(place):
    for name in "abc":
        place.write(f"{name}.py", MANUAL.replace("good", name))
    outs = []
    for seed in ("0", "1", "2"):
        out = place.out / seed
        dagferry("convert", place.dags, "-o", out, PYTHONHASHSEED=seed)
        outs.append(tree(out))
    assert outs[0] == outs[1] == outs[2]


def test_interrupted_while_writing_it_leaves_only_whole_files(place, tmp_path):
    """The child stops itself at a marked point of the third file's writing, like a Ctrl-C there."""
    for number in range(8):
        place.write(f"dag_{number}.py", GOOD.replace("good", f"dag_{number}"))
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job of a shell ignores it
        "real, count = os.replace, [0]\n"
        "def replace(*args, **kwargs):\n"
        "    count[0] += 1\n"
        "    if count[0] == 3:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(*args, **kwargs)\n"
        "os.replace = replace\n"
    )
    child = subprocess.run(
        command("convert", place.dags, "-o", place.out),
        env={**os.environ, "PYTHONPATH": str(hook)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode in {130, -signal.SIGINT}
    assert "Traceback" not in child.stderr
    assert "interrupted" in child.stderr
    written = tree(place.out)
    assert "dagferry.json" not in written
    assert 1 <= len(written) <= 3
    for path, data in written.items():
        name = path.removesuffix(".py")
        assert data.decode() == CONVERTED.replace("good", name), "half a file, or a temporary one"
    # And the next run finishes the job.
    assert dagferry("convert", place.dags, "-o", place.out).code == 0
    assert len(tree(place.out)) == 10


def test_files_are_written_for_others_to_read(good):
    dagferry("convert", good.dags, "-o", good.out)
    assert (good.out / "good.py").stat().st_mode & 0o777 == 0o644


BASH = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("loud", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(task_id="shout", bash_command="echo loud")
"""
OLD = "airflow_compat.py"


def leave_old_helper(out, text, digest=None):
    """The output folder of an earlier version, which wrote the helper as one file."""
    (out / OLD).write_text(text)
    manifest = json.loads((out / "dagferry.json").read_text())
    manifest["fingerprint"] = "of another version"
    manifest["outputs"][OLD] = digest or hashlib.sha256(text.encode()).hexdigest()
    (out / "dagferry.json").write_text(json.dumps(manifest))


def test_only_the_parts_of_the_helper_that_flows_reach_are_written(good):
    good.write("loud.py", BASH)
    dagferry("convert", good.dags, "-o", good.out)
    package = {"__init__.py", "bash.py", "exceptions.py"}
    assert {path.name for path in (good.out / "airflow_compat").iterdir()} == package


def test_the_helper_of_an_earlier_version_is_removed(good):
    good.write("loud.py", BASH)
    dagferry("convert", good.dags, "-o", good.out)
    leave_old_helper(good.out, "old = True\n")
    assert dagferry("convert", good.dags, "-o", good.out, "--check").code == 1
    assert (good.out / OLD).exists()
    assert dagferry("convert", good.dags, "-o", good.out).code == 0
    assert not (good.out / OLD).exists()
    # It held everything, and flows that were written by another run may use it.
    assert (good.out / "airflow_compat" / "graph.py").exists()
    assert OLD not in json.loads((good.out / "dagferry.json").read_text())["outputs"]


def test_the_helper_of_an_earlier_version_that_was_edited_is_named(good):
    good.write("loud.py", BASH)
    dagferry("convert", good.dags, "-o", good.out)
    leave_old_helper(good.out, "mine = True\n", digest="of what was written")
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (1, True)
    assert f"{good.out / OLD}: is not used" in result.err
    assert (good.out / OLD).read_text() == "mine = True\n"
    assert dagferry("convert", good.dags, "-o", good.out, "--force").code == 0
    assert not (good.out / OLD).exists()


def test_a_part_of_the_helper_that_was_edited_is_left_alone(good):
    good.write("loud.py", BASH)
    dagferry("convert", good.dags, "-o", good.out)
    part = good.out / "airflow_compat" / "bash.py"
    part.write_text(part.read_text() + "# mine\n")
    good.write("loud.py", BASH.replace("echo loud", "echo louder"))
    result = dagferry("convert", good.dags, "-o", good.out)
    assert result.code == 1
    assert f"{part}: edited" in result.err
    assert part.read_text().endswith("# mine\n")
