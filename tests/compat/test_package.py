"""What the helper is as a package: its parts, which of them are written, and that each is clean alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from dagferry.helper import HELPER, helper_files, package, parts, reached, with_parts
from real_prefect import PYTHON

BIN = Path(sys.executable).parent
LARGEST = 260  # lines of a part


def written(folder, names):
    for path, data in package(names).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", parts())
def test_a_part_is_read_as_python_reads_it(name):
    part = parts()[name]
    tree = ast.parse(part.text)
    imported = {
        node.module.partition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module.startswith(HELPER)
    }
    offered = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and "__all__" in ast.unparse(node)
    ]
    assert part.needs == imported
    assert offered == [list(part.offers)]
    assert ast.get_docstring(tree).startswith(part.summary)


@pytest.mark.parametrize("name", parts())
def test_a_part_is_short_and_everything_in_it_that_others_use_has_a_docstring(name):
    text = parts()[name].text
    assert len(text.splitlines()) <= LARGEST
    bare = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and not within_function(text, node)
    ]
    assert bare == []


def within_function(text, node):
    """Whether it is a function of a function, which nobody else can use, or overrides a library's."""
    outer = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)]
    return any(one.lineno < node.lineno <= one.end_lineno for one in outer)


def test_no_two_parts_offer_the_same_name():
    offered = [name for part in parts().values() for name in part.offers]
    assert len(offered) == len(set(offered))


def test_bash_alone_is_short():
    files = helper_files(["bash"])
    assert set(files) == {f"{HELPER}/{name}.py" for name in ("__init__", "bash", "exceptions")}
    assert sum(data.count(b"\n") for data in files.values()) < 250


def test_a_name_that_no_part_offers_is_named():
    with pytest.raises(LookupError, match="found 'nonesuch'"):
        helper_files(["bash", "nonesuch"])


def test_flows_that_import_nothing_get_no_helper():
    assert helper_files([], ["airflow_compat/bash.py"]) == {}


def test_parts_that_other_flows_of_the_folder_use_stay():
    outputs = {"etl.py": b"", **helper_files(["bash"])}
    assert with_parts(outputs, []) == outputs
    found = with_parts(outputs, ["airflow_compat/missing.py", "airflow_compat/mine.py", "other.py"])
    assert set(found) - set(outputs) == {"airflow_compat/missing.py"}
    assert b"import missing" in found["airflow_compat/__init__.py"]
    assert with_parts({"etl.py": b""}, ["airflow_compat/missing.py"]) == {"etl.py": b""}


def test_the_old_helper_had_all_of_it():
    found = with_parts(helper_files(["bash"]), ["airflow_compat.py"])
    assert found == package(parts())


def closures():
    """What can be written: every part that offers something, with what it needs."""
    offering = [part.name for part in parts().values() if part.offers]
    return sorted({tuple(part.name for part in reached([name])) for name in offering}, key=str)


@pytest.mark.parametrize("names", closures(), ids=lambda names: f"{len(names)}-{names[0]}")
def test_what_a_part_needs_is_clean_alone(names, tmp_path):
    written(tmp_path, names)
    for command in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        ruff = [BIN / "ruff", *command, "--isolated", "--no-cache", "."]
        child = subprocess.run(ruff, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (child.returncode, child.stdout + child.stderr) == (0, "")


@pytest.fixture(scope="module")
def types_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.prefect
@pytest.mark.parametrize("names", closures(), ids=lambda names: f"{len(names)}-{names[0]}")
def test_what_a_part_needs_has_sound_types(names, tmp_path, types_cache):
    assert types_of(written(tmp_path, names), types_cache, "3.11") == ""


@pytest.mark.prefect
@pytest.mark.parametrize("version", ["3.10", "3.13"])
def test_all_parts_have_sound_types_for_every_python(version, tmp_path, types_cache):
    assert types_of(written(tmp_path, parts()), types_cache, version) == ""


def types_of(folder, cache, version):
    """What mypy says under its own strict settings, with real Prefect at hand."""
    command = [BIN / "mypy", "--strict", "--config-file=", "--no-error-summary"]
    options = [f"--python-executable={PYTHON}", f"--python-version={version}", "--cache-dir"]
    child = subprocess.run(
        [*command, *options, cache, HELPER], cwd=folder, capture_output=True, text=True, check=False
    )
    return child.stdout + child.stderr
