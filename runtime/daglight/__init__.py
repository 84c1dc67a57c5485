"""A stand-in for Airflow that runs a DAG file in one process, with nothing installed.

`python -m daglight.trace` writes what a run did, `daglight run` prints it; `import airflow` means
this package only inside a process that one of them started. See `docs/reference/trace.md`.
"""

from __future__ import annotations

__version__ = "0.1.0"
