"""PythonOperator: its callable becomes a Prefect task, and the operator a call of it.

Airflow calls `python_callable(*op_args, **op_kwargs)` with the context variables that the signature
names; what the callable returns is XCom `return_value`. A Prefect task takes and returns plain values.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Unread
from dagferry.constructs.operators._callables import callable_task
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Task


class PythonOperator(Construct):
    """PythonOperator in all its homes."""

    helper_class = "PythonOperator"
    names = (
        "airflow.operators.PythonOperator",
        "airflow.operators.python.PythonOperator",
        "airflow.operators.python_operator.PythonOperator",
        "airflow.providers.standard.operators.python.PythonOperator",
    )

    def lower(self, call: Call) -> Task:
        """The callable, `op_args` and `op_kwargs`. Raises Refused for a callable that is computed."""
        several = call.attempt(partial(_several, call), False)
        task = callable_task(call, self.name, "PythonOperator", "multiple_outputs")
        return replace(task, multiple_outputs=several)

    def emit(self, task: Task, out: Emitter) -> Form:
        """The callable's task with its arguments."""
        node, own_name = out.body(task)
        return Form(task=node, own_name=own_name, arguments=out.arguments(task))

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello)
                """,
            after="""\
                from prefect import flow, task


                @task
                def hello():
                    print("hello")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            grade="native",
        ),
        Case(
            name="a class of the same name from here",
            before="""\
                class PythonOperator:
                    def __init__(self, task_id, python_callable):
                        self.task_id = task_id


                def hello():
                    print("hello to airflow")


                operator = PythonOperator(task_id="hello", python_callable=hello)
                """,
        ),
        Case(
            name="an argument that nobody knows",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello, outlets=[print])
                """,
            after="""\
                from prefect import flow, task


                def hello():
                    print("hello")


                @task(name="hello")
                def hello_task(*args, **kwargs):
                    # dagferry[DF301]: no conversion for the argument `outlets`.
                    # See `dagferry explain DF301`.
                    #   PythonOperator(task_id="hello", python_callable=hello, outlets=[print])
                    raise NotImplementedError("hello: convert the argument outlets by hand (DF301)")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello_task()


                if __name__ == "__main__":
                    greet()
                """,
            findings=("DF301",),
            grade="manual",
        ),
    )


def _several(call: Call) -> bool:
    try:
        return bool(call.arguments.const("multiple_outputs"))
    except Impossible:
        raise Unread(*reason("value", argument="multiple_outputs")) from None
