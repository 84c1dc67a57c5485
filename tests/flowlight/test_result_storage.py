from __future__ import annotations

import json
import subprocess
import textwrap
from pathlib import Path

import pytest
from result_scripts import environment, lines_of, run, start

PREFECT = Path(__file__).parents[2] / ".envs" / "prefect" / "bin" / "python"

KEEPING = """
    from prefect import flow, task
    @task(persist_result=True)
    def one(x):
        return x
    @flow
    def main():
        return one(1)
    print(main())
"""

PLAIN = KEEPING.replace("(persist_result=True)", "")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_nothing_is_kept_unless_somebody_asks(tmp_path: Path) -> None:
    assert run(tmp_path, PLAIN) == ["1"]
    assert not (tmp_path / "home").exists()


def test_results_go_below_home_by_default(tmp_path: Path) -> None:
    run(tmp_path, KEEPING)
    assert len(files(tmp_path / "home" / ".prefect" / "storage")) == 1


@pytest.mark.parametrize(
    ("variable", "where"),
    [
        ("PREFECT_HOME", "storage"),
        ("PREFECT_LOCAL_STORAGE_PATH", "."),
        ("PREFECT_RESULTS_LOCAL_STORAGE_PATH", "."),
    ],
)
def test_the_environment_says_where_results_go(tmp_path: Path, variable: str, where: str) -> None:
    run(tmp_path, KEEPING, **{variable: str(tmp_path / "chosen")})
    assert len(files(tmp_path / "chosen" / where)) == 1
    assert not (tmp_path / "home").exists()


