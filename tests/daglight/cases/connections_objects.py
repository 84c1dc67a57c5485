from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


from airflow.models import Connection


def parts(connection):
    return {
        name: getattr(connection, name)
        for name in (
            "conn_id",
            "conn_type",
            "host",
            "login",
            "password",
            "schema",
            "port",
            "extra",
            "extra_dejson",
            "description",
        )
    }


def fields():
    return parts(
        Connection(
            conn_id="c",
            conn_type="t",
            host="h",
            login="l",
            password="p",
            schema="s",
            port=1,
            extra='{"k": 1}',
            description="d",
        )
    )


def uri():
    return [
        Connection(
            conn_id="c",
            conn_type="my_type",
            host="h",
            login="l@x",
            password="p/w",
            schema="s/t",
            port=1,
        ).get_uri(),
        Connection(conn_id="c", conn_type="t", host="https://h").get_uri(),
        Connection(conn_id="c", conn_type="t", port=5).get_uri(),
        Connection(conn_id="c", conn_type="t", extra='{"k": "v"}').get_uri(),
        Connection(conn_id="c", conn_type="t", extra='{"k": [1]}').get_uri(),
        Connection(conn_id="c", conn_type="t", schema="s", extra='{"k": "v w"}').get_uri(),
        Connection(conn_id="c").get_uri(),
        Connection(conn_id="c", conn_type="t", login="").get_uri(),
        Connection(conn_id="c", conn_type="t", password="p").get_uri(),
    ]


def extra():
    return [
        Connection(conn_id="c", conn_type="t", extra='{"k": {"n": 1}}').extra_dejson,
        Connection(conn_id="c", conn_type="t").extra_dejson,
        attempt(lambda: Connection(conn_id="c", conn_type="t", extra="no json").extra_dejson),
        attempt(lambda: Connection(conn_id="c", conn_type="t", extra="[1]").extra_dejson),
        attempt(
            lambda: (
                Connection(conn_id="c", conn_type="t", extra='{"k": "{\\"n\\": 1}"}').extra_dejson
            )
        ),
    ]


with DAG("connections_objects", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="fields", python_callable=fields)
    PythonOperator(task_id="uri", python_callable=uri)
    PythonOperator(task_id="extra", python_callable=extra)
    PythonOperator(
        task_id="as_dict",
        python_callable=lambda: Connection(
            conn_id="c", conn_type="t", host="h", extra='{"k": 1}'
        ).to_dict(),
    )
    PythonOperator(
        task_id="as_pruned",
        python_callable=lambda: Connection(conn_id="c", conn_type="t", host="h").to_dict(
            prune_empty=True
        ),
    )
    PythonOperator(
        task_id="as_json",
        python_callable=lambda: Connection(
            conn_id="c", conn_type="t", host="h", extra='{"k": 1}'
        ).as_json(),
    )
    PythonOperator(
        task_id="from_json",
        python_callable=lambda: parts(
            Connection.from_json(
                '{"conn_type": "my-type", "port": "12", "extra": {"k": 1}}', conn_id="c"
            )
        ),
    )
    PythonOperator(
        task_id="mixed",
        python_callable=lambda: attempt(lambda: Connection(conn_id="c", uri="a://h", host="h")),
    )
    PythonOperator(
        task_id="bad_port",
        python_callable=lambda: attempt(
            lambda: Connection.from_json('{"conn_type": "a", "port": "x"}', conn_id="c")
        ),
    )
    PythonOperator(
        task_id="unknown",
        python_callable=lambda: attempt(lambda: Connection(conn_id="c", nobody=1)).split(":")[0],
    )
