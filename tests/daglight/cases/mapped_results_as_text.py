from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_results_as_text", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def each(n):
        return n

    @task
    def shows(values):
        print(values, repr(values))
        print(len(values), values)

    @task
    def lists(values):
        print(list(values), values)

    @task
    def hands_on(values):
        return values

    @task
    def hands_on_inside(values):
        return [values]

    @task
    def hands_on_in_tuple(values):
        return ("a", values)

    @task
    def hands_on_in_dict(values):
        return {"a": values}

    @task
    def pulls(ti=None):
        print(ti.xcom_pull(task_ids="one"), ti.xcom_pull(task_ids="each"))
        return [ti.xcom_pull(task_ids="each")]

    @task
    def rendered(text):
        return text

    one = each.override(task_id="one").expand(n=[1])
    many = each.expand(n=[1, 2])
    shows(one) >> shows(many)
    lists(many)
    hands_on(many)
    hands_on_inside(many)
    hands_on_in_tuple(many)
    hands_on_in_dict(many)
    [one, many] >> pulls()
    many >> rendered("{{ ti.xcom_pull('each') }}")
