from datetime import datetime, timedelta

from prefect import flow, task

from airflow_compat import PythonSensor, TaskGraph, airflow_run

asked = []


def tell(context):
    print("told")


def ready(wanted, word, templates_dict, ds, **context):
    asked.append(ds)
    print(wanted, word, templates_dict, ds, context["ti"].task_id)
    return len(asked) >= wanted


default_args = {"owner": "me", "retries": 1, "poke_interval": 0.1}


@task(retries=1, retry_delay_seconds=300)
def load():
    """Marks a place in the graph and does nothing."""


@flow(name="waits", log_prints=True)
def waits(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        wait = PythonSensor(
            task_id="wait",
            python_callable=ready,
            op_args=[3],
            op_kwargs={"word": "{{ ds_nodash }}"},
            templates_dict={"day": "{{ ds }}"},
            poke_interval=timedelta(seconds=0.2),
            timeout=60,
            max_wait=1,
            mode="poke",
            soft_fail=False,
            exponential_backoff=True,
            silent_fail=False,
            never_fail=True,
            retries=1,
            retry_delay=1,
            execution_timeout=60,
            on_failure_callback=[tell],
            trigger_rule="none_failed",
            do_xcom_push=False,
        )
        wait >> graph.add(load)
    return graph.leaves


if __name__ == "__main__":
    waits()
