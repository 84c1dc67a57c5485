"""Import roots: told from the imports, named with --root, and what the verbs do with one file."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from cli_drive import GOOD, dagferry, tree
from dagferry.assertions import verify_command
from dagferry.parity import VerifyOptions
from dagferry.parity.side import Side
from dagferry.source.roots import layout_of

CONFIG = "DEFAULTS = {'retries': 2, 'retry_delay': 0}\n"
WITH_DEFAULTS = GOOD.replace(
    "from airflow.op", "from shared.config import DEFAULTS\nfrom airflow.op", 1
)
WITH_DEFAULTS = WITH_DEFAULTS.replace("catchup=False", "catchup=False, default_args=DEFAULTS")


def names(texts, *given):
    return layout_of(texts, given, ("repo", "jobs")).names


@pytest.fixture
def package(place):
    place.write("PKG/dags/d.py", WITH_DEFAULTS)
    place.write("PKG/dags/team/e.py", WITH_DEFAULTS.replace("good", "e"))
    place.write("PKG/dags/shared/config.py", CONFIG)
    place.write("PKG/docs/shared/config.txt", "no module\n")
    return place


# Which folders are roots.


def test_a_folder_is_a_root_where_an_import_resolves_from_it():
    texts = {
        "PKG/dags/d.py": "from shared.config import A\nimport numpy\n",
        "PKG/dags/shared/config.py": "A = 1\n",
        "PKG/plugins/ops.py": "",
        "PKG/dags/team/e.py": "import ops\n",
    }
    layout = layout_of(texts, (), ())
    assert layout.used == ("PKG/dags", "PKG/plugins")
    assert layout.names == {
        "PKG/dags/d.py": "d",
        "PKG/dags/shared/config.py": "shared.config",
        "PKG/plugins/ops.py": "ops",
        "PKG/dags/team/e.py": "team.e",
    }
    assert layout.find("shared.config") == "PKG/dags/shared/config.py"
    assert layout.find("PKG.dags.shared.config") is None
    assert layout.find("numpy") is None


def test_the_folder_itself_is_the_root_when_nothing_says_otherwise():
    layout = layout_of({"a.py": "import b.c\n", "b/c.py": "", "d/e.py": "import json\n"}, (), ())
    assert layout.used == ("",)
    assert layout.names == {"a.py": "a", "b/c.py": "b.c", "d/e.py": "d.e"}


def test_a_name_of_the_standard_library_makes_no_root():
    texts = {"dags/d.py": "import json\nfrom types import X\n", "dags/types/__init__.py": ""}
    assert layout_of(texts, (), ()).used == ("",)


def test_a_string_or_a_comment_makes_no_root():
    texts = {"a/d.py": "# import helper\nx = 'import helper'\n", "a/helper.py": ""}
    assert layout_of(texts, (), ()).used == ("",)


def test_a_module_far_from_the_file_is_not_meant():
    texts = {"one/dags/d.py": "import helper\n", "two/tests/deep/helper.py": ""}
    assert layout_of(texts, (), ()).find("helper") is None


def test_two_packages_with_modules_of_one_name_keep_their_own():
    texts = {
        f"{pkg}/dags/{file}": text
        for pkg in ("one", "two")
        for file, text in {"d.py": "from shared.config import A\n", "shared/config.py": ""}.items()
    }
    layout = layout_of(texts, (), ())
    assert len(set(layout.names.values())) == len(texts)
    for pkg in ("one", "two"):
        name = layout.canonical(f"{pkg}/dags/d.py", "shared.config.A")
        assert layout.find(name.rpartition(".")[0]) == f"{pkg}/dags/shared/config.py"


def test_a_module_of_another_package_is_not_meant():
    texts = {
        "one/dags/d.py": "from shared.config import A\nimport other.deep\n",
        "two/dags/d.py": "from shared.config import A\nimport other.deep\n",
        "two/dags/shared/config.py": "",
        "two/dags/other/deep.py": "",
    }
    layout = layout_of(texts, (), ())
    assert layout.canonical("two/dags/d.py", "shared.config.A") == "shared.config.A"
    for name in ("shared.config.A", "other.deep.B"):
        found = layout.canonical("one/dags/d.py", name)
        assert layout.find(found.rpartition(".")[0]) is None


def test_relative_imports_keep_their_package():
    texts = {
        "dags/team/d.py": "from ..shared import a\nimport other\n",
        "dags/shared/a.py": "",
        "dags/team/other.py": "",
    }
    found = names(texts)
    assert found["dags/team/d.py"].count(".") >= 1


def test_roots_that_are_named_are_the_only_ones():
    texts = {"dags/d.py": "import shared\n", "dags/shared.py": "", "lib/shared.py": ""}
    assert layout_of(texts, ("lib",), ()).names["lib/shared.py"] == "shared"
    assert layout_of(texts, ("lib",), ()).find("shared") == "lib/shared.py"
    assert layout_of(texts, (), ()).find("shared") == "dags/shared.py"


def test_imports_over_several_lines_are_read():
    text = "from shared import (  # all of it\n    config,\n    more as m,\n)\n"
    texts = {"dags/d.py": text, "dags/shared/config.py": "", "dags/shared/more.py": ""}
    layout = layout_of(texts, (), ())
    assert layout.used == ("dags",)
    assert layout.names["dags/shared/more.py"] == "shared.more"


# What the verbs do with it.


def test_a_repository_resolves_what_its_dags_import(package):
    result = dagferry("assess", package.dags)
    assert result.code == 0
    assert result.out.splitlines()[0] == "2 DAGs, 2 tasks in 3 files (root: PKG/dags)"
    data = json.loads(dagferry("assess", package.dags, "--format", "json").out)
    assert data["roots"] == ["PKG/dags"]
    assert data["totals"]["grades"]["manual"] == 0


def test_the_flows_of_a_repository_do_the_same(package):
    assert dagferry("convert", package.dags, "-o", package.out).code == 0
    result = dagferry("verify", package.dags, "--flows", package.out)
    assert (result.code, result.out.splitlines()[-1]) == (
        0,
        "2 equal, 0 different, 0 incomplete (engines: airflow light, prefect light)",
    )


@pytest.mark.parametrize("file", ["PKG/dags/d.py", "PKG/dags/team/e.py"])
def test_one_file_is_read_with_what_it_imports_from_around_it(package, file):
    path = package.dags / file
    assert dagferry("assess", path).code == 0
    assert dagferry("verify", path).code == 0
    dagferry("convert", package.dags, "-o", package.out)
    assert dagferry("verify", path, "--flows", package.out).code == 0
    result = dagferry("diff", path, package.out / file)
    assert result.code == 0, result.out
    graph = json.loads(dagferry("graph", path, "--format", "json").out)
    assert [node["retries"] for node in graph["nodes"]] == [2]


def test_converting_one_file_writes_what_it_imports_and_no_more(package):
    assert dagferry("convert", package.dags / "PKG/dags/team/e.py", "-o", package.out).code == 0
    assert set(tree(package.out)) == {
        "team/e.py",
        "shared/config.py",
        "prefect.yaml",
        "dagferry.json",
    }


def test_a_dag_of_an_imported_file_is_not_counted(place):
    place.write("one.py", GOOD.replace("good", "one").replace("def hello():\n    return 1\n", ""))
    text = (place.dags / "one.py").read_text()
    place.write("one.py", text.replace("import DAG\n", "import DAG\nfrom two import hello\n"))
    place.write("two.py", GOOD.replace("good", "two"))
    out = dagferry("assess", place.dags / "one.py").out
    assert out.startswith("1 DAG, 1 task in 2 files")
    assert dagferry("assess", place.dags).out.startswith("2 DAGs, 2 tasks in 2 files")


def test_a_root_beyond_the_output_is_said(package):
    out = dagferry("assess", package.dags, "--full").out
    notes = [line for line in out.splitlines() if "DF115" in line]
    assert [line.split(":")[0] for line in notes] == ["PKG/dags/team/e.py"]
    assert "PKG/dags" in notes[0]


def test_a_named_root_is_looked_into(place):
    place.write("dags/d.py", WITH_DEFAULTS)
    place.write("elsewhere/common/shared/config.py", CONFIG)
    where = place.dags / "elsewhere" / "common"
    alone = dagferry("assess", place.dags / "dags", "--format", "json")
    assert "DF308" in alone.out, "its `default_args` cannot be read without the root"
    result = dagferry("assess", place.dags / "dags", "--root", where, "--format", "json")
    assert "DF308" not in result.out
    result = dagferry("assess", place.dags / "dags", "--root", where)
    assert result.code == 0
    assert "(root: elsewhere/common)" in result.out
    assert dagferry("assess", place.dags / "dags", "--root", place.dags / "nothing").code == 2


def test_the_output_may_stand_beside_one_file_and_is_never_read_again(good):
    for _ in range(2):
        assert dagferry("convert", "good.py", "-o", "flows", cwd=good.dags).code == 0
    assert set(tree(good.dags)) == {
        "good.py",
        *(f"flows/{name}" for name in ("good.py", "prefect.yaml", "dagferry.json")),
    }
    assert dagferry("assess", ".", cwd=good.dags).out.startswith("1 DAG, 1 task in 1 file ")


def test_the_output_may_stand_in_the_folder_of_the_input(good):
    for _ in range(2):
        assert dagferry("convert", ".", "-o", "flows", cwd=good.dags).code == 0
    assert "flows/flows/good.py" not in tree(good.dags)


def test_two_packages_with_modules_of_one_name_do_the_same_each(place):
    for number, package in enumerate(("one", "two"), start=1):
        text = WITH_DEFAULTS.replace("good", package).replace("DEFAULTS", "hello, DEFAULTS", 1)
        text = text.replace("def hello():\n    return 1\n", "")
        place.write(f"{package}/dags/team/d.py", text)
        body = f"\n\ndef hello():\n    return {number}\n"
        place.write(f"{package}/dags/shared/config.py", CONFIG.replace("2", str(number)) + body)
    assert dagferry("convert", place.dags, "-o", place.out).code == 0
    assert "retries=1" in (place.out / "one/dags/team/d.py").read_text()
    assert "retries=2" in (place.out / "two/dags/team/d.py").read_text()
    assert dagferry("verify", place.dags, "--flows", place.out).code == 0


def test_a_run_finds_the_modules_of_its_own_package_first():
    engine = VerifyOptions().engines()[0]
    side = Side(engine, Path("dags"), "two/dags/team/d.py", None, {}, {"PYTHONPATH": "/mine"}, 1.0)
    side = replace(side, roots=("one/dags", "plugins", "two/dags"))
    path = side.variables(Path("/scratch"))["PYTHONPATH"].split(os.pathsep)
    assert path == ["/scratch/two/dags", "/scratch/one/dags", "/scratch/plugins", "/mine"]


FAMILY = """\
import json
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator


