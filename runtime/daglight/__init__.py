"""daglight."""
