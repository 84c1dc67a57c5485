from datetime import datetime

from prefect import flow, task

from airflow_compat import (
    BashOperator,
    PythonOperator,
    TaskGraph,
    TaskGroup,
    airflow_run,
)


@task
def lines():
    return ["echo one", "echo {{ ds }}"]


def show(word, number=0, ds=None, ti=None):
    print(word, number, ds, ti.map_index)
    return f"{word}{number}"


@task
def listed(ti):
    print(list(ti.xcom_pull(task_ids="shell.say")))


@task
def after():
    """Marks a place in the graph and does nothing."""


@flow(name="operators", log_prints=True)
def operators(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        with TaskGroup("shell", default_args={"retries": 1}) as shell:
            BashOperator.partial(task_id="say", retries=1, retry_delay=0).expand(
                bash_command=["echo 1", "echo {{ ds }}"]
            )
        made = graph.add(lines)
        BashOperator.partial(task_id="run", append_env=True, retry_delay=0).expand(
            bash_command=made.output, env=[{"A": "1"}, {"A": "2"}]
        )
        BashOperator.partial(
            task_id="env",
            bash_command="echo $A",
            retry_delay=0,
            trigger_rule="all_done",
        ).expand(
            env=[{"A": "{{ ds }}"}, {"A": "b"}]
        )
        shown = PythonOperator.partial(
            task_id="show", python_callable=show, retry_delay=0
        ).expand(
            op_args=[["a", 1], ["{{ ds }}"]]
        )
        PythonOperator.partial(
            task_id="named",
            python_callable=show,
            op_kwargs={"word": "c"},
            retry_delay=0,
        ).expand_kwargs(
            [{"op_args": []}, {"op_kwargs": {"word": "d", "number": 2}}]
        )
        [shell, shown] >> graph.add(listed)
        BashOperator.partial(task_id="none", retry_delay=0).expand(
            bash_command=[]
        ) >> graph.add(after)
    return graph.leaves


if __name__ == "__main__":
    operators()
