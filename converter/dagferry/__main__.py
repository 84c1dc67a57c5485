"""`python -m dagferry` is the `dagferry` command."""

from __future__ import annotations

from dagferry.cli import main

if __name__ == "__main__":
    main()
