"""The trace: what a run leaves behind, as `docs/reference/trace.md` describes it."""
