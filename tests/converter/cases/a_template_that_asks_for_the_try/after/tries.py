from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run


@task(name="c")
def work(x):
    return x


@task
def a(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `try_number`.
    # See `dagferry explain DF303`.
    #   PythonOperator(
    #       task_id="a",
    #       python_callable=work,
    #       op_kwargs={"x": "{{ ti.try_number }}"},
    #       retries=2,
    #   )
    raise NotImplementedError(
        "a: convert a template that asks for try_number by hand (DF303)"
    )


@task
def b(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template that asks for `try_number`.
    # See `dagferry explain DF303`.
    #   BashOperator(task_id="b", bash_command="echo {{ ti.try_number }}", retries=1)
    raise NotImplementedError(
        "b: convert a template that asks for try_number by hand (DF303)"
    )


@flow(name="tries", log_prints=True)
def tries(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    a_run = a.submit()
    b_run = b.submit()
    c = work.submit(x=run.ds)
    return [a_run, b_run, c]


if __name__ == "__main__":
    tries()
