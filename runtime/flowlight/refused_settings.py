"""Settings of Prefect that would change what a run does or leaves behind, and that flowlight lacks.

They are refused where `prefect` becomes flowlight. docs/flowlight/settings.md has a row for every
setting of Prefect, with the reason when one changes nothing here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from flowlight.loading import UserError
from flowlight.setting_files import settings_in_files
from flowlight.settings import HONOURED

__all__ = ["IDLE_LOGGING", "REFUSED", "refuse_settings"]

_OFF = frozenset({"", "0", "false", "f", "no", "n", "off"})
_LOGGING = "PREFECT_LOGGING_"

REFUSED = {
    "PREFECT_PLUGINS_ENABLED": "flowlight has no plugins",
    "PREFECT_EXPERIMENTS_PLUGINS_ENABLED": "flowlight has no plugins",
    "PREFECT_RUNNER_AUTO_INSTALL_DEPENDENCIES": "flowlight installs nothing",
    "PREFECT_RUNNER_SERVER_ENABLE": "flowlight serves no web page",
    "PREFECT_TESTING_TEST_MODE": "it is for Prefect's own tests",
    "PREFECT_TEST_MODE": "it is for Prefect's own tests",
    "PREFECT_TESTING_UNIT_TEST_MODE": "it is for Prefect's own tests",
    "PREFECT_UNIT_TEST_MODE": "it is for Prefect's own tests",
}

# What would tell a server how to take logs, or a terminal how to show them.
IDLE_LOGGING = frozenset(
    [
        "PREFECT_LOGGING_COLORS",
        "PREFECT_LOGGING_INTERNAL_LEVEL",
        "PREFECT_LOGGING_MARKUP",
        "PREFECT_LOGGING_TO_API_BATCH_INTERVAL",
        "PREFECT_LOGGING_TO_API_BATCH_SIZE",
        "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW",
    ]
)


def refuse_settings(environment: Mapping[str, str] = os.environ) -> None:
    """`UserError` that names every setting that would be ignored, of the environment or a file."""
    found = [
        f"{name}: {why}" for name in sorted(environment) if (why := _why(name, environment[name]))
    ]
    found += [
        f"{name} in {file}: {why}"
        for name, (file, text) in sorted(settings_in_files(environment).items())
        if (why := _why(name, text))
    ]
    if found:
        raise UserError(
            f"settings that flowlight does not honour: {'; '.join(found)}."
            " Unset them, or run this file on Prefect itself"
        )


def _why(name: str, text: str) -> str | None:
    if name in REFUSED:
        return None if text.lower() in _OFF else REFUSED[name]
    known = name in HONOURED or name in IDLE_LOGGING or not text
    # Any entry of Prefect's logging.yml may be set so: PREFECT_LOGGING_LOGGERS_PREFECT_LEVEL.
    if name.startswith(_LOGGING) and not known:
        return "flowlight does not read Prefect's logging configuration"
    return None
