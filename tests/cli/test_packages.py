"""The packages that flows need: what is written, what is left out, what is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

from cli_drive import GOOD, dagferry, tree
from dagferry.source.requirements import PREFECT, requirements, third_party

ROOT = Path(__file__).parents[2]
PINS = " ".join(f"'{one}'" for one in PREFECT)
IMPORTS = "import pandas as pd\nfrom google.cloud import storage\nimport json\nimport acme.things\n"


def lines(text):
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_flows_that_need_prefect_alone_get_no_file(good):
    dagferry("convert", good.dags, "-o", good.out)
    assert "requirements.txt" not in tree(good.out)


def test_the_packages_of_what_flows_import_are_written(place):
    place.write("good.py", IMPORTS + GOOD.replace("def hello", "import lib.tool\n\n\ndef hello"))
    place.write("lib/tool.py", "import yaml\nfrom . import other\n")
    place.write("lib/other.py", "import requests\n")
    place.write("unused.py", "import boto3\n")
    assert dagferry("convert", place.dags, "-o", place.out).code == 0
    text = (place.out / "requirements.txt").read_text()
    assert lines(text) == [*PREFECT, "google-cloud-storage", "pandas", "PyYAML", "requests"]
    assert "# acme (imported by good.py)" in text
    manifest = json.loads((place.out / "dagferry.json").read_text())
    assert "requirements.txt" in manifest["outputs"]


def test_the_name_of_an_unknown_package_is_not_guessed():
    found = third_party({"a.py": "import acme\nimport sklearn\n"}, [], ["a.py"])
    assert lines(requirements(found)) == [*PREFECT, "scikit-learn"]


def test_what_the_folder_has_itself_is_no_package():
    texts = {
        "a.py": "import pandas\nfrom yaml import x\nfrom . import requests\nimport airflow_compat\n"
    }
    assert third_party(texts, ["pandas", "yaml"], ["a.py"]) == {}


def test_a_file_that_was_edited_is_left_alone(place):
    place.write("good.py", "import pandas\n" + GOOD)
    dagferry("convert", place.dags, "-o", place.out)
    (place.out / "requirements.txt").write_text("pandas==2.2.0\n")
    place.write("good.py", "import numpy\nimport pandas\n" + GOOD)
    assert dagferry("convert", place.dags, "-o", place.out).code == 1
    assert (place.out / "requirements.txt").read_text() == "pandas==2.2.0\n"


def test_a_requirements_file_of_the_input_is_copied_and_ours_has_another_name(place):
    place.write("good.py", "import pandas\n" + GOOD)
    place.write("requirements.txt", "apache-airflow\n")
    dagferry("convert", place.dags, "-o", place.out)
    assert (place.out / "requirements.txt").read_text() == "apache-airflow\n"
    assert lines((place.out / "requirements-flows.txt").read_text()) == [*PREFECT, "pandas"]


def test_the_releases_of_prefect_are_those_of_the_readme_and_of_our_own_environment():
    for page in ("README.md", "Makefile"):
        text = (ROOT / page).read_text()
        assert f"install --quiet {PINS}" in text or f"pip install {PINS}" in text
