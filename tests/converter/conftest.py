"""Lets the tests here use the harness of tests/prefect_env, and share one book of cases."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "prefect_env"))

from case_book import Book, bind


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Every case converted once, its folders written out."""
    return bind(tmp_path_factory.mktemp("book"))
