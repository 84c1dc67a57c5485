from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG(
    "timetable_cron_trigger_interval",
    start_date=datetime(2024, 1, 1),
    catchup=False,
    schedule=CronTriggerTimetable("0 6 * * *", timezone="UTC", interval=timedelta(hours=3)),
) as dag:
    Show(
        task_id="a",
        value="{{ ds }} {{ data_interval_start.isoformat() }} {{ data_interval_end.isoformat() }}",
    )
    Show(
        task_id="old",
        value="{{ prev_ds | default('-') }} {{ next_ds | default('-') }} {{ dag.timezone }}",
    )
