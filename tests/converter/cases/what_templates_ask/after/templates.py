from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run


@task(name="year")
def show(text):
    print(text)


@task
def instance(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `ti.hostname`.
    # See `dagferry explain DF303`.
    #   PythonOperator(
    #       task_id="instance", python_callable=show, op_args=["{{ ti.hostname }}"]
    #   )
    raise NotImplementedError(
        "instance: convert a template that asks for ti.hostname by hand (DF303)"
    )


@task
def moved(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `logical_date.add`.
    # See `dagferry explain DF303`.
    #   PythonOperator(
    #       task_id="moved", python_callable=show, op_args=["{{ logical_date.add(days=1) }}"]
    #   )
    raise NotImplementedError(
        "moved: convert a template that asks for logical_date.add by hand (DF303)"
    )


@task
def settings(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `conf`.
    # See `dagferry explain DF303`.
    #   PythonOperator(
    #       task_id="settings", python_callable=show, op_args=["{{ conf.get('core', 'x') }}"]
    #   )
    raise NotImplementedError(
        "settings: convert a template that asks for conf by hand (DF303)"
    )


@task
def owner(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `task.owner`.
    # See `dagferry explain DF303`.
    #   BashOperator(task_id="owner", bash_command="echo {{ task.owner }}")
    raise NotImplementedError(
        "owner: convert a template that asks for task.owner by hand (DF303)"
    )


@task
def other(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `xcom_pull(dag_id=...)`.
    # See `dagferry explain DF303`.
    #   BashOperator(
    #       task_id="other",
    #       bash_command="echo {{ ti.xcom_pull('moved', dag_id='other') }}",
    #   )
    raise NotImplementedError(
        "other: convert a template that asks for xcom_pull(dag_id=...) by hand (DF303)"
    )


@flow(name="templates", log_prints=True)
def templates(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    instance_run = instance.submit()
    moved_run = moved.submit()
    settings_run = settings.submit()
    owner_run = owner.submit()
    other_run = other.submit()
    year = show.submit(run.render("{{ logical_date.strftime('%Y') }}"))
    return [instance_run, moved_run, settings_run, owner_run, other_run, year]


if __name__ == "__main__":
    templates()
