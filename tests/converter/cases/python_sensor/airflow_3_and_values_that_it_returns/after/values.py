import datetime

from prefect import flow, task

from airflow_compat import PokeReturnValue, PythonSensor, TaskGraph, airflow_run


def find(day, ti):
    print(ti.task_id)
    return PokeReturnValue(is_done=day > "2020", xcom_value=[day])


@task
def show(ti):
    print(ti.xcom_pull(task_ids="find"), ti.xcom_pull(task_ids="plain"))


find_function = find


@flow(name="values", log_prints=True)
def values(logical_date: datetime.datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        find = PythonSensor(
            task_id="find", python_callable=find_function, op_kwargs={"day": "{{ ds }}"}
        )
        plain = PythonSensor(
            task_id="plain",
            python_callable=lambda x: len(x) == 1,
            op_args=[find.output],
        )
        plain >> graph.add(show)
    return graph.leaves


if __name__ == "__main__":
    values()
