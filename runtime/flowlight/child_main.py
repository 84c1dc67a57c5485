"""What `multiprocessing` runs in a new process in place of the script that flowlight runs.

`spawn` runs the main module again under the name `__mp_main__`, before anything else can be
prepared there, and a script may import `prefect`.
https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
"""

from __future__ import annotations

import os

__all__ = ["SCRIPT"]

SCRIPT = "FLOWLIGHT_SCRIPT"
"""The environment variable that names the script."""

if __name__ == "__mp_main__":
    import runpy

    from flowlight import shim

    shim.install()
    globals().update(runpy.run_path(os.environ[SCRIPT], run_name="__mp_main__"))
