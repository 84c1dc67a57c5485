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


URIS = [
    "postgresql://me:p%40ss@db.example:5432/sales?sslmode=require",
    "mysql://db",
    "mysql://u@db",
    "mysql://:p@db",
    "http://https://host.example:8080/x",
    "spark://local%5B%2A%5D",
    "aws://AKIA:sec%2Fret@/?region_name=eu",
    "sqlite:////tmp/x.db",
    "my-type://h",
    "my_type://h",
    "HTTP://Host.Example",
    "scheme://Host/lower?a=1&a=2&b=",
    "a://h:1/s%2Ft",
    "a://@:99",
    "a://h?__extra__=%7B%22k%22%3A+1%7D",
    "a://b://c://d",
    "",
    "a://h/?x=%5B1%5D",
    "a://h:notaport/",
]


def uris():
    found = {}
    for uri in URIS:
        one = attempt(lambda: Connection(conn_id="c", uri=uri))
        found[uri] = one if isinstance(one, str) else [parts(one), attempt(one.get_uri)]
    return found


with DAG("connections_uris", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="uris", python_callable=uris)
