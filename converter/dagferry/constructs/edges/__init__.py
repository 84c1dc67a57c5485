"""Ways to write edges."""
