# options: {"connections": {"usr": {"conn_type": "fs", "extra": "{\"path\": \"/usr\"}"}, "bare": {"conn_type": "fs"}}}
from datetime import datetime

from airflow import DAG

try:
    from airflow.providers.standard.sensors.filesystem import FileSensor
except ImportError:
    from airflow.sensors.filesystem import FileSensor

LOST = {"timeout": 0, "soft_fail": True, "poke_interval": 1}

with DAG("sensor_file_relative", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    FileSensor(task_id="below", filepath="bin/env", fs_conn_id="usr")
    FileSensor(task_id="glob", filepath="b*/en*", fs_conn_id="usr")
    FileSensor(task_id="absolute", filepath="/usr/bin/env", fs_conn_id="usr")
    FileSensor(task_id="lost", filepath="no/such", fs_conn_id="usr", **LOST)
    FileSensor(task_id="bare", filepath="no/such", fs_conn_id="bare", **LOST)
    FileSensor(task_id="unknown", filepath="bin/env", fs_conn_id="nobody", **LOST)
