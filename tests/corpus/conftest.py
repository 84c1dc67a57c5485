"""The two folders of example DAGs, each converted once for all tests."""

from __future__ import annotations

import pytest
from corpus_folders import FOLDERS, Converted, convert_folder


@pytest.fixture(scope="session", params=FOLDERS)
def converted(request: pytest.FixtureRequest) -> Converted:
    """Each folder in turn, converted."""
    return convert_folder(request.param)
