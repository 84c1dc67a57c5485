"""Runs a script on Prefect without heartbeats, which make every flow run wait a second at its end."""

from __future__ import annotations

import runpy
import sys

from prefect.settings import get_current_settings

if __name__ == "__main__":  # child processes of a task runner import this file again
    get_current_settings().flows.heartbeat_frequency = None
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
