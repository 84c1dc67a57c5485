"""What decides in the run which tasks are skipped: one file each."""
