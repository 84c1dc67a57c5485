# options: {"logical_date": "2024-03-05T02:00:00+00:00"}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.operators.weekday import BranchDayOfWeekOperator
from airflow.operators.datetime import BranchDateTimeOperator
from datetime import time
import pendulum


with DAG("branch_day", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    def day(name, week_day):
        op = BranchDayOfWeekOperator(
            task_id=name,
            week_day=week_day,
            follow_task_ids_if_true=f"{name}_yes",
            follow_task_ids_if_false=[f"{name}_no", f"{name}_other"],
            use_task_logical_date=True,
        )
        op >> [EmptyOperator(task_id=f"{name}_{end}") for end in ("yes", "no", "other")]

    day("tuesday", "Tuesday")
    day("upper", "TUESDAY")
    day("monday", "Monday")
    day("days", {"Monday", "Tuesday"})
    day("weekend", {"Saturday", "Sunday"})

    def moment(name, lower, upper):
        op = BranchDateTimeOperator(
            task_id=name,
            target_lower=lower,
            target_upper=upper,
            follow_task_ids_if_true=f"{name}_yes",
            follow_task_ids_if_false=f"{name}_no",
            use_task_logical_date=True,
        )
        op >> [EmptyOperator(task_id=f"{name}_{end}") for end in ("yes", "no")]

    utc = pendulum.timezone("UTC")
    moment("inside", datetime(2024, 3, 1, tzinfo=utc), datetime(2024, 3, 6, tzinfo=utc))
    moment("after", datetime(2024, 3, 1, tzinfo=utc), datetime(2024, 3, 2, tzinfo=utc))
    moment("before", datetime(2024, 3, 6, tzinfo=utc), None)
    moment("open", None, datetime(2024, 3, 6, tzinfo=utc))
    moment("naive", datetime(2024, 3, 1), datetime(2024, 3, 6))
    moment("times", time(1), time(3))
    moment("times_out", time(3), time(4))
    moment("over_midnight", time(23), time(4))
    moment("edge", time(2), time(2))
