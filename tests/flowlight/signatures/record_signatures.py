"""Writes the signatures and the settings of real Prefect into `prefect.txt` and `settings.txt`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from flowlight.surface import SURFACE

HERE = Path(__file__).parent
PREFECT = HERE.parents[2] / ".envs" / "prefect" / "bin" / "python"

_SETTINGS = """
from prefect.settings.models.root import Settings

def names(model, prefix):
    for name, field in model.model_fields.items():
        kind = field.annotation
        if hasattr(kind, "model_fields"):
            yield from names(kind, prefix)
            continue
        yield (model.model_config["env_prefix"] + name).upper()
        alias = field.validation_alias
        choices = getattr(alias, "choices", [alias])
        yield from (each.upper() for each in choices if isinstance(each, str))

print("\\n".join(sorted({each for each in names(Settings, "") if each.startswith("PREFECT_")})))
"""


def wanted() -> str:
    """A line for each module and name that flowlight has too."""
    return "".join(
        f"{module} {name}\n"
        for module, origins in sorted(SURFACE.items())
        if module.partition(".")[0] == "prefect"
        for name in sorted(" ".join(origins.values()).split())
    )


def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "names.txt"
        names.write_text(wanted(), encoding="utf-8")
        (HERE / "prefect.txt").write_text(
            _prefect([str(HERE / "list_signatures.py"), str(names)], folder), encoding="utf-8"
        )
        (HERE / "settings.txt").write_text(_prefect(["-c", _SETTINGS], folder), encoding="utf-8")


def _prefect(arguments: list[str], home: str) -> str:
    done = subprocess.run(
        [str(PREFECT), *arguments],
        env={"PREFECT_HOME": home},
        check=True,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
    )
    return done.stdout


if __name__ == "__main__":
    main()
