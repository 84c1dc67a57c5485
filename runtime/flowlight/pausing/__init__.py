"""Flow runs that wait for a person: https://docs.prefect.io/v3/advanced/interactive."""
