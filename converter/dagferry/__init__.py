"""dagferry."""
