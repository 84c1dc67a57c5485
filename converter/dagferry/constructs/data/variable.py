"""`Variable.get` and `Variable.set`: the same calls over Prefect's variables, with Airflow's rules.

Prefect's own `Variable.get` gives None for a variable that is not there, where Airflow raises; and it
gives typed JSON, where Airflow gives text. `airflow_compat.Variable` keeps Airflow's behaviour.
Prefect's names are lowercase letters, digits, dashes and underscores: a variable of another name is
kept under that name in lower case with its checksum behind it, and the reader is told (DF210).

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/variables.html
Prefect: https://docs.prefect.io/v3/concepts/variables
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Case, Construct, Replacement


class Variable(Construct):
    """Variable in all its homes."""

    kind = "data"
    grade = "adapted"
    names = (
        "airflow.models.Variable",
        "airflow.models.variable.Variable",
        "airflow.sdk.Variable",
    )
    replaces: ClassVar[dict[str, Replacement]] = {
        name: Replacement("airflow_compat", "Variable") for name in names
    }

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models import Variable
                from airflow.operators.python import PythonOperator


                def greet():
                    print(Variable.get("name", default_var="world"))


                with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="greet", python_callable=greet)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import Variable


                @task
                def greet():
                    print(Variable.get("name", default_var="world"))


                @flow(name="hello", log_prints=True)
                def hello():
                    greet()


                if __name__ == "__main__":
                    hello()
                """,
            grade="adapted",
        ),
        Case(
            name="every argument",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models import Variable
                from airflow.operators.python import PythonOperator


                def settings():
                    Variable.set("limits", {"low": 1}, serialize_json=True)
                    limits = Variable.get("limits", deserialize_json=True)
                    return [limits["low"], Variable.get("limits"), Variable.get("other", None)]


                with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="settings", python_callable=settings)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import Variable


                @task
                def settings():
                    Variable.set("limits", {"low": 1}, serialize_json=True)
                    limits = Variable.get("limits", deserialize_json=True)
                    return [limits["low"], Variable.get("limits"), Variable.get("other", None)]


                @flow(name="hello", log_prints=True)
                def hello():
                    settings()


                if __name__ == "__main__":
                    hello()
                """,
            grade="adapted",
        ),
        Case(
            name="another name and Airflow 3",
            before="""\
                from datetime import datetime

                from airflow.providers.standard.operators.python import PythonOperator
                from airflow.sdk import DAG
                from airflow.sdk import Variable as Setting


                def greet():
                    print(Setting.get("name", default="world"))


                with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="greet", python_callable=greet)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import Variable as Setting


                @task
                def greet():
                    print(Setting.get("name", default="world"))


                @flow(name="hello", log_prints=True)
                def hello():
                    greet()


                if __name__ == "__main__":
                    hello()
                """,
            grade="adapted",
        ),
        Case(
            name="at import time",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models.variable import Variable
                from airflow.operators.bash import BashOperator

                NAME = Variable.get("name", default_var="world")

                with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    BashOperator(task_id="greet", bash_command=f"echo {NAME}")
                """,
            after="""\
                from datetime import datetime

                from prefect import flow

                from airflow_compat import TaskGraph, Variable, airflow_run, bash, template

                NAME = Variable.get("name", default_var="world")


                @flow(name="hello", log_prints=True)
                def hello(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        graph.add(bash.with_options(name="greet"), template(f"echo {NAME}"))
                    return graph.leaves


                if __name__ == "__main__":
                    hello()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="upper-case letters",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models import Variable
                from airflow.operators.python import PythonOperator

                ENV = Variable.get("DEPLOY_ENV", default_var="dev")


                def greet():
                    print(ENV, Variable.get("deploy_env", default_var="lower"))


                with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="greet", python_callable=greet)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import Variable

                ENV = Variable.get("DEPLOY_ENV", default_var="dev")


                @task
                def greet():
                    print(ENV, Variable.get("deploy_env", default_var="lower"))


                @flow(name="hello", log_prints=True)
                def hello():
                    greet()


                if __name__ == "__main__":
                    hello()
                """,
            findings=("DF210",),
            grade="adapted",
        ),
        Case(
            name="one that is not there",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models import Variable
                from airflow.operators.python import PythonOperator


                def secret():
                    return Variable.get("there is no such variable")


                with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="secret", python_callable=secret)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import Variable


                @task
                def secret():
                    return Variable.get("there is no such variable")


                @flow(name="hello", log_prints=True)
                def hello():
                    secret()


                if __name__ == "__main__":
                    hello()
                """,
            findings=("DF210",),
            grade="adapted",
        ),
        Case(
            name="a class of the same name from here",
            before='''\
                class Variable:
                    """Nothing to do with airflow."""

                    @classmethod
                    def get(cls, name, default_var=None):
                        return default_var


                print(Variable.get("name", default_var="world"))
                ''',
        ),
        Case(
            name="tkinter",
            before='''\
                """Not airflow."""

                from tkinter import Variable

                NAME = Variable()
                ''',
        ),
    )
