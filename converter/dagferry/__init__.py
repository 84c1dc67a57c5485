"""dagferry: converts folders of Airflow DAGs to Prefect flows and proves that both do the same."""

from __future__ import annotations

__version__ = "0.1.0"
