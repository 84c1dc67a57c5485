"""What a person may hand in by mistake: a clear message, the right exit code, nothing half done."""

from __future__ import annotations

import json
import os
import sys
import zipfile

import pytest
from cli_drive import CONVERTED, GOOD, dagferry, tree

CYCLE = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("round", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second")
    first >> second >> first
"""
TWICE = CYCLE.replace("first >> second >> first", "first >> second").replace('"second"', '"first"')


def findings(result):
    files = json.loads(result.out)["files"]
    return {
        file["path"]: [(f["code"], f["line"], f["message"]) for f in file["findings"]]
        for file in files
    }


@pytest.mark.parametrize(
    ("content", "code", "line", "words"),
    [
        pytest.param(
            'from airflow import DAG\n\nwith DAG("x" as dag:\n    pass\n',
            "DF101",
            3,
            "syntax",
            id="a syntax error",
        ),
        pytest.param('from airflow import DAG\nprint "x"\n', "DF101", 2, "syntax", id="Python 2"),
        pytest.param(
            "from airflow import DAG\nif 1:\n\tx = 1\n        y = 2\n",
            "DF101",
            4,
            "syntax",
            id="tabs and spaces mixed",
        ),
        pytest.param(b"from airflow import DAG\n# caf\xe9\n", "DF102", 2, "UTF-8", id="not UTF-8"),
        pytest.param(
            b"# -*- coding: latin-1 -*-\nfrom airflow import DAG\n# caf\xc3\xa9\n",
            "DF102",
            1,
            "coding comment",
            id="another coding",
        ),
        pytest.param(b'from airflow import DAG\nx = "\x00"\n', "DF101", 2, "null", id="a NUL byte"),
        pytest.param(
            "from airflow import DAG\n" + "# filler\n" * 600_000, "DF103", 1, "bytes", id="5 MB"
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(good, content, code, line, words):
    good.write("bad.py", content)
    result = dagferry("convert", good.dags, "-o", good.out, "--format", "json")
    assert result.code == 2
    assert result.calm
    (found,) = findings(result)["bad.py"]
    assert (found[0], found[1]) == (code, line)
    assert words in found[2]
    assert (good.out / "good.py").read_text() == CONVERTED
    assert not (good.out / "bad.py").exists()


def test_the_text_of_a_syntax_error_points_at_it(place):
    place.write("bad.py", 'from airflow import DAG\n\nwith DAG("x" as dag:\n    pass\n')
    result = dagferry("assess", place.dags, "--full")
    assert result.code == 2
    lines = result.out.splitlines()
    assert lines[0].startswith("bad.py:3:14: DF101 required: ")
    assert lines[1].strip() == 'with DAG("x" as dag:'
    assert lines[2].index("^") - lines[1].index("with") == 13


def test_an_empty_file_is_no_mistake(good):
    good.write("empty.py", "")
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (0, True)
    assert (good.out / "empty.py").read_bytes() == b""


@pytest.mark.parametrize("verb", ["assess", "convert", "verify"])
def test_a_folder_without_dags_says_so(place, verb):
    place.write("lib.py", "# airflow is only mentioned here\nX = 1\n")
    more = ["-o", place.out] if verb == "convert" else []
    result = dagferry(verb, place.dags, *more)
    assert (result.code, result.calm) == (2, True)
    assert "expected a DAG" in result.err
    assert str(place.dags) in result.err or verb == "verify"
    assert result.out == ""
    assert not place.out.exists()


@pytest.mark.parametrize("verb", ["assess", "convert", "verify", "graph"])
def test_a_path_that_is_not_there_says_so(place, verb):
    more = ["-o", place.out] if verb == "convert" else []
    result = dagferry(verb, place.dags / "nothing.py", *more)
    assert (result.code, result.calm) == (2, True)
    assert "nothing.py" in result.err


def test_links_that_go_round_do_not_hold_it(good):
    (good.dags / "loop").symlink_to(good.dags)
    (good.dags / "self.py").symlink_to(good.dags / "self.py")
    result = dagferry("assess", good.dags, "--format", "json")
    assert (result.code, result.calm) == (2, True)
    assert [code for code, *_ in findings(result)["self.py"]] == ["DF106"]
    assert json.loads(result.out)["totals"]["dags"] == 1


def test_a_pipe_in_the_folder_is_not_read(good):
    os.mkfifo(good.dags / "pipe.py")
    result = dagferry("assess", good.dags, "--format", "json")
    assert result.calm
    assert [code for code, *_ in findings(result)["pipe.py"]] == ["DF106"]


def test_what_airflow_reads_of_a_folder_and_a_conversion_does_not_is_named(good):
    (good.dags / "drafts").mkdir()
    (good.dags / "drafts" / ".airflowignore").write_text(".*\n", encoding="utf-8")
    for name, inside in (("dags.zip", "dag.py"), ("rows.zip", "rows.csv")):
        with zipfile.ZipFile(good.dags / name, "w") as archive:
            archive.writestr(inside, "")
    (good.dags / "broken.zip").write_text("no archive", encoding="utf-8")
    result = dagferry("assess", good.dags, "--format", "json")
    assert result.calm
    found = {name: [code for code, *_ in listed] for name, listed in findings(result).items()}
    assert found["drafts/.airflowignore"] == ["DF113"]
    assert found["dags.zip"] == ["DF114"]
    assert not found.keys() & {"rows.zip", "broken.zip"}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        pytest.param(CYCLE, "DF108", "first >> second >> first", id="a cycle"),
        pytest.param(TWICE, "DF107", "`first`", id="a task id twice"),
    ],
)
def test_a_graph_that_airflow_refuses_is_a_stub(place, text, code, words):
    place.write("bad.py", text)
    result = dagferry("convert", place.dags, "-o", place.out, "--format", "json")
    assert (result.code, result.calm) == (1, True)
    (found,) = [f for f in findings(result)["bad.py"] if f[0] == code]
    assert found[1] == 6
    assert words in found[2]
    assert "raise NotImplementedError" in (place.out / "bad.py").read_text()


@pytest.mark.parametrize("inside", [".", "more"])
def test_the_output_may_not_be_the_input_nor_hold_files_of_it(good, inside):
    good.write("more/good.py", GOOD.replace("good", "more"))
    before = tree(good.dags)
    result = dagferry("convert", good.dags, "-o", good.dags / inside)
    assert (result.code, result.calm) == (2, True)
    assert "input folder" in result.err
    assert tree(good.dags) == before


def test_the_output_may_not_hold_the_input(good):
    result = dagferry("convert", good.dags / "good.py", "-o", good.dags.parent / "dags")
    assert (result.code, result.calm) == (2, True)
    assert (good.dags / "good.py").read_text() == GOOD


def test_the_output_may_not_be_a_file(good):
    good.out.write_text("mine")
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (2, True)
    assert str(good.out) in result.err
    assert good.out.read_text() == "mine"


def test_a_folder_in_the_way_of_a_file_is_said(good):
    (good.out / "good.py").mkdir(parents=True)
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (2, True)
    assert "good.py" in result.err
    assert tree(good.out) == {}


def test_an_output_that_cannot_be_written_is_said(good):
    """A file stands where a folder must be made: nobody may write there, not even root."""
    good.write("sub/more.py", GOOD.replace("good", "more"))
    good.out.mkdir()
    (good.out / "sub").write_text("in the way")
    result = dagferry("convert", good.dags, "-o", good.out)
    assert (result.code, result.calm) == (2, True)
    assert "sub" in result.err
    assert (good.out / "sub").read_text() == "in the way"
    assert not [path for path in tree(good.out) if path.startswith(".") or "/." in path]


SPOILERS = """
import os
import pathlib

pathlib.Path({made!r}).write_text("x")
os.remove({victim!r})
raise SystemExit("this file was run")
"""


@pytest.mark.parametrize("verb", ["assess", "convert", "graph"])
def test_static_commands_run_no_line_of_the_file(place, verb):
    made, victim = place.dags.parent / "made", place.dags.parent / "victim"
    victim.write_text("still here")
    file = place.write("good.py", GOOD + SPOILERS.format(made=str(made), victim=str(victim)))
    more = ["-o", place.out] if verb == "convert" else []
    result = dagferry(verb, file, *more)
    assert (result.code, result.calm) == (0, True)
    assert victim.read_text() == "still here"
    assert not made.exists()


# Files that look odd and are fine.


def odd(name):
    return GOOD.replace('"good"', f'"{name}"'), CONVERTED.replace('"good"', f'"{name}"').replace(
        "good()", f"{name}()"
    )


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("crlf", lambda text: text.replace("\n", "\r\n").encode()),
        ("bom", lambda text: b"\xef\xbb\xbf" + text.encode()),
        ("tabs", lambda text: text.replace("    ", "\t").encode()),
        ("feed", lambda text: text.replace("\n\n\ndef", "\n\n\f\ndef").encode()),
        ("unended", lambda text: text.rstrip().encode()),
        ("old_mac", lambda text: text.replace("\n", "\r").encode()),
    ],
)
def test_files_that_python_reads_are_read(place, name, encode):
    before, after = odd(name)
    place.write(f"{name}.py", encode(before))
    result = dagferry("convert", place.dags, "-o", place.out)
    assert (result.code, result.calm) == (0, True)
    written = (place.out / f"{name}.py").read_bytes()
    text = written.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert text.replace("\t", "    ").replace("\f", "") == after
    compile(written, name, "exec")
    assert (b"\r\n" in written) == (name == "crlf")
    assert b"\n" not in written.replace(b"\r\n", b"") or name != "crlf"


def test_text_that_is_not_ascii_stays_as_it_is(place):
    word = "Grüße 😀 \u2028 é"
    place.write("good.py", GOOD.replace("return 1", f"return {word!r}  # {word[:5]}"))
    result = dagferry("convert", place.dags, "-o", place.out)
    assert (result.code, result.calm) == (0, True)
    assert f"    return {word!r}  # {word[:5]}\n" in (place.out / "good.py").read_text()


def test_a_very_long_line_stays_as_it_is(place):
    long = "[" + ", ".join(map(str, range(30_000))) + "]"
    place.write("good.py", GOOD.replace("return 1", f"return {long}"))
    result = dagferry("convert", place.dags, "-o", place.out)
    assert (result.code, result.calm) == (0, True)
    assert f"    return {long}\n" in (place.out / "good.py").read_text()


def test_files_that_are_not_python_come_along(good):
    good.write("sql/load.sql", "select 1\r\n")
    good.write("logo.bin", b"\x00\xff")
    assert dagferry("convert", good.dags, "-o", good.out).code == 0
    assert (good.out / "sql/load.sql").read_bytes() == b"select 1\r\n"
    assert (good.out / "logo.bin").read_bytes() == b"\x00\xff"


def test_verify_takes_the_dags_from_an_engine_or_from_traces(good):
    traces = good.write("traces.json", "{}") or good.dags / "traces.json"
    both = dagferry("verify", good.dags, "--airflow", sys.executable, "--airflow-trace", traces)
    assert (both.code, both.calm) == (2, True)
    assert "expected --airflow or --airflow-trace, found both" in both.err
    none = dagferry("verify", good.dags, "--airflow-trace", traces)
    assert (none.code, none.calm) == (2, True)
    assert "expected a trace in" in none.err


def test_verify_with_a_python_that_is_not_there_says_so(good):
    result = dagferry("verify", good.dags, "--prefect", good.dags / "python")
    assert (result.code, result.calm) == (2, True)
    assert "expected `light` or the Python of an environment with Prefect" in result.err


@pytest.mark.parametrize(
    ("option", "given", "words"),
    [
        ("--logical-date", "soon", "expected an ISO date like"),
        ("--logical-date", "2024-13-01", "expected an ISO date like"),
        ("--timeout", "0", "expected seconds above 0"),
        ("--timeout", "-1", "expected seconds above 0"),
        ("--timeout", "nan", "expected seconds above 0"),
        ("--timeout", "inf", "expected seconds above 0"),
        ("--memory", "nan", "expected 0 for no limit"),
        ("--memory", "inf", "expected 0 for no limit"),
        ("--memory", "0.001", "expected 0 for no limit, or at least"),
        ("--conf", '{"a": NaN}', "NaN is no JSON"),
        ("--conf", '{"a": 1, "a": 2}', "a key stands there twice"),
        ("--save-traces", "/dev/null/traces", "expected a folder that can be written"),
    ],
)
def test_verify_refuses_what_no_run_could_be_given(good, option, given, words):
    result = dagferry("verify", good.dags, f"{option}={given}")
    assert (result.code, result.calm, result.out) == (2, True, "")
    assert f"{option}" in result.err
    assert words in result.err


@pytest.mark.parametrize(
    ("option", "content", "words"),
    [
        ("--variables", b"{", "expected a file of variables"),
        ("--variables", b"[1]", "expected an object of variables by name, found list"),
        ("--variables", b"\xff\xfe", "expected a file of variables"),
        ("--connections", b"", "expected a file of connections"),
        ("--connections", b"3", "expected an object of connections by name, found int"),
        ("--stubs", b"Operator: 3", "expected an object of raise, value, xcoms"),
        ("--stubs", b"Operator: {values: 3}", "expected an object of raise, value, xcoms"),
    ],
)
def test_verify_refuses_files_that_no_run_could_read(good, option, content, words):
    file = good.dags.parent / "given"
    file.write_bytes(content)
    result = dagferry("verify", good.dags, option, file)
    assert (result.code, result.calm, result.out) == (2, True, "")
    assert f"{option} {file}" in result.err
    assert words in result.err


def test_verify_of_flows_that_are_converted_takes_no_airflow_version(good):
    result = dagferry("verify", good.dags, "--flows", good.out, "--airflow-version", 3)
    assert (result.code, result.calm) == (2, True)
    assert "expected no --flows beside it" in result.err


def test_verify_of_a_converted_folder_says_which_option_it_belongs_to(good):
    assert dagferry("convert", good.dags, "-o", good.out).code == 0
    result = dagferry("verify", good.out)
    assert (result.code, result.out) == (2, "")
    assert f"--flows {good.out}" in result.err
