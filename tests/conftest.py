from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C, and so would every process that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def home_of_flowlight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and no process that it starts, writes into the home folder."""
    os.environ["FLOWLIGHT_HOME"] = str(tmp_path_factory.mktemp("flowlight-home"))
    yield
    del os.environ["FLOWLIGHT_HOME"]
