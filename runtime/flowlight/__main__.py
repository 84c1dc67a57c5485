"""`flowlight` and `python -m flowlight`: the command line, which stands in `flowlight.cli`."""

from __future__ import annotations

import sys

from flowlight.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
