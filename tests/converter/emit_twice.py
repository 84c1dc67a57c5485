"""Prints a digest of everything that every case becomes; run under several hash seeds."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from case_book import cases, convert_texts
from dagferry.report.records import to_json


def digests() -> dict[str, str]:
    found = {}
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            conversion = convert_texts(Path(folder), case.before)
        total = hashlib.sha256(json.dumps(to_json(conversion.files)).encode())
        for path, data in conversion.outputs.items():
            total.update(path.encode() + data)
        found[case.id] = total.hexdigest()
    return found


if __name__ == "__main__":
    json.dump(digests(), sys.stdout)
