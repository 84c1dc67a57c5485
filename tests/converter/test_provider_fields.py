"""Which fields of a provider's operator are templates is the same in a flow and in daglight."""

from __future__ import annotations

import json
from importlib.resources import files


def test_the_converter_and_daglight_have_the_same_table():
    found = [
        json.loads((files(package) / "provider_fields.json").read_text("utf-8"))
        for package in ("dagferry.constructs.providers", "daglight")
    ]
    assert found[0]["operators"]
    assert found[0] == found[1]
