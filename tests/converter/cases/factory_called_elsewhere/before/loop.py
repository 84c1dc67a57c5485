# airflow dag
from common.factory import make_dag

for name in ("a", "b"):
    globals()[f"dag_{name}"] = make_dag(name, "@hourly")
