from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flowlight import flow, settings, task
from flowlight.loading import UserError
from flowlight.logs import wanted_level
from flowlight.process_pool import ProcessPoolTaskRunner
from flowlight.refused_settings import IDLE_LOGGING, REFUSED, refuse_settings
from flowlight.settings import HONOURED
from flowlight.task_runners import ThreadPoolTaskRunner

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "flowlight" / "settings.md"
OF_PREFECT = Path(__file__).parent / "signatures" / "settings.txt"


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process reads its settings once; here each test reads its own."""
    monkeypatch.setattr(settings, "_read", {})


def test_default_retries_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_TASKS_DEFAULT_RETRIES", "3")
    monkeypatch.setenv("PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS", "[1, 2.5]")
    monkeypatch.setenv("PREFECT_FLOW_DEFAULT_RETRIES", "2")
    monkeypatch.setenv("PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS", "0.5")
    one, main = task(lambda: 1), flow(lambda: 1)
    assert (one.retries, one.retry_delay_seconds) == (3, [1, 2.5])
    assert (main.retries, main.retry_delay_seconds) == (2, 0.5)
    assert task(retries=0)(lambda: 1).retries == 0
    assert flow(retries=0, retry_delay_seconds=0)(lambda: 1).retry_delay_seconds == 0


@pytest.mark.parametrize("text", ["many", "true", "[1]", "null"])
def test_a_setting_that_is_no_number_is_an_error(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_FLOWS_DEFAULT_RETRIES", text)
    with pytest.raises(ValueError, match="PREFECT_FLOWS_DEFAULT_RETRIES: expected a number"):
        flow(lambda: 1)


def test_the_number_of_workers_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS", "8")
    monkeypatch.setenv("PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS", "2")
    assert ThreadPoolTaskRunner() == ThreadPoolTaskRunner(max_workers=8)
    assert ProcessPoolTaskRunner() == ProcessPoolTaskRunner(max_workers=2)
    assert ThreadPoolTaskRunner(max_workers=3) == ThreadPoolTaskRunner(max_workers=3)


def test_a_number_of_workers_that_is_none_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS", "0")
    with pytest.raises(ValueError, match="expected a number of at least 1, found '0'"):
        ThreadPoolTaskRunner()


@pytest.mark.parametrize(
    ("name", "text", "level"),
    [
        ("PREFECT_LOGGING_LEVEL", "warning", 30),
        ("PREFECT_DEBUG_MODE", "true", 10),
        ("PREFECT_DEBUG_MODE", "0", 20),
    ],
)
def test_the_level_of_logs_comes_from_the_environment(
    name: str, text: str, level: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    assert wanted_level() == level


@pytest.mark.parametrize(
    "name",
    [
        "PREFECT_LOGGING_CONFIG_PATH",
        "PREFECT_LOGGING_SETTINGS_PATH",
        "PREFECT_LOGGING_LOGGERS_PREFECT_LEVEL",
        "PREFECT_LOGGING_FORMATTERS_STANDARD_FLOW_RUN_FMT",
        *REFUSED,
    ],
)
def test_a_setting_that_would_be_ignored_is_refused_by_name(name: str) -> None:
    with pytest.raises(UserError, match=f"does not honour: {name}: .*[Uu]nset"):
        refuse_settings({"PATH": "/bin", name: "1"})


def test_what_is_off_honoured_or_idle_is_not_refused() -> None:
    refuse_settings(dict.fromkeys(REFUSED, "false"))
    refuse_settings(dict.fromkeys(HONOURED | IDLE_LOGGING, "1"))
    refuse_settings({"PREFECT_API_URL": "http://here", "PREFECT_OF_MY_OWN": "1"})


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".env", "OTHER=1\nexport PREFECT_TASKS_DEFAULT_RETRIES = 3\n"),
        ("prefect.toml", "[tasks]\ndefault_retries = 3\n"),
        ("pyproject.toml", "[tool.prefect.tasks]\ndefault_retries = 3\n"),
        (
            "home/profiles.toml",
            'active = "my"\n[profiles.my]\nPREFECT_TASKS_DEFAULT_RETRIES = "3"\n',
        ),
    ],
)
def test_a_setting_in_a_file_holds_unless_the_environment_says_otherwise(
    file: str, text: str, tmp_path: Path
) -> None:
    """The four files are read by Prefect 3.8.8: it shows `default_retries` 3 for each."""
    (tmp_path / "home").mkdir()
    (tmp_path / file).write_text(text)
    (tmp_path / "show.py").write_text(
        "from prefect import flow, task\n"
        "@flow\n"
        "def show():\n"
        "    print('retries', task(lambda: None, name='t').retries)\n"
    )
    home = {**os.environ, "PREFECT_HOME": str(tmp_path / "home")}
    assert "retries 3" in _shown(tmp_path, home)
    assert "retries 1" in _shown(tmp_path, {**home, "PREFECT_TASKS_DEFAULT_RETRIES": "1"})


def _shown(folder: Path, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "flowlight", "run", "show.py"]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_setting_in_a_file_that_would_be_ignored_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prefect.toml").write_text("[plugins]\nenabled = true\n")
    with pytest.raises(UserError, match=r"PREFECT_PLUGINS_ENABLED in prefect\.toml: flowlight has"):
        refuse_settings({"PREFECT_HOME": str(tmp_path)})


def test_a_file_of_settings_that_change_nothing_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = {"PREFECT_HOME": str(tmp_path)}
    profile = 'active = "here"\n[profiles.here]\nPREFECT_API_URL = "http://here/api"\n'
    others = '[profiles.there]\nPREFECT_PLUGINS_ENABLED = "true"\n'
    (tmp_path / "profiles.toml").write_text(profile + others)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "prefect-flows"\n')
    refuse_settings(home)
    with pytest.raises(UserError, match="profile 'there'"):
        refuse_settings({**home, "PREFECT_PROFILE": "there"})
    (tmp_path / "prefect.toml").write_text("not toml")
    with pytest.raises(UserError, match=r"prefect\.toml: "):
        refuse_settings(home)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (".env", b"PREFECT_HOME=\xff\n", ".env:1: expected UTF-8 text, found the byte 0xff"),
        ("prefect.toml", b"a=1\nb='\xe4'\n", "prefect.toml:2: expected UTF-8 text"),
        ("prefect.toml", b"a=\n", "prefect.toml: not TOML: "),
        ("pyproject.toml", b"tool=1 # tool.prefect\n", "tool: expected a table, found 1"),
        ("pyproject.toml", b"[tool]\nprefect=1 # tool.prefect\n", "prefect: expected a table"),
        ("profiles.toml", b"profiles=3\n", "profiles: expected a table, found 3"),
        ("profiles.toml", b"active='x'\nprofiles={x=3}\n", "x: expected a table, found 3"),
    ],
)
def test_a_file_of_settings_that_is_none_ends_with_two_and_says_where(
    file: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / file).write_bytes(content)
    (tmp_path / "etl.py").write_text("from prefect import flow\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "flowlight", "run", "etl.py"],
        env={**os.environ, "PREFECT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_ends_before_it_ignores_a_setting(tmp_path: Path) -> None:
    script = tmp_path / "one.py"
    script.write_text("from prefect import flow\n\n@flow\ndef main():\n    print('ran')\n")
    environment = {**os.environ, "PREFECT_LOGGING_CONFIG_PATH": str(tmp_path / "logging.yml")}
    for command in (["run", "one.py"], ["one.py"], ["serve", "one.py:main", "--cron", "* * * * *"]):
        done = subprocess.run(
            [sys.executable, "-m", "flowlight", *command],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert done.stderr.startswith("settings that flowlight does not honour: PREFECT_LOGGING")
        assert len(done.stderr.splitlines()) == 1


def test_every_setting_of_prefect_has_a_row_that_says_what_becomes_of_it() -> None:
    rows = re.findall(r"^\| (.+?) \| (honoured|refused|nothing)", PAGE.read_text(), re.MULTILINE)
    said = {name: what for names, what in rows for name in re.findall(r"`(\w+\*?)`", names)}
    for name in OF_PREFECT.read_text().split():
        groups = [group for group in said if group[-1] == "*" and name.startswith(group[:-1])]
        row = name if name in said else max(groups, key=len, default=None)
        assert row is not None, f"{name}: no row in {PAGE.name}"
        assert said[row] == _what_becomes_of(name), name


def _what_becomes_of(name: str) -> str:
    if name in HONOURED:
        return "honoured"
    try:
        refuse_settings({name: "1"})
    except UserError:
        return "refused"
    return "nothing"
