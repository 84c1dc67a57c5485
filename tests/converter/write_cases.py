"""Writes what folder cases become anew: `python tests/converter/write_cases.py time_zones variable/a_name`.

The names are folders below tests/converter/cases. Look at the difference before you commit it, and say in
the commit why it is right.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from case_book import FOLDERS, Converted, WrittenCase, cases, convert_texts


def main(names: list[str]) -> None:
    """Convert the cases and write their `after/`, findings and grade."""
    known = {f"cases/{name}": FOLDERS / name for name in names}
    for case in cases():
        folder = known.pop(case.id, None)
        if folder is not None:
            _write(case, folder)
    if known:
        sys.exit(f"expected folders below {FOLDERS}, found none for: {', '.join(sorted(known))}")


def _write(case: WrittenCase, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        conversion = convert_texts(place / "before", case.before)
        found = Converted(case, place / "before", place / "after", conversion)
    texts = found.texts
    if "prefect.yaml" not in case.after:
        texts.pop("prefect.yaml", None)
    shutil.rmtree(folder / "after", ignore_errors=True)
    if texts != case.before:
        for path, text in texts.items():
            (folder / "after" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "after" / path).write_text(text)
    said = json.loads((folder / "case.json").read_text())
    said |= {"findings": list(found.findings), "grade": found.grade}
    (folder / "case.json").write_text(json.dumps(said, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
