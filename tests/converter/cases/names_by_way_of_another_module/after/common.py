from airflow_compat import missing

DAG = missing("airflow.DAG", "DF601")
Shell = missing("airflow.operators.bash.BashOperator", "DF601")

__all__ = ["DAG", "Shell"]
