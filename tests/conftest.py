from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def home_of_flowlight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and no process that it starts, writes into the home folder."""
    os.environ["FLOWLIGHT_HOME"] = str(tmp_path_factory.mktemp("flowlight-home"))
    yield
    del os.environ["FLOWLIGHT_HOME"]
