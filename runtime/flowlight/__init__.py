"""flowlight."""
