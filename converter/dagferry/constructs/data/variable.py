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
    )
