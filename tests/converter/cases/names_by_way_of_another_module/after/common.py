from airflow_compat import missing
from airflow_compat import BashOperator as Shell

DAG = missing("airflow.DAG", "DF601")

__all__ = ["DAG", "Shell"]
