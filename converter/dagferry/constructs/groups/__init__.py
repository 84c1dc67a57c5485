"""Groups of tasks: one file each."""
