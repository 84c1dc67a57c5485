"""What code asks an installation of Airflow for: its version and its time zone."""

from __future__ import annotations

from airflow_compat.dates import UTC

__all__ = ["AIRFLOW_2", "AIRFLOW_3", "TIMEZONE"]

# Airflow's `default_timezone`, where the installation has none of its own.
TIMEZONE = UTC
# The versions of Airflow that code asks for; set them to yours.
AIRFLOW_2 = "2.11.2"
AIRFLOW_3 = "3.3.2"
