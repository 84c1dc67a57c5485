"""Dynamic task mapping: one file each."""