def test_the_environment_says_that_results_are_kept(tmp_path: Path) -> None:
    chosen = str(tmp_path / "chosen")
    keep = {"PREFECT_LOCAL_STORAGE_PATH": chosen, "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "true"}
    run(tmp_path, PLAIN, **keep)
    assert len(files(tmp_path / "chosen")) == 2  # the task's and the flow's


def test_a_setting_that_is_no_truth_value_is_named(tmp_path: Path) -> None:
    around = environment(tmp_path, PREFECT_RESULTS_PERSIST_BY_DEFAULT="perhaps")
    child = start(tmp_path, PLAIN, around, "script")
    _, errors = child.communicate(timeout=60)
    assert child.returncode != 0
    assert "PREFECT_RESULTS_PERSIST_BY_DEFAULT: expected true or false, found 'perhaps'" in errors


FULL_DISK = """
    import resource, signal
    from prefect import flow, task
    from prefect.cache_policies import INPUTS
    from pathlib import Path
    folder = Path("results")
    events = []
    @task(cache_policy=INPUTS, result_storage=folder)
    def big(x):
        return "x" * 200_000
    @big.on_commit
    def committed(txn):
        events.append("commit")
    @big.on_rollback
    def undone(txn):
        events.append("rollback")
    @task(cache_policy=INPUTS, result_storage=folder)
    def small(x):
        return x
    @flow(result_storage=folder)
    def main():
        state = big(1, return_state=True)
        print(state.name, len(state.result()), small(2), events)
        return "y" * 200_000
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
    state = main(return_state=True)
    print(state.name, len(state.result()))
    print(len(list(folder.iterdir())), small(2, return_state=True).name)
"""


def test_a_full_disk_costs_the_file_and_not_the_run(tmp_path: Path) -> None:
    child = start(tmp_path, FULL_DISK, environment(tmp_path), "script")
    out, errors = child.communicate(timeout=120)
    assert child.returncode == 0, errors
    assert out.splitlines() == [
        "Completed 200000 2 ['commit', 'rollback']",
        "Completed 200000",
        "1 Cached",  # small's: no half of another file is left
    ]
    assert "File too large" in errors


SHARING = """
    import sys
    from prefect import flow, task
    from prefect.cache_policies import INPUTS
    from prefect.locking.filesystem import FileSystemLockManager
    from pathlib import Path
    policy = INPUTS.configure(
        isolation_level="SERIALIZABLE", lock_manager=FileSystemLockManager(Path("locks"))
    )
    @task(cache_policy=policy, result_storage=Path("results"))
    def one(x):
        with open("calls", "a") as calls:
            calls.write(f"{x}\\n")
        return x * x
    @flow
    def main():
        return sum(one(x) for x in range(30))
    print(main())
"""


def test_two_processes_share_one_folder_and_compute_everything_once(tmp_path: Path) -> None:
    around = environment(tmp_path)
    children = [start(tmp_path, SHARING, around, f"script{number}") for number in range(2)]
    expected = [str(sum(x * x for x in range(30)))]
    assert [lines_of(child) for child in children] == [expected, expected]
    calls = (tmp_path / "calls").read_text().split()
    assert sorted(map(int, calls)) == list(range(30))
    assert list((tmp_path / "locks").iterdir()) == []


RACING = """
    from prefect import task
    from prefect.cache_policies import INPUTS
    from pathlib import Path
    @task(cache_policy=INPUTS, result_storage=Path("results"), cache_result_in_memory=False)
    def one(x):
        return "x" * 50_000
    fresh = one.with_options(refresh_cache=True)
    print({len(made(1)) for _ in range(150) for made in (one, fresh)})
"""


def test_a_reader_never_sees_half_of_a_file(tmp_path: Path) -> None:
    around = environment(tmp_path)
    children = [start(tmp_path, RACING, around, f"script{number}") for number in range(2)]
    assert [lines_of(child) for child in children] == [["{50000}"], ["{50000}"]]
    assert len(files(tmp_path / "results")) == 1


WRITE = """
    from prefect import task
    from pathlib import Path
    for serializer in ("pickle", "json", "compressed/pickle", "compressed/json"):
        @task(
            result_storage=Path("results"),
            result_serializer=serializer,
            result_storage_key=serializer.replace("/", "-"),
        )
        def one():
            return {"a": [1, 2.5, None]}
        state = one(return_state=True)
        print(state.name, state.result())
"""


BY_HAND = """
    from prefect.filesystems import LocalFileSystem
    from prefect.results import ResultStore
    from prefect.serializers import Serializer
    storage = LocalFileSystem(basepath="results")
    for name in ("pickle", "json", "compressed/pickle", "compressed/json"):
        key = name.replace("/", "-")
        store = ResultStore(result_storage=storage, serializer=Serializer(type=name))
        if store.exists(key):
            print(store.read(key).result)
        else:
            store.write({"a": [1, 2.5, None]}, key=key)
"""
KEPT = ["{'a': [1, 2.5, None]}"] * 4


@pytest.mark.prefect
def test_prefect_reads_what_flowlight_kept(tmp_path: Path) -> None:
    run(tmp_path, WRITE)
    assert _on_prefect(tmp_path) == KEPT


@pytest.mark.prefect
def test_flowlight_reuses_what_prefect_kept(tmp_path: Path) -> None:
    assert _on_prefect(tmp_path) == []
    assert run(tmp_path, WRITE) == [f"Cached {value}" for value in KEPT]


def _on_prefect(folder: Path) -> list[str]:
    path = folder / "on_prefect.py"
    path.write_text(textwrap.dedent(BY_HAND), encoding="utf-8")
    quiet = {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    done = subprocess.run(
        [str(PREFECT), str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=environment(folder, DO_NOT_TRACK="1", **quiet),
        timeout=300,
    )
    return done.stdout.splitlines()


def test_a_serializer_whose_bytes_are_no_text_is_named(tmp_path: Path) -> None:
    source = """
        from prefect import task
        from prefect.serializers import Serializer
        from pathlib import Path
        class Raw(Serializer):
            type: str = "raw"
            def dumps(self, obj):
                return b"\\xff"
            def loads(self, blob):
                return blob
        @task(result_storage=Path("results"), result_serializer=Raw(), result_storage_key="k")
        def one():
            return 1
        print(one(return_state=True).name)
    """
    child = start(tmp_path, source, environment(tmp_path), "script")
    out, errors = child.communicate(timeout=60)
    assert out.splitlines() == ["Completed"]
    assert "Serializer 'raw' wrote bytes that are not UTF-8 text" in errors
    assert files(tmp_path / "results") == []


def test_metadata_of_a_record_is_json_that_prefect_reads(tmp_path: Path) -> None:
    run(tmp_path, WRITE)
    found = json.loads((tmp_path / "results" / "json").read_text())
    assert found["result"] == '{"a": [1, 2.5, null]}'
    assert found["metadata"]["prefect_version"] == "3.8.8"
    assert found["metadata"]["storage_key"] == str((tmp_path / "results" / "json").resolve())


def test_a_file_system_of_ones_own_keeps_results(tmp_path: Path) -> None:
    source = """
        from prefect import task
        from prefect.cache_policies import INPUTS
        from prefect.filesystems import WritableFileSystem
        files = {}
        class Plain(WritableFileSystem):
            def read_path(self, path):
                return files[path]
            def write_path(self, path, content):
                files[path] = content
        class Coroutines(WritableFileSystem):
            async def read_path(self, path):
                return files[path]
            async def write_path(self, path, content):
                files[path] = content
        for made in (Plain(), Coroutines()):
            files.clear()
            made.save("own", overwrite=True)
            @task(cache_policy=INPUTS, result_storage=made)
            def one(x):
                return [x]
            print(one(1), one(1, return_state=True).name, one(1), len(files))
    """
    assert run(tmp_path, source) == ["[1] Cached [1] 1"] * 2
