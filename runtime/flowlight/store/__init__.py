"""What outlives a process: one SQLite file with variables, blocks, artifacts and the history."""
