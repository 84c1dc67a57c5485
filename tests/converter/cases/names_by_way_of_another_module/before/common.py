from airflow import DAG
from airflow.operators.bash import BashOperator as Shell

__all__ = ["DAG", "Shell"]
