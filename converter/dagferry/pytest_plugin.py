"""The pytest plugin: `pytest --dagferry dags/` has one test for every DAG, see docs/pytest.md.

pytest imports it in every run of every project that has dagferry installed: it imports nothing of
dagferry until the option is given.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dagferry.pytest_folder import Folders

__all__: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, in a group of their own."""
    group = parser.getgroup("dagferry", "Airflow DAGs and the Prefect flows they become")
    group.addoption(
        "--dagferry",
        action="store_true",
        help="Take the .py files of the folders given for DAG files: one test for each DAG.",
    )
    group.addoption(
        "--dagferry-flows",
        metavar="DIR",
        help="The converted folder; by default the DAGs are converted into a scratch folder.",
    )
    group.addoption("--dagferry-airflow", metavar="ENGINE", help="As `dagferry verify --airflow`.")
    group.addoption("--dagferry-prefect", metavar="ENGINE", help="As `dagferry verify --prefect`.")
    for name in ("variables", "connections", "stubs"):
        group.addoption(
            f"--dagferry-{name}", metavar="FILE", help=f"As `dagferry verify --{name}`."
        )
    group.addoption(
        "--dagferry-timeout", type=float, metavar="SECONDS", help="As `dagferry verify --timeout`."
    )
    group.addoption(
        "--dagferry-allow-network", action="store_true", help="Let the tasks reach the network."
    )
    group.addoption(
        "--dagferry-allow-incomplete",
        action="store_true",
        help="Skip DAGs of which something could not be checked, in place of failing.",
    )


_folders: pytest.StashKey[Folders] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Without the option this is all that happens."""
    given = [name for name in _OTHERS if config.getoption(name)]
    if config.getoption("--dagferry"):
        from dagferry.pytest_folder import Folders

        config.stash[_folders] = Folders.of(config)
    elif given:
        raise pytest.UsageError(f"{given[0]}: expected --dagferry beside it")


_OTHERS = (
    "--dagferry-flows",
    "--dagferry-airflow",
    "--dagferry-prefect",
    "--dagferry-variables",
    "--dagferry-connections",
    "--dagferry-stubs",
    "--dagferry-timeout",
    "--dagferry-allow-network",
    "--dagferry-allow-incomplete",
)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the engines that were started."""
    folders = config.stash.get(_folders, None)
    if folders is not None:
        folders.close()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """A file with DAGs is no module of tests, whatever its name and though it was named."""
    found = yield
    folders = parent.config.stash.get(_folders, None)
    if folders is None or file_path.suffix != ".py" or not any(folders.subjects(file_path)):
        return found
    return [DagFile.from_parent(parent, path=file_path)]


class DagFile(pytest.File):
    """A DAG file."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each DAG, or one that says why the file cannot be read."""
        for name, message in self.config.stash[_folders].subjects(self.path):
            yield DagItem.from_parent(self, name=name, message=message)


class DagItem(pytest.Item):
    """A DAG and its flow; `message` when the file cannot be read."""

    def __init__(self, *, message: str | None, **rest: Any) -> None:
        super().__init__(**rest)
        self.message = message

    def runtest(self) -> None:
        """Verify; fails unless the verdict is equal."""
        if self.message is not None:
            pytest.fail(self.message, pytrace=False)
        failed, open_ = self.config.stash[_folders].verify(self.path, self.name)
        if failed:
            pytest.fail("\n\n".join([*failed, *open_]), pytrace=False)
        if open_:
            pytest.skip("\n\n".join(open_))

    def reportinfo(self) -> tuple[Path, None, str]:
        """What stands at the head of a failure."""
        return self.path, None, f"dagferry: {self.name}"
