"""The keys under which Airflow keeps what tasks leave for others."""

from __future__ import annotations

#: What a task returns (`XCOM_RETURN_KEY` of Airflow).
RETURN_VALUE = "return_value"
