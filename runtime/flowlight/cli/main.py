"""Finds the verb of a command line: `flowlight run FILE.py[:FLOW]` and its like.

`python -m flowlight FILE.py [ARG...]` runs a script as it is, with `prefect` meaning flowlight.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from flowlight.errors import TerminationSignal
from flowlight.loading import UserError
from flowlight.store.errors import StoreError
from flowlight.termination import listening

__all__ = ["VERBS", "main"]

VERBS = ("run", "runs", "logs", "limit", "serve", "deployments", "version")

_USAGE = """\
usage: flowlight run FILE.py[:FLOW] [-p NAME=VALUE]... [--format text|json] [--no-history]
       flowlight runs [--limit N] [--flow NAME] [--state NAME] [--json]
       flowlight logs RUN [--json]
       flowlight limit set NAME N [--decay PER_SECOND] | list [--json] | delete NAME
       flowlight serve prefect.yaml [NAME...] | FILE.py:FLOW [--cron CRON] [--help]
       flowlight deployments ls|runs|pause|resume|run [--help]
       flowlight version
       python -m flowlight FILE.py [ARG...]

example: flowlight run etl.py:main -p day=2024-01-01
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done (for a run: completed), 1 the flow did not complete, 2 wrong usage.

    After Ctrl-C it is 130, after SIGTERM 143.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with contextlib.nullcontext() if given[:1] == ["serve"] else listening():
            return _obey(given)
    except (UserError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except (KeyboardInterrupt, TerminationSignal) as error:
        return 128 + getattr(error, "signal", signal.SIGINT)
    except BrokenPipeError:  # who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0


def _obey(given: list[str]) -> int:
    if given and given[0] in VERBS:
        code: int = importlib.import_module(f"flowlight.cli.{given[0]}").main(given[1:])
        return code
    if given and given[0].endswith(".py"):
        from flowlight.cli import script

        return script.main(Path(given[0]), given[1:])
    if given and not given[0].startswith("-"):
        from flowlight.cli.of_prefect import answer

        raise UserError(
            answer(given[0]) or f"flowlight has no command {given[0]!r}\n{_USAGE}".rstrip()
        )
    sys.stderr.write(_USAGE)
    return 0 if given[:1] in (["-h"], ["--help"]) else 2