def make(source):
    with DAG(
        f"ingest_{source['name']}", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
    ) as dag:
        BashOperator(task_id="say", bash_command=f"echo {source['name']}")
    return dag


for source in json.loads('[{"name": "a"}, {"name": "b"}]'):
    globals()[f"ingest_{source['name']}"] = make(source)
"""


def test_the_id_of_a_dag_that_a_factory_makes_is_one(place):
    place.write("factory.py", FAMILY)
    out = dagferry("verify", place.dags, "--dag", "ingest_b").out
    assert out.splitlines()[0].split()[:3] == ["ingest_b", "equal", "factory.py"]
    assert "1 equal, 0 different" in out
    accepted = ("convert", place.dags, "-o", place.out, "--fail-on", "never", "--dag")
    assert dagferry(*accepted, "ingest_b").code == 0
    assert dagferry(*accepted, "other").code == 2
    assert dagferry("verify", place.dags, "--dag", "ingest_c").code == 3


def test_a_line_to_run_it_again_can_be_read_and_copied():
    family = "ingest_{source['name']}"
    line = verify_command(Path("dags"), family, None, VerifyOptions())
    assert line == f'dagferry verify dags --dag "{family}"'
    for dag_id in (family, "plain", "it's $HOME", "`x`"):
        words = shlex.split(verify_command(Path("dags"), dag_id, None, VerifyOptions()))
        assert words[-1] == dag_id
