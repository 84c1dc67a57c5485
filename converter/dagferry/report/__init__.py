"""What a run of the converter found, as data."""
