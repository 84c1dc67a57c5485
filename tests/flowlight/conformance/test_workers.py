from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest
import workers
from workers import Command, run_all


def test_a_case_that_ends_its_process_or_never_ends_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE_SECONDS", 3)
    sources = {
        "before": "note('before')",
        "leaves": "import os; os._exit(3)",
        "between": "print('no answer'); note('between')",
        "hangs": "import threading\ndef stands_here(): threading.Event().wait()\nstands_here()",
        "after": "note('after')",
    }
    command = Command([sys.executable], {}, tmp_path)
    seen = run_all(sources, [contextlib.nullcontext(command)])
    assert [seen[name] for name in ("before", "between", "after")] == [
        ["before"],
        ["between"],
        ["after"],
    ]
    assert seen["leaves"][0].startswith("NO ANSWER: its process ended")
    assert seen["hangs"][0].startswith("NO ANSWER: it gave no answer in time")
    assert any("stands_here" in line for line in seen["hangs"])
