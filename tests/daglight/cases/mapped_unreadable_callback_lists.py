from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.operators.python import PythonOperator


def called(context):
    ti = context["ti"]
    with open(f"{ti.task_id}_{ti.map_index}.txt", "a") as out:
        out.write(f"{ti.task_id} {ti.map_index} {ti.try_number}\n")


def same(one):
    return one


def broken(one):
    raise ValueError(f"no {one}")


def skips(one):
    raise AirflowSkipException(f"not {one}")


names = ("on_failure", "on_retry", "on_execute", "on_success", "on_skipped")
calls = {f"{name}_callback": [called] for name in names}


@task
def makes():
    return {"a": 1, "b": 2}


@task
def lists():
    return [1, 2]


@task(retries=1, retry_delay=timedelta(0), **calls)
def reads(item):
    return item


@task(**calls)
def fails(item):
    raise ValueError(item)


with DAG("mapped_unreadable_callback_lists", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    made = makes()
    reads.override(task_id="of_dict").expand(item=made.map(same))
    reads.override(task_id="changed").expand(item=lists().map(broken))
    reads.override(task_id="skipped").expand(item=lists().map(skips))
    fails.expand(item=[1])
    single = {f"{name}_callback": called for name in names}
    PythonOperator.partial(task_id="classic", python_callable=print, **single).expand(
        op_args=made.map(same)
    )
