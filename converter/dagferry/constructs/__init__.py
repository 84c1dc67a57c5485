"""One file per Airflow construct: what it becomes, what it refuses, and its cases."""
